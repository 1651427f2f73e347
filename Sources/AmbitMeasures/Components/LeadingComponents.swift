internal import AmbitMatrix

/// The rows of one or two sets in the leading principal components of all of them together.
///
/// Labels of the sets have no part in it, so a relabelling finds the same components.
struct LeadingComponents: Sendable {
  /// One row a row of the sets, in their order, one column a component; about the mean of all, or as
  /// they were where there are no more columns than components.
  let rows: Matrix

  /// The most components that are taken.
  static let most = 50

  /// `nil` where the smallest set has fewer than ten rows, which is one component.
  ///
  /// - Parameter fewest: the rows of the smallest set that will be looked at; a tenth as many
  ///   components are taken, up to 50.
  init?(of sets: [Matrix], fewest: Int, workers: Workers) {
    let all = Matrix.stacked(sets)
    let count = min(Self.most, fewest / 10, all.columnCount)
    guard count >= 1 else { return nil }
    // So few columns need no choice of components, and stay as they are.
    if count == all.columnCount {
      rows = all
      return
    }
    let mean = all.columnMeans()
    let eigen = SymmetricEigen(
      of: all.weightedScatter(about: mean, workers: workers), order: all.columnCount,
      largest: count)
    let axes = Matrix(
      rowCount: count, columnCount: all.columnCount,
      values: eigen.vectors.flatMap { $0.map { Float($0) } })
    rows = PromptGrams.centred(all, 0..<all.rowCount, about: mean.map { Float($0) })
      .multiplied(byTransposeOf: axes, workers: workers)
  }

  /// Of a checkpoint and its reference, reference first.
  init?(_ space: MeasuredSpace, checkpoint: Int, reference: Int, workers: Workers) {
    let sets = [space.coordinates[reference], space.coordinates[checkpoint]]
    self.init(of: sets, fewest: sets.map(\.rowCount).min() ?? 0, workers: workers)
  }
}
