internal import AmbitFormats
public import AmbitMatrix

/// Makes a static model from a slow teacher: one vector per token, so that the bag of a text's tokens
/// maps to the vector that the teacher gives the text.
///
/// Fitted is `teacher(text) ≈ μ + bag(text) · T` by ridge regression, where a bag holds damped counts
/// times frequency weights and has unit length. T is the sum of two parts: what is known of tokens
/// without any text, mapped linearly, so that tokens that no text holds have a meaning too; and a
/// correction for each token that texts tell something about. Known are the teacher's vectors of the
/// tokens alone and, of a transformer, the table of token vectors that it begins with. The teacher is first projected to fewer columns,
/// along the directions that hold most of its cosines; rows are rounded to bytes at last.
/// Memory: about 20 × texts × columns bytes; time: the teacher's, and some minutes.
public struct Distillation: Sendable {
  /// What is being done.
  public enum Stage: String, Sendable {
    /// The teacher embeds tokens, then texts.
    case teaching = "Asking the teacher"
    /// The regression is solved.
    case fitting = "Fitting"
  }

  /// One text that is a single word for so many pieces: more of them would outweigh the passages.
  private static let piecesPerWord = 8

  private let teacher: any Embedder
  private let teacherFolder: String
  private let options: DistillationOptions
  private let tokenizer: TextTokenizer

  /// - Parameter teacherFolder: where the teacher's tokenizer lies; the static model takes it over.
  /// - Throws: `DistillationError` for options that make no sense, `InputError` for the tokenizer.
  public init(
    teacher: any Embedder, teacherFolder: String, options: DistillationOptions = .init()
  ) throws {
    try options.check(teacherDimension: teacher.dimension)
    self.teacher = teacher
    self.teacherFolder = teacherFolder
    self.options = options
    tokenizer = try TextTokenizer(folder: teacherFolder)
  }

  /// Distils on `texts`; the same texts, teacher and options give the same model for any thread count.
  /// The report says how cosines fare on `pairs`, if there are any; nothing is fitted to those.
  ///
  /// - Throws: `DistillationError` where too few texts are left to fit to or to judge by.
  public func run(
    _ texts: [DistillationText], pairs: [JudgedPair] = [], workers: Workers,
    progress: @escaping @Sendable (Stage, Double) -> Void = { _, _ in }
  ) throws -> DistilledModel {
    let sample = DistillationSample(texts, options: options)
    guard sample.fit.count >= 2, sample.heldOut.count >= 2 else {
      throw DistillationError(
        "\(sample.fit.count) pieces to fit to and \(sample.heldOut.count) to judge by are too few",
        hint: "give more texts; thousands are needed for a model of use")
    }
    let tokens = try TaughtTokens(
      teacher: teacher, folder: teacherFolder, count: tokenizer.vocabularyCount, workers: workers
    ) { progress(.teaching, 0.1 * $0) }
    let pieces = sample.fit + sample.heldOut
    let taught = try teacher.embedDistinct(pieces.map(\.text), workers: workers) {
      progress(.teaching, 0.1 + 0.9 * $0)
    }.matrix
    let ids = workers.map(pieces.count) { index in
      tokenizer.tokenize(
        pieces[index].text, limit: teacher.windowTokens ?? .max, isFramed: false
      ).ids
    }
    let fitCount = sample.fit.count
    let words = tokens.examples(fitCount / Self.piecesPerWord, seed: options.seed)
    let fit = DistillationFit(
      ids: Array(ids[..<fitCount]) + words.ids,
      taught: Matrix.stacked([taught.rows(Array(0..<fitCount)), words.taught]),
      heldOutIds: Array(ids[fitCount...]), heldOut: taught.rows(Array(fitCount..<pieces.count)),
      heldOutWords: sample.heldOut.map(\.wordCount),
      tokenFeatures: [tokens.centred] + (try innerVectors().map { [$0] } ?? []), options: options)
    let fitted = fit.best(workers: workers) { progress(.fitting, $0) }
    var model = DistilledModel(
      fitted, tokenizer: tokenizer, tokenizerFolder: teacherFolder, teacher: teacher,
      options: options)
    model.judge(
      sample, families: texts.map(\.family), teacher: taught.rows(Array(fitCount..<pieces.count)),
      workers: workers)
    try model.judge(pairs, teacher: teacher, workers: workers)
    return model
  }

  /// The table of token vectors that a transformer begins with, centred; nil where the teacher's folder
  /// has none.
  private func innerVectors() throws -> Matrix? {
    let path = PathText.join(teacherFolder, "model.safetensors")
    guard System.kind(of: path) == .file else { return nil }
    let file = try SafetensorsFile(path: path)
    let marker = "embeddings.word_embeddings.weight"
    guard let name = file.entries.first(where: { $0.name.hasSuffix(marker) })?.name else {
      return nil
    }
    let rows = try file.rows(name)
    let count = tokenizer.vocabularyCount
    guard rows.shape.count == 2, rows.rowCount >= count else { return nil }
    let columns = rows.columnCount
    var vectors = Matrix(rowCount: count, columnCount: columns)
    vectors.values.withUnsafeMutableBufferPointer {
      if let start = $0.baseAddress { rows.read(0..<count * columns, into: start) }
    }
    let mean = vectors.columnMeans().map { Float($0) }
    vectors.values.withUnsafeMutableBufferPointer { values in
      for index in values.indices { values[index] -= mean[index % columns] }
    }
    return vectors
  }
}
