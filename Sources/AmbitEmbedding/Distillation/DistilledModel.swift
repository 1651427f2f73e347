package import AmbitFormats
internal import AmbitMatrix

/// A static model fresh from its distillation, in memory, with its report.
public struct DistilledModel: Sendable {
  /// How the model does on the texts that were held out.
  public struct Report: Sendable {
    /// A part of the held-out texts.
    public struct Part: Sendable {
      /// Which texts: `all`, a range of word counts, a family of sources.
      public let label: String
      /// How near the model is to its teacher there.
      public let fidelity: EmbeddingFidelity
    }

    /// All texts, then by length, then by family.
    public var parts: [Part] = []
    /// Pieces fitted to.
    public var fitCount: Int
    /// The penalty taken, of those tried.
    public var penalty: Double
    /// By how much the held-out vectors are drawn away from the mean to keep their spread.
    public var gain: Double
    var trials: [DistillationFit.Trial]
  }

  /// The figures on held-out texts.
  public private(set) var report: Report
  let model: StaticModel
  private let rows: [Int8]
  private let scales: [Float]
  private let weights: [Float]
  private let offset: [Float]
  private let tokenizerFolder: String
  private let teacherFingerprint: String
  private let windowTokens: Int?
  private let options: DistillationOptions

  init(
    _ fitted: DistillationFit.Result, tokenizer: TextTokenizer, tokenizerFolder: String,
    teacher: any Embedder, options: DistillationOptions
  ) {
    let workers = Workers(threadCount: 1)
    let dimension = options.dimension
    var table = fitted.table.multiplied(byTransposeOf: fitted.components, workers: workers)
    table.values.withUnsafeMutableBufferPointer { values in
      for index in values.indices { values[index] *= fitted.weights[index / dimension] }
    }
    (rows, scales) = Self.rounded(table)
    weights = fitted.weights
    let middle = Matrix(
      rowCount: 1, columnCount: fitted.mean.count,
      values: fitted.mean.map { Float($0 / fitted.gain) })
    offset = middle.multiplied(byTransposeOf: fitted.components, workers: workers).values
    model = StaticModel(
      tokenizer: tokenizer,
      table: StaticTable(.bytes(rows, scales: scales), dimension: dimension),
      pooling: .dampedBag(countPower: options.countPower, weights: weights, offset: offset),
      mapping: nil)
    report = Report(
      fitCount: 0, penalty: fitted.penalty, gain: fitted.gain, trials: fitted.trials)
    self.tokenizerFolder = tokenizerFolder
    self.options = options
    teacherFingerprint = teacher.fingerprint
    windowTokens = teacher.windowTokens
  }

  /// Each row as bytes times a scale: the largest number of a row becomes ±127.
  static func rounded(_ table: Matrix) -> (rows: [Int8], scales: [Float]) {
    var rows = [Int8](repeating: 0, count: table.values.count)
    var scales = [Float](repeating: 0, count: table.rowCount)
    for row in 0..<table.rowCount {
      let values = table.row(row)
      let largest = values.reduce(Float(0)) { max($0, abs($1)) }
      guard largest > 0 else { continue }
      scales[row] = largest / 127
      for (column, value) in values.enumerated() {
        let scaled = (value / scales[row]).rounded(.toNearestOrEven)
        rows[row * table.columnCount + column] = Int8(max(-127, min(127, scaled)))
      }
    }
    return (rows, scales)
  }

