import AmbitCorpus
import AmbitFormats
import AmbitMeasures
import AmbitProjection
import Foundation
import Yams

/// Turns the nodes of a study file into options, one key at a time.
struct StudyFileReader {
  let path: String
  var arguments: [CheckpointArgument] = []
  private(set) var options = StudyOptions()
  /// The line of each key that was read.
  private(set) var lines: [String: Int] = [:]

  /// Every key that a study file may hold.
  static var keys: [String] { setters.keys.sorted() }

  init(path: String) { self.path = path }

  /// Every key that a study file may hold, with what it sets.
  private static let setters: [String: @Sendable (inout StudyFileReader, Node) throws -> Void] = [
    "name": { try $0.set(\.name, $0.text($1)) },
    "checkpoints": { try $0.readCheckpoints($1) },
    "baseline": { try $0.set(\.baseline, $0.text($1)) },
    "lineages": { try $0.readLineages($1) },
    "strata": { try $0.readStrata($1) },
    "decoding": { try $0.set(\.decoding, $0.decoding($1)) },
    "skip_bad": { try $0.set(\.skipBad, $0.truth($1)) },
    "drop": { try $0.set(\.dropped, $0.texts($1)) },
    "name_from": { try $0.set(\.nameSource, $0.choice($1)) },
    "text_field": { try $0.set(\.reading.textField, $0.text($1)) },
    "prompt_field": { try $0.set(\.reading.promptField, $0.text($1)) },
    "id_field": { try $0.set(\.reading.idField, $0.text($1)) },
    "sample_field": { try $0.set(\.reading.sampleField, $0.text($1)) },
    "checkpoint_field": { try $0.set(\.reading.checkpointField, $0.text($1)) },
    "score_field": { try $0.set(\.reading.scoreField, $0.text($1)) },
    "stratum_field": { try $0.set(\.reading.stratumField, $0.text($1)) },
    "logprob_field": { try $0.set(\.reading.logProbField, $0.text($1)) },
    "prompts": { try $0.set(\.reading.promptsPath, $0.file($0.text($1))) },
    "ids": { try $0.set(\.reading.idsPath, $0.file($0.text($1))) },
    "strip_think": { $0.options.reading.stripsThinking = try $0.truth($1) },
    "pass_if": {
      try $0.set(\.passIf, $0.parsed($1, as: PassCondition.init, example: "'>= 0.5'"))
    },
    "match": { try $0.set(\.match, $0.choice($1)) },
    "keep_empty": { try $0.set(\.keepEmpty, $0.truth($1)) },
    "embedder": { try $0.readEmbedder($1) },
    "window_tokens": { try $0.set(\.windowTokens, $0.whole($1)) },
    "pool_windows": { try $0.set(\.poolWindows, $0.truth($1)) },
    "halves": { try $0.set(\.halves, $0.truth($1)) },
    "cache": { try $0.set(\.cacheFolder, $0.file($0.text($1))) },
    "center": { try $0.set(\.center, $0.choice($1)) },
    "basis": { try $0.readBasis($1) },
    "projection": { try $0.set(\.projection, $0.choice($1)) },
    "perplexity": {
      let list = try $0.texts($1).joined(separator: ",")
      try $0.set(\.perplexity, $0.parsed($1, list, as: PerplexityList.init, example: "30,300"))
    },
    "late_exaggeration": { try $0.set(\.lateExaggeration, $0.number($1)) },
    "map_colour": { try $0.set(\.mapColour, $0.choice($1)) },
    "compare": { try $0.set(\.compare, $0.choice($1)) },
    "measures": { try $0.readMeasures($1) },
    "resamples": { try $0.set(\.resamples, $0.whole($1)) },
    "permutations": { try $0.set(\.permutations, $0.whole($1)) },
    "seed": { try $0.set(\.seed, UInt64($0.whole($1))) },
    "width": { try $0.set(\.width, $0.parsed($1, as: FigureWidth.init, example: "3.25in")) },
    "dpi": { try $0.set(\.dpi, $0.whole($1)) },
    "font_size": { try $0.set(\.fontSize, $0.number($1)) },
    "format": {
      let list = try $0.texts($1).joined(separator: ",")
      try $0.set(\.formats, $0.parsed($1, list, as: FigureFormatList.init, example: "png,pdf"))
    },
    "title": { try $0.set(\.title, $0.text($1)) },
    "figures": { try $0.readFigures($1) },
    "theme": { try $0.set(\.theme, $0.choice($1)) },
    "font": { try $0.set(\.font, $0.text($1)) },
    "venue": { try $0.set(\.venue, $0.choice($1)) },
    "wide": { try $0.set(\.isWide, $0.truth($1)) },
    "out": { try $0.set(\.outputFolder, $0.file($0.text($1))) },
    "threads": { try $0.set(\.threads, $0.whole($1)) },
    "force": { try $0.set(\.force, $0.truth($1)) },
    "save_embeddings": { try $0.set(\.saveEmbeddings, $0.truth($1)) },
  ]

  /// Reads one key of the top level.
  mutating func read(_ key: Node, _ value: Node) throws {
    let name = key.string ?? ""
    guard let setter = Self.setters[name] else {
      throw fault(
        key, field: name, "is not a key of a study file",
        hint: NearestNames.hint(for: name, among: Self.keys)
          ?? "the keys are \(Self.keys.joined(separator: ", "))")
    }
    lines[name] = key.mark?.line
    do {
      try setter(&self, value)
    } catch var error as InputError {
      error.field = error.field ?? name
      throw error
    }
  }

  mutating func set<Value>(
    _ option: WritableKeyPath<StudyOptions, Value?>, _ value: Value
  ) {
    options[keyPath: option] = value
  }

  private mutating func readEmbedder(_ node: Node) throws {
    guard node.sequence == nil else {
      throw fault(
        node, "expected one embedder, found a list",
        hint: "a run has one; run again with `--embedder NAME --out FOLDER` for another")
    }
    set(\.embedder, try text(node))
  }

  private mutating func readBasis(_ node: Node) throws {
    let value = try text(node)
    set(\.basis, ["pooled", "base"].contains(value) ? BasisChoice(value) : .file(file(value)))
  }

  private mutating func readMeasures(_ node: Node) throws {
    let choice = MeasureChoice(words: try texts(node))
    do {
      _ = try choice.checked()
    } catch let error as UsageError {
      throw fault(node, error.message, hint: error.hint)
    }
    set(\.measures, choice)
  }

  private mutating func readFigures(_ node: Node) throws {
    do {
      set(\.figures, try FigureChoice(try texts(node)))
    } catch let error as UsageError {
      throw fault(node, error.message, hint: error.hint)
    }
  }
}
