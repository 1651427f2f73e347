import AmbitCorpus
import AmbitFormats
import AmbitMatrix
import AmbitMeasures
import AmbitProjection
import Foundation

/// Whether the numbers are right on this machine and on these outputs: `ambit selftest`.
public struct SelfTest {
  /// What was found.
  public struct Result: Sendable {
    /// What a reader must know.
    public let notes: [StudyNote]
    /// The tables.
    public let summary: String
    /// The same for programs.
    public let json: String
    /// What failed; empty where nothing did.
    public let faults: [String]
  }

  private let words: [String]
  private let settings: StudySettings
  private let repeats: Int

  /// Takes the files of one checkpoint, or the demo where there are none and it is found.
  ///
  /// - Throws: `UsageError` for a value that cannot be used.
  public init(_ words: [String], options: StudyOptions, repeats: Int = 100) throws {
    guard repeats >= 20 else {
      throw UsageError(
        "--repeats must be at least 20, found \(repeats)", hint: "100 say something of a 5 % rate")
    }
    var options = options
    options.resamples = options.resamples ?? 400
    options.permutations = options.permutations ?? 399
    if words.isEmpty { options.embedder = options.embedder ?? "lexical" }
    settings = try StudySettings(options)
    self.words = words.isEmpty ? Self.demo.map { [$0] } ?? [] : words
    self.repeats = repeats
  }

  /// Measures anew what is known, then the halves of a checkpoint.
  ///
  /// - Throws: `InputError` and `Refusal` for outputs that cannot be measured.
  public func run(progress: @escaping @Sendable (StudyProgress) -> Void = { _ in }) throws -> Result
  {
    progress(StudyProgress(stage: .measuring))
    let golden = GoldenTable(workers: settings.workers)
    var faults = golden.rows.filter { !$0.isRight }.map { "\($0.name) is wrong" }
    var text = goldenText(golden)
    var facts: JSONObject = [
      "golden": .array(
        golden.rows.map {
          [
            "name": .string($0.name), "expected": .number($0.expected),
            "found": $0.found.isFinite ? .number($0.found) : .null, "ok": .boolean($0.isRight),
          ]
        })
    ]
    var notes: [StudyNote] = []
    if words.isEmpty {
      notes.append(
        StudyNote(code: "demo_not_found", text: "the demo is not installed here; name a file"))
    } else {
      let selection = try CheckpointArguments(
        words, baseline: settings.baseline, dropped: settings.dropped,
        nameSource: settings.nameSource, reading: settings.reading
      ).resolve(allowsOne: true)
      let checkpoint = selection.checkpoints[selection.baselineIndex]
      notes += selection.notices.map(StudyNote.init)
      let corpus = try Matching(
        mode: .none, seed: settings.inference.seed, keepsEmpty: settings.keepsEmpty
      ).match([checkpoint], allowsOne: true)
      progress(StudyProgress(stage: .embedding))
      let embedded = try EmbeddingStage.run(corpus, settings: settings, progress: progress)
      let halves = HalvesTest(
        matrix: embedded.matrices[0], promptOffsets: corpus.promptOffsets[0],
        hasPrompts: corpus.hasPrompts, settings: settings.inference, workers: settings.workers)
      let rows = try run(halves, checkpoint.name, progress)
      faults += rows.compactMap { row in row.fault.map { "\(row.endpoint.subject): \($0)" } }
      text += "\n" + halvesText(rows, halves, EmbedderStatement(embedded).text, checkpoint.name)
      facts["halves"] = .array(rows.map(json))
      facts["embedder"] = .object(EmbedderStatement(embedded).facts)
    }
    facts["faults"] = .array(faults.map { .string($0) })
    return Result(
      notes: notes, summary: text,
      json: JSONWriter(isPretty: true).string(.object(facts)) + "\n", faults: faults)
  }

