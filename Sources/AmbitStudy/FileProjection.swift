import AmbitCorpus
import AmbitFormats
import AmbitMatrix
import AmbitProjection
import Foundation

/// Vectors of a file to places in two dimensions: `ambit project`.
///
/// Rows are taken as they are, under the Euclidean distance: nothing is normalised, centred or reduced
/// before. Row *i* of the result is row *i* of the file.
public struct FileProjection {
  /// What was written.
  public struct Result: Sendable {
    /// What was done, for people.
    public let summary: String
    /// The same for programs.
    public let json: String
  }

  /// What is to be done.
  public struct Options: Sendable {
    /// How rows are laid out.
    public var method = MapMethod.pca
    /// How many neighbours a row effectively has; nil for the method's usual.
    public var perplexity: PerplexityList?
    /// The factor on the affinities after groups have gathered; nil for 1.
    public var lateExaggeration: Double?
    /// The seed of the noise about the initial places.
    public var seed: UInt64 = 0
    /// The file of a map into which the rows are placed, instead of making a new one.
    public var reference: String?
    /// Where the map is kept for later rows.
    public var savedMap: String?
    /// Whether the quality of the map is measured.
    public var judgesQuality = true
    /// Threads to use; nil for one a core.
    public var threads: Int?

    /// PCA of all rows.
    public init() {}
  }

  private let path: String
  private let out: String
  private let options: Options
  private let map: MapSettings

  /// - Parameters:
  ///   - path: an NPY or NPZ file of vectors, one a row.
  ///   - out: the NPY file of the places.
  /// - Throws: `UsageError` for options that do not fit together.
  public init(path: String, out: String?, options: Options) throws {
    self.out = try FileEmbedding.path(out, of: "places")
    if options.reference != nil, options.perplexity != nil || options.lateExaggeration != nil {
      throw UsageError(
        "--\(options.perplexity != nil ? "perplexity" : "late-exaggeration") is for a new map, and "
          + "--reference makes none", hint: "leave one of them out")
    }
    map = try MapSettings(
      method: options.method, flag: "--method", perplexity: options.perplexity,
      lateExaggeration: options.lateExaggeration)
    if options.reference != nil, options.savedMap != nil {
      throw UsageError(
        "--save-map keeps a new map, and --reference makes none", hint: "leave one of them out")
    }
    if let threads = options.threads, threads < 1 {
      throw UsageError("--threads must be at least 1, found \(threads)", hint: "leave it out")
    }
    self.path = path
    self.options = options
  }

  /// Reads, projects and writes.
  ///
  /// - Throws: `InputError`, `Refusal`; then nothing has been written.
  public func run(progress: @escaping @Sendable (StudyProgress) -> Void = { _ in }) throws -> Result
  {
    progress(StudyProgress(stage: .reading))
    let rows = try vectors()
    let workers = Workers(
      threadCount: options.threads ?? ProcessInfo.processInfo.activeProcessorCount)
    do {
      return try project(rows, workers: workers, progress: progress)
    } catch let error as ProjectionError {
      if case .tooFewRows = error.reason { throw Refusal(error.message, hint: error.hint) }
      throw InputError(.unmatched, path: path, error.message, hint: error.hint)
    }
  }

  private func project(
    _ rows: Matrix, workers: Workers, progress: @escaping @Sendable (StudyProgress) -> Void
  ) throws -> Result {
    var description: String
    var facts: JSONObject
    let places: Matrix
    var saved: ReferenceMap?
    progress(StudyProgress(stage: .mapping))
    if let reference = options.reference {
      let map = try ReferenceMap(path: reference)
      places = try map.coordinates(of: rows, workers: workers)
      description = "\(rows.rowCount) rows placed into the map of \(reference)"
      facts = ["reference": .string(reference)]
    } else if options.method == .pca {
      let weights = [Double](repeating: 1, count: rows.rowCount)
      let basis = PrincipalComponents().fit(rows, weights: weights, workers: workers)
      places = try basis.coordinates(of: rows, workers: workers)
      let shares = try basis.varianceExplained(
        of: rows, weights: weights, workers: workers
      ).shares
      description =
        "PCA of \(rows.rowCount) rows × \(rows.columnCount): "
        + shares.map { "\(DecimalText.fixed(100 * $0, decimals: 1)) %" }.joined(separator: " and ")
        + " of the variance"
      facts = ["method": "pca", "variance_explained": .array(shares.map { .number($0) })]
      saved = .linear(basis)
    } else {
      let made = try map.map(of: rows, seed: options.seed, workers: workers) {
        progress(StudyProgress($0))
      }
      places = made.coordinates
      (description, facts) = (map.description(of: made), map.json(of: made))
      saved = .neighbours(
        space: options.method.space, rows: rows, map: places, perplexity: made.perplexities[0])
    }
    // Of rows that are all equal there is nothing to keep.
    let hasNeighbourhoods = rows.rowCount >= 4 && places.values.contains { $0 != places.values[0] }
    if options.judgesQuality, options.reference == nil, hasNeighbourhoods {
      let quality = try MapQuality(of: places, rows: rows, seed: options.seed, workers: workers)
      description += "\nQuality: \(quality.text)"
      facts["quality"] = quality.json
    }
    progress(StudyProgress(stage: .writing))
    var files = AtomicFileSet()
    try files.add(
      NPYArray(shape: [places.rowCount, places.columnCount], floats: places.values).encoded(),
      at: out)
    var written = [out]
    if let path = options.savedMap, let saved {
      try files.add(saved.bytes, at: path)
      written.append(path)
    }
    try files.commit()
    facts["rows"] = .integer(rows.rowCount)
    facts["dimensions"] = .integer(rows.columnCount)
    facts["files"] = .array(written.map { .string($0) })
    return Result(
      summary: "\(description)\nWritten: \(written.joined(separator: ", "))\n",
      json: JSONWriter(isPretty: true).string(.object(facts)) + "\n")
  }

  private func vectors() throws -> Matrix {
    let file = try OutputFile(path: path, options: ReadingOptions())
    guard let vectors = file.vectors else {
      throw InputError(
        .selection, path: path, "expected vectors, found \(file.kind.rawValue) (\(file.why))",
        hint: "`ambit embed` turns texts into vectors")
    }
    return Matrix(
      rowCount: vectors.values.count / vectors.width, columnCount: vectors.width,
      values: vectors.values)
  }
}