  mutating func judge(
    _ sample: DistillationSample, families: [String], teacher: Matrix, workers: Workers
  ) {
    let pieces = sample.heldOut
    let limit = windowTokens ?? .max
    let columns = options.dimension
    let model = self.model
    let embedded = workers.makeMatrix(
      rowCount: pieces.count, columnCount: columns, blockRows: 64
    ) { block, target in
      var scratch = StaticModel.Scratch(model)
      target.withUnsafeMutableBufferPointer { rows in
        guard let first = rows.baseAddress else { return }
        for index in block {
          _ = model.embed(
            pieces[index].text, limit: limit, scratch: &scratch,
            into: first + (index - block.lowerBound) * columns)
        }
      }
    }
    func part(_ label: String, _ rows: [Int]) -> Report.Part? {
      guard rows.count >= 20 || label == "all" else { return nil }
      var groups: [Int: [Int]] = [:]
      for (place, row) in rows.enumerated() {
        groups[pieces[row].passage, default: []].append(place)
      }
      return Report.Part(
        label: label,
        fidelity: EmbeddingFidelity(
          of: embedded.rows(rows), to: teacher.rows(rows),
          groups: groups.keys.sorted().map { groups[$0]! }))
    }
    let all = Array(pieces.indices)
    let lengths = WordCountBin.all.map { bin in
      part("\(bin.label) words", all.filter { bin.words.contains(pieces[$0].wordCount) })
    }
    let names = Set(pieces.map { families[$0.passage] }).sorted()
    let sources = names.map { name in
      part(name, all.filter { families[pieces[$0].passage] == name })
    }
    report.parts = ([part("all", all)] + lengths + sources).compactMap { $0 }
    report.fitCount = sample.fit.count
  }
}

// MARK: Writing

extension DistilledModel {
  /// Writes the folder that `StaticEmbedder` reads: weights, configuration, the teacher's tokenizer and
  /// the report; existing files of these names are replaced.
  ///
  /// Throws `InputError.unwritable`; then nothing has changed.
  public func write(to folder: String) throws {
    var files = AtomicFileSet()
    func add(_ name: String, _ bytes: [UInt8]) throws {
      try files.add(bytes, at: PathText.join(folder, name))
    }
    let dimension = options.dimension
    try add(
      StaticFolder.weightsName,
      SafetensorsFile.encoded([
        .init("embeddings", rows, shape: [scales.count, dimension]),
        .init("scales", scales, shape: [scales.count]),
        .init("weights", weights, shape: [weights.count]),
        .init("offset", offset, shape: [dimension]),
      ]))
    let writer = JSONWriter(isPretty: true)
    try add(StaticFolder.configurationName, writer.bytes(configuration) + [0x0A])
    try add("report.json", writer.bytes(report.json) + [0x0A])
    for name in StaticFolder.tokenizerNames {
      let path = PathText.join(tokenizerFolder, name)
      guard System.kind(of: path) == .file else { continue }
      try add(name, Array(try InputFile(path: path).contents.bytes))
    }
    try files.commit()
  }

  private var configuration: JSON {
    [
      "model_type": .string(StaticFolder.modelType),
      "format": .integer(StaticFolder.format),
      "dimension": .integer(options.dimension),
      "count_power": .number(options.countPower),
      "frequency_smoothing": .number(options.frequencySmoothing),
      "window_tokens": windowTokens.map { .integer($0) } ?? .null,
      "teacher": .string(teacherFingerprint),
    ]
  }
}

extension DistilledModel.Report {
  /// The report as JSON, for `report.json` and `--json`.
  package var json: JSON {
    [
      "fitted_texts": .integer(fitCount),
      "penalty": .number(penalty),
      "gain": .number(gain),
      "penalties": .array(
        trials.map { trial in
          [
            "penalty": .number(trial.penalty), "iterations": .integer(trial.iterationCount),
            "residual": .number(trial.residual),
            "cosine_rank_correlation": .number(trial.rankCorrelation),
          ]
        }),
      "held_out": .array(
        parts.map { part in
          [
            "texts": .string(part.label), "count": .integer(part.fidelity.textCount),
            "cosine_rank_correlation": .number(part.fidelity.cosineRankCorrelation),
            "log_dispersion_ratio": .number(part.fidelity.logDispersionRatio),
            "passage_dispersion_rank_correlation":
              part.fidelity.groupRankCorrelation.map { .number($0) } ?? .null,
          ]
        }),
    ]
  }
}
