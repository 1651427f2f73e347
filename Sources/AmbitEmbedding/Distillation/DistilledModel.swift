internal import AmbitFormats
internal import AmbitMatrix

/// A static model fresh from its distillation, in memory, with its report.
public struct DistilledModel: Sendable {
  /// The figures on held-out texts.
  public private(set) var report: DistillationReport
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
    let dimension = options.dimension
    var table = fitted.table
    table.values.withUnsafeMutableBufferPointer { values in
      for index in values.indices { values[index] *= fitted.weights[index / dimension] }
    }
    (rows, scales) = Self.rounded(table)
    weights = fitted.weights
    offset = fitted.offset
    model = StaticModel(
      tokenizer: tokenizer,
      table: StaticTable(.bytes(rows, scales: scales), dimension: dimension),
      pooling: .dampedBag(
        countPower: options.countPower, weights: weights, offset: offset,
        frameRow: weights.count - 1),
      mapping: nil)
    report = DistillationReport(
      fitCount: 0, penalty: fitted.penalty, meanGain: fitted.gains.mean,
      frameGain: fitted.gains.frame, trials: fitted.trials)
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
    let embedded = vectors(of: pieces.map(\.text), workers: workers)
    func part(_ label: String, _ rows: [Int]) -> DistillationReport.Part? {
      guard rows.count >= 20 || label == "all" else { return nil }
      var groups: [Int: [Int]] = [:]
      for (place, row) in rows.enumerated() {
        groups[pieces[row].passage, default: []].append(place)
      }
      return DistillationReport.Part(
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

// MARK: Judging by pairs

extension DistilledModel {
  mutating func judge(_ pairs: [JudgedPair], teacher: any Embedder, workers: Workers) throws {
    guard !pairs.isEmpty else { return }
    let texts = pairs.flatMap { [$0.first, $0.second] }
    let isSame = pairs.map(\.isSame)
    func area(_ rows: Matrix) -> Double? {
      let cosines = pairs.indices.map { Reductions.dot(rows.row(2 * $0), rows.row(2 * $0 + 1)) }
      return EmbeddingFidelity.areaUnderCurve(scores: cosines, isPositive: isSame)
    }
    let taught = try teacher.embedDistinct(texts, workers: workers).matrix
    guard let own = area(vectors(of: texts, workers: workers)), let teachers = area(taught) else {
      throw DistillationError(
        "all pairs have the same judgement", hint: "give pairs of both kinds, or leave --pairs out")
    }
    report.judgement = .init(model: own, teacher: teachers, pairCount: pairs.count)
  }

  private func vectors(of texts: [String], workers: Workers) -> Matrix {
    let limit = windowTokens ?? .max
    let columns = options.dimension
    let model = self.model
    return workers.makeMatrix(
      rowCount: texts.count, columnCount: columns, blockRows: 64
    ) { block, target in
      var scratch = StaticModel.Scratch(model)
      target.withUnsafeMutableBufferPointer { rows in
        guard let first = rows.baseAddress else { return }
        for index in block {
          _ = model.embed(
            texts[index], limit: limit, scratch: &scratch,
            into: first + (index - block.lowerBound) * columns)
        }
      }
    }
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
      "frame_row": .integer(weights.count - 1),
      "frequency_smoothing": .number(options.frequencySmoothing),
      "window_tokens": windowTokens.map { .integer($0) } ?? .null,
      "teacher": .string(teacherFingerprint),
    ]
  }
}