  private func run(
    _ halves: HalvesTest, _ name: String, _ progress: @escaping @Sendable (StudyProgress) -> Void
  ) throws -> [HalvesTest.Row] {
    let least = 2 * 6
    guard
      halves.hasPrompts && !halves.partsSamples
        ? halves.promptOffsets.count - 1 >= least : halves.matrix.rowCount >= least
    else {
      throw Refusal(
        "`\(TerminalText.oneLine(name))` has too few outputs to be parted in halves",
        hint: "give at least \(least) outputs")
    }
    do {
      return try halves.run(repeats: repeats) {
        progress(StudyProgress(stage: .measuring, share: $0))
      }
    } catch let error as ProjectionError {
      throw Refusal(error.message, hint: error.hint)
    }
  }

  private func goldenText(_ golden: GoldenTable) -> String {
    var table = TextTable(columns: [
      TextTable.Column(heading: "known number"),
      TextTable.Column(heading: "expected", isNumeric: true),
      TextTable.Column(heading: "found", isNumeric: true), TextTable.Column(heading: ""),
    ])
    table.rows = golden.rows.map {
      [
        $0.name, DecimalText.significant($0.expected, digits: 9),
        DecimalText.significant($0.found, digits: 9), $0.isRight ? "ok" : "WRONG",
      ]
    }
    return table.text
  }

  private func halvesText(
    _ rows: [HalvesTest.Row], _ halves: HalvesTest, _ embedder: String, _ name: String
  ) -> String {
    var table = TextTable(
      columns: [TextTable.Column(heading: "endpoint")]
        + ["mean", "95 % of halves", "rejected", "intervals"].map {
          TextTable.Column(heading: $0, isNumeric: true)
        } + [TextTable.Column(heading: "")])
    table.rows = rows.map { row in
      let isEffect = !row.effects.isEmpty
      let numbers = (isEffect ? row.effects.map { Elementary.exp($0) } : row.values).sorted()
      let mean =
        isEffect
        ? Elementary.exp(row.effects.reduce(0, +) / Double(row.effects.count))
        : row.values.reduce(0, +) / Double(max(1, row.values.count))
      func quantile(_ share: Double) -> String {
        ShortNumber.text(numbers[Int((share * Double(numbers.count - 1)).rounded())])
      }
      return [
        row.endpoint.subject, numbers.isEmpty ? "–" : ShortNumber.text(mean),
        numbers.isEmpty ? "–" : "\(quantile(0.025)) to \(quantile(0.975))",
        Self.percent(row.rejections, of: row.tests), Self.percent(row.covering, of: row.intervals),
        row.fault ?? (row.values.isEmpty ? "not measured: \(row.endpoint.reason)" : "ok"),
      ]
    }
    let parted =
      !halves.hasPrompts
      ? "its outputs" : halves.partsSamples ? "the samples of each prompt" : "its prompts"
    return """
      \(embedder)
      \(TerminalText.shortened(name, to: 60)) against itself: \(parted) parted in random halves, \
      \(repeats) times

      \(table.text)
      Mean: of the ratio between halves, which should be 1, or of a value without an effect. Rejected: p
      at most 0.05, which should be about 5 %. Intervals: those that hold the truth, about 95 %.

      """
  }

  private static func percent(_ count: Int, of all: Int) -> String {
    all == 0 ? "–" : DecimalText.fixed(100 * Double(count) / Double(all), decimals: 1) + " %"
  }

  private func json(_ row: HalvesTest.Row) -> JSON {
    let measurement = row.endpoint.measurement
    return [
      "metric": .string(measurement.metric), "variant": .string(measurement.variant),
      "scope": .string(measurement.scope.rawValue), "space": .string(measurement.space),
      "effects": .array(row.effects.map { .number($0) }),
      "values": .array(row.values.map { .number($0) }),
      "tests": .integer(row.tests), "rejections": .integer(row.rejections),
      "intervals": .integer(row.intervals), "intervals_over_zero": .integer(row.covering),
      "fault": row.fault.map { .string($0) } ?? .null,
    ]
  }

  /// The base of the demo, where a repository lies about the executable.
  private static var demo: String? {
    guard let executable = Bundle.main.executableURL?.resolvingSymlinksInPath().path else {
      return nil
    }
    var folder = PathText.folder(executable)
    while true {
      let path = PathText.join(folder, "assets/demo/base.jsonl")
      if System.kind(of: path) == .file { return path }
      if folder == "/" || folder == "." { return nil }
      folder = PathText.folder(folder)
    }
  }
}
