import AmbitCorpus
import AmbitFormats
import AmbitMeasures
import AmbitProjection
import Foundation
import Yams

/// Turns the nodes of a study file into options, one key at a time.
struct StudyFileReader {
  let path: String
  private(set) var arguments: [CheckpointArgument] = []
  private(set) var options = StudyOptions()

  init(path: String) { self.path = path }

  /// Every key that a study file may hold, with what it sets.
  private static let setters: [String: @Sendable (inout StudyFileReader, Node) throws -> Void] = [
    "name": { try $0.set(\.name, $0.text($1)) },
    "checkpoints": { try $0.readCheckpoints($1) },
    "baseline": { try $0.set(\.baseline, $0.text($1)) },
    "drop": { try $0.set(\.dropped, $0.texts($1)) },
    "name_from": { try $0.set(\.nameSource, $0.choice($1)) },
    "text_field": { try $0.set(\.reading.textField, $0.text($1)) },
    "prompt_field": { try $0.set(\.reading.promptField, $0.text($1)) },
    "id_field": { try $0.set(\.reading.idField, $0.text($1)) },
    "sample_field": { try $0.set(\.reading.sampleField, $0.text($1)) },
    "checkpoint_field": { try $0.set(\.reading.checkpointField, $0.text($1)) },
    "score_field": { try $0.set(\.reading.scoreField, $0.text($1)) },
    "logprob_field": { try $0.set(\.reading.logProbField, $0.text($1)) },
    "prompts": { try $0.set(\.reading.promptsPath, $0.file($0.text($1))) },
    "ids": { try $0.set(\.reading.idsPath, $0.file($0.text($1))) },
    "strip_think": { $0.options.reading.stripsThinking = try $0.truth($1) },
    "pass_if": {
      try $0.set(\.passIf, $0.parsed($1, as: PassCondition.init, example: "'>= 0.5'"))
    },
    "match": { try $0.set(\.match, $0.choice($1)) },
    "keep_empty": { try $0.set(\.keepEmpty, $0.truth($1)) },
    "embedder": { try $0.set(\.embedder, $0.text($1)) },
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
        hint: "the keys are \(Self.setters.keys.sorted().joined(separator: ", "))")
    }
    do {
      try setter(&self, value)
    } catch var error as InputError {
      error.field = error.field ?? name
      throw error
    }
  }

  private mutating func set<Value>(
    _ option: WritableKeyPath<StudyOptions, Value?>, _ value: Value
  ) {
    options[keyPath: option] = value
  }

  /// A list of `{ name, path }` or of plain paths, or a mapping from name to path.
  private mutating func readCheckpoints(_ node: Node) throws {
    if let mapping = node.mapping {
      for (name, value) in mapping {
        arguments.append(.named(try text(name), path: file(try location(value))))
      }
      return
    }
    guard let items = node.sequence else {
      throw fault(node, "expected a list of checkpoints", hint: "`- { name: base, path: FILE }`")
    }
    for item in items {
      guard let mapping = item.mapping else {
        arguments.append(.word(file(try location(item))))
        continue
      }
      for (key, _) in mapping where !["name", "path"].contains(key.string ?? "") {
        throw fault(
          key, field: key.string, "is not a key of a checkpoint", hint: "name and path are")
      }
      guard let path = mapping["path"] else {
        throw fault(item, field: "path", "the checkpoint has no path", hint: "add `path: FILE`")
      }
      let file = file(try location(path))
      arguments.append(
        try mapping["name"].map { .named(try text($0), path: file) } ?? .word(file))
    }
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

  private func fault(_ node: Node, field: String? = nil, _ message: String, hint: String)
    -> InputError
  {
    InputError(
      .wrongType, path: path, line: node.mark?.line, column: node.mark?.column, field: field,
      message,
      hint: hint)
  }

  /// A path as the file means it: relative to the file's folder.
  private func file(_ given: String) -> String {
    if given.hasPrefix("/") || given == "-" { return given }
    let folder = (path as NSString).deletingLastPathComponent
    return folder.isEmpty ? given : (folder as NSString).appendingPathComponent(given)
  }

  private func text(_ node: Node) throws -> String {
    guard let text = node.scalar?.string else {
      throw fault(node, "expected text", hint: "write it on one line, in quotes if it has a colon")
    }
    return text
  }

  /// Text that names a file.
  private func location(_ node: Node) throws -> String {
    let given = try text(node)
    guard !given.isEmpty else {
      throw fault(node, "expected a path, found nothing", hint: "write `name: FILE`")
    }
    return given
  }

  private func texts(_ node: Node) throws -> [String] {
    if let items = node.sequence { return try items.map { try text($0) } }
    return try [text(node)]
  }

  private func whole(_ node: Node) throws -> Int {
    guard let number = node.int, number >= 0 else {
      throw fault(node, "expected a whole number, 0 or more", hint: "for example 2000")
    }
    return number
  }

  private func number(_ node: Node) throws -> Double {
    guard let number = node.float, number.isFinite else {
      throw fault(node, "expected a number", hint: "for example 8")
    }
    return number
  }

  private func truth(_ node: Node) throws -> Bool {
    guard let truth = node.bool else { throw fault(node, "expected true or false", hint: "true") }
    return truth
  }

  private func parsed<Value>(
    _ node: Node, _ given: String? = nil, as parse: (String) -> Value?, example: String
  ) throws -> Value {
    let given = try given ?? text(node)
    guard let value = parse(given) else {
      throw fault(node, "`\(given)` cannot be read", hint: "for example \(example)")
    }
    return value
  }

  private func choice<Choice: RawRepresentable & CaseIterable>(_ node: Node) throws -> Choice
  where Choice.RawValue == String {
    let given = try text(node)
    guard let choice = Choice(rawValue: given) else {
      let allowed = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw fault(node, "`\(given)` is not a choice", hint: "choose from \(allowed)")
    }
    return choice
  }
}
