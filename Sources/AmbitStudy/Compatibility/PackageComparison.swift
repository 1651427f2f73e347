import AmbitCorpus
import AmbitFormats
import AmbitMatrix
import AmbitMeasures

/// The numbers that another package gives for the same files, defects and all: `ambit measure --compat`.
///
/// Packages know nothing of matching, so every row counts, empty outputs too, in the order of the files.
public struct PackageComparison {
  /// What was found.
  public struct Result: Sendable {
    /// What a reader of the numbers must know.
    public let notes: [StudyNote]
    /// The numbers as a table, or where they were written.
    public let summary: String
    /// The same for programs.
    public let json: String
  }

  private struct Row {
    let checkpoint: String
    let reference: String
    let score: PackageScore
  }

  private let words: [String]
  private let package: CompatiblePackage
  private let settings: StudySettings
  private let readsRows: Bool

  /// Takes files as `FileMeasurement` does.
  ///
  /// - Throws: `UsageError` for a value that cannot be used.
  public init(
    _ words: [String], package: CompatiblePackage, rowsPath: String? = nil, options: StudyOptions
  ) throws {
    _ = try FileMeasurement(words, rowsPath: rowsPath, options: options)
    if options.measures != nil {
      throw UsageError(
        "--compat gives the numbers of a package, --measures those of Ambit",
        hint: "leave one of them out")
    }
    self.words = words
    self.package = package
    readsRows = rowsPath != nil
    var options = options
    if let rowsPath { options.reading.idsPath = rowsPath }
    settings = try StudySettings(options)
  }

  /// Reads, computes and writes.
  ///
  /// - Throws: `InputError`, `Refusal`; then nothing has been written.
  public func run() throws -> Result {
    let selection = try CheckpointArguments(
      words, baseline: settings.baseline, dropped: settings.dropped,
      nameSource: settings.nameSource ?? (readsRows ? .generator : nil), reading: settings.reading
    ).resolve(allowsOne: true)
    let rows = try rows(of: selection)
    if let path = settings.outputFolder {
      var table = CSVWriter(header: ["checkpoint", "reference", "package", "score", "value"])
      for row in rows {
        table.append([
          row.checkpoint, row.reference, package.rawValue, row.score.name,
          row.score.value.isFinite ? DecimalText.shortest(row.score.value) : "",
        ])
      }
      var files = AtomicFileSet()
      try files.add(table.bytes, at: path)
      try files.commit()
    }
    return Result(
      notes: selection.notices.map(StudyNote.init), summary: summary(rows), json: json(rows))
  }

  private func rows(of selection: CheckpointArguments.Resolved) throws -> [Row] {
    let checkpoints = selection.checkpoints
    switch package {
    case .vendi:
      return try checkpoints.flatMap { checkpoint in
        VendiPackage.scores(of: try vectors(of: checkpoint), workers: settings.workers)
          .map { Row(checkpoint: checkpoint.name, reference: "", score: $0) }
      }
    case .prdc:
      let base = checkpoints[selection.baselineIndex]
      guard checkpoints.count > 1 else {
        throw Refusal("prdc compares two sets, and there is one", hint: "give another checkpoint")
      }
      let k = 5
      return try checkpoints.filter { $0.name != base.name }.flatMap { checkpoint in
        let (real, fake) = (try vectors(of: base), try vectors(of: checkpoint))
        guard min(real.rowCount, fake.rowCount) > k else {
          throw Refusal("prdc needs more than \(k) rows a checkpoint", hint: "give more outputs")
        }
        return PRDCPackage.scores(real: real, fake: fake, k: k, workers: settings.workers)
          .map { Row(checkpoint: checkpoint.name, reference: base.name, score: $0) }
      }
    case .diversity:
      return try checkpoints.flatMap { checkpoint in
        DiversityPackage.scores(
          of: try texts(of: checkpoint), deflated: { Gzip.compress($0, level: 9) },
          workers: settings.workers
        ).map { Row(checkpoint: checkpoint.name, reference: "", score: $0) }
      }
    case .kirk2023:
      return try checkpoints.flatMap { checkpoint in
        try kirk(checkpoint).map {
          Row(checkpoint: checkpoint.name, reference: "", score: $0)
        }
      }
    }
  }

  private func kirk(_ checkpoint: Checkpoint) throws -> [PackageScore] {
    guard checkpoint.hasPrompts else {
      throw Refusal(
        "the scores of kirk2023 are of the outputs of each input, and `\(checkpoint.name)` names none",
        hint: "give prompts, or --rows for vectors")
    }
    var order: [[UInt8]] = []
    var places: [[UInt8]: [Int]] = [:]
    for (index, record) in checkpoint.records.enumerated() {
      let key = Array((record.promptID ?? record.prompt ?? "").utf8)
      if places[key] == nil { order.append(key) }
      places[key, default: []].append(index)
    }
    let groups = order.map { places[$0]! }
    guard checkpoint.source.vectors == nil else {
      let rows = try vectors(of: checkpoint)
      return KirkCode.scores(ofVectors: groups.map { rows.rows($0) })
    }
    return KirkCode.scores(ofTexts: groups.map { $0.map { checkpoint.records[$0].output } })
  }

  private func vectors(of checkpoint: Checkpoint) throws -> Matrix {
    guard let vectors = checkpoint.source.vectors else {
      throw Refusal(
        "\(package.title) takes vectors, and `\(checkpoint.name)` holds texts",
        hint: "`ambit embed` writes vectors")
    }
    return Matrix(
      rowCount: vectors.values.count / vectors.width, columnCount: vectors.width,
      values: vectors.values
    ).rows(checkpoint.vectorRows)
  }

  private func texts(of checkpoint: Checkpoint) throws -> [String] {
    guard checkpoint.source.vectors == nil else {
      throw Refusal(
        "\(package.title) takes texts, and `\(checkpoint.name)` holds vectors",
        hint: "give the file of the outputs")
    }
    return checkpoint.records.map(\.output)
  }

  private func summary(_ rows: [Row]) -> String {
    let heading = "\(package.title)\n"
    if let path = settings.outputFolder { return heading + "\(rows.count) scores: \(path)\n" }
    var table = TextTable(columns: [
      TextTable.Column(heading: "checkpoint"), TextTable.Column(heading: "score"),
      TextTable.Column(heading: "value", isNumeric: true),
    ])
    table.rows = rows.map {
      [
        TerminalText.shortened($0.checkpoint, to: 28), $0.score.name,
        DecimalText.shortest($0.score.value),
      ]
    }
    return heading + "\n" + table.text + "\nAs the package gives them: \(package.remark).\n"
  }

  private func json(_ rows: [Row]) -> String {
    let list = rows.map { row -> JSON in
      [
        "checkpoint": .string(row.checkpoint),
        "reference": row.reference.isEmpty ? .null : .string(row.reference),
        "score": .string(row.score.name),
        "value": row.score.value.isFinite ? .number(row.score.value) : .null,
      ]
    }
    return JSONWriter(isPretty: true).string([
      "package": .string(package.title), "remark": .string(package.remark), "scores": .array(list),
    ]) + "\n"
  }
}
