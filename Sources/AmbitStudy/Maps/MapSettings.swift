import AmbitFormats
import AmbitMatrix
import AmbitProjection

/// Which map is made of rows, with everything checked that needs no rows.
struct MapSettings: Sendable {
  let method: MapMethod
  /// What was asked for, or what is usual.
  let perplexities: [Double]
  let lateExaggeration: Double

  /// - Parameter flag: how a user says the method, `--projection` or `--method`.
  /// - Throws: `UsageError` for a number out of range, and for one that is for a map of neighbours
  ///   where there is none.
  init(
    method: MapMethod, flag: String, perplexity: PerplexityList?, lateExaggeration: Double?
  ) throws {
    if let wrong = perplexity?.values.first(where: { !($0.isFinite && $0 >= 1) }) {
      throw UsageError(
        "--perplexity must be at least 1, found \(DecimalText.shortest(wrong))",
        hint: "30 is usual; 30,300 joins two scales")
    }
    if let factor = lateExaggeration, !(factor >= 1 && factor <= 12) {
      throw UsageError(
        "--late-exaggeration must be from 1 to 12, found \(DecimalText.shortest(factor))",
        hint: "leave it out; 4 makes groups of very many rows tighter")
    }
    if method == .pca, perplexity != nil || lateExaggeration != nil {
      throw UsageError(
        "--\(perplexity != nil ? "perplexity" : "late-exaggeration") is for a map of neighbours",
        hint: "add \(flag) tsne, or leave it out")
    }
    self.method = method
    perplexities = perplexity?.values ?? [method.usualPerplexity]
    self.lateExaggeration = lateExaggeration ?? 1
  }

  /// The map of neighbours of `rows`; not for `pca`.
  func map(
    of rows: Matrix, seed: UInt64, workers: Workers, progress: (MapProgress) -> Void
  ) throws(ProjectionError) -> NeighbourMap {
    if method == .densne {
      var projector = DenSNE(seed: seed)
      projector.base.perplexities = perplexities
      projector.base.lateExaggeration = lateExaggeration
      return try projector.map(of: rows, workers: workers, progress: progress)
    }
    var projector = TSNE(seed: seed)
    projector.perplexities = perplexities
    projector.lateExaggeration = lateExaggeration
    return try projector.map(of: rows, workers: workers, progress: progress)
  }
}
