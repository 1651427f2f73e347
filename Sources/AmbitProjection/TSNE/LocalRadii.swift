public import AmbitMatrix

/// How far the neighbours of each row lie: what a map of neighbours does not show.
public struct LocalRadii: Sendable {
  /// √(Σⱼ pᵢⱼ|xᵢ − xⱼ|² / Σⱼ pᵢⱼ) of each row, with P the affinities of t-SNE: the root mean square
  /// distance to its neighbours. Among equal rows the smallest radius that is not 0.
  public let values: [Double]

  /// The radii of `rows`. O(n²·d), or less as for `TSNE`.
  ///
  /// - Throws: `ProjectionError` as `TSNE.map` does.
  public init(of rows: Matrix, perplexity: Double = 30, workers: Workers) throws(ProjectionError) {
    let method = TSNE(perplexity: perplexity)
    var recall: Double?
    let affinities = method.affinities(
      rows, try method.usedPerplexities(rows), workers, recall: &recall)
    values = DensityTerm.radii(of: rows, affinities, workers: workers)
      .map { Elementary.exp($0 / 2) }
  }
}
