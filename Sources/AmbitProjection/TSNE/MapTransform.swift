public import AmbitMatrix

/// Places new rows into a finished map whose points stay where they are.
///
/// A new row that equals one of the map's lands exactly on that one's point (the first such). Any
/// other starts at the mean of its neighbours' points, weighted by its affinities to them, and then
/// minimises its own divergence, Σⱼ p(j|i) ln(p(j|i)/q(j|i)) with q over all points of the map. New rows do
/// not feel one another, so each lands where it would land alone.
///
/// O(m·n·(d + 64)) for m new rows. Source: Poličar, Stražar & Zupan 2024.
public struct MapTransform: Sendable {
  private let rows: Matrix
  private let places: MapPoints
  private let perplexity: Double

  static let iterationCount = 64

  /// - Parameters:
  ///   - rows: the rows that the map was made of.
  ///   - map: their points, `n × 2`.
  ///   - perplexity: how many of them a new row effectively looks at; lowered to a third of them.
  /// - Throws: `ProjectionError` where the counts differ, for fewer than four rows, numbers that are
  ///   not finite, rows longer than 10¹⁷, and a perplexity below 1.
  public init(
    rows: Matrix, map: Matrix, perplexity: Double = 5
  ) throws(ProjectionError) {
    guard map.rowCount == rows.rowCount, map.columnCount == 2 else {
      throw ProjectionError(.mapRows(map: map.rowCount, rows: rows.rowCount))
    }
    try map.requireMeasurableRows()
    self.perplexity = try TSNE(perplexity: perplexity).usedPerplexities(rows)[0]
    self.rows = rows
    places = MapPoints(map.rowCount) { SIMD2(map[$0, 0], map[$0, 1]) }
  }

  /// The points of new rows, `m × 2`.
  ///
  /// - Throws: `ProjectionError` for rows of another width, numbers that are not finite, and rows
  ///   longer than 10¹⁷.
  public func coordinates(
    of newRows: Matrix, workers: Workers
  ) throws(ProjectionError) -> Matrix {
    guard newRows.columnCount == rows.columnCount else {
      throw ProjectionError(.width(expected: rows.columnCount, found: newRows.columnCount))
    }
    try newRows.requireMeasurableRows()
    let count = min(rows.rowCount, max(1, Int(3 * perplexity)))
    let neighbours = NearestNeighbours(of: newRows, among: rows, count: count, workers: workers)
    let shares = PerplexityCalibration(perplexities: [perplexity])
      .shares(for: neighbours, workers: workers)
    let points = MapPoints(newRows.rowCount) { row in
      place(near: neighbours.indices(of: row), shares[row * count..<(row + 1) * count])
    }
    let push = MapPoints(count: points.count)
    let steps = MapPoints(count: points.count)
    let isEqual = (0..<newRows.rowCount).map { neighbours.distances[$0 * count] == 0 }
    for row in isEqual.indices where isEqual[row] {
      let point = places[Int(neighbours.indices[row * count])]
      points.x.pointer[row] = point.x
      points.y.pointer[row] = point.y
    }
    for _ in 0..<Self.iterationCount {
      let sums = ExactRepulsion.pushes(
        targets: points, sources: places, into: push, workers: workers)
      workers.forEachBlock(of: points.count, size: 256) { block in
        for row in block where !isEqual[row] {
          let pull = pull(
            points[row], neighbours.indices(of: row), shares[row * count..<(row + 1) * count])
          let gradient = pull - push[row] / sums[row]
          var step = 0.8 * steps[row] - 0.5 * gradient
          let length = (step * step).sum().squareRoot()
          if length > 1 { step /= length }
          steps.x.pointer[row] = step.x
          steps.y.pointer[row] = step.y
          points.x.pointer[row] += step.x
          points.y.pointer[row] += step.y
        }
      }
    }
    return Matrix(
      rowCount: points.count, columnCount: 2,
      values: (0..<points.count).flatMap { [points[$0].x, points[$0].y] })
  }

  private func place(
    near neighbours: ArraySlice<Int32>, _ shares: ArraySlice<Float>
  ) -> SIMD2<Float> {
    zip(neighbours, shares).reduce(SIMD2<Float>(0, 0)) { $0 + $1.1 * places[Int($1.0)] }
  }

  private func pull(
    _ point: SIMD2<Float>, _ neighbours: ArraySlice<Int32>, _ shares: ArraySlice<Float>
  ) -> SIMD2<Float> {
    zip(neighbours, shares).reduce(SIMD2<Float>(0, 0)) { sum, next in
      let difference = point - places[Int(next.0)]
      return sum + next.1 / (1 + (difference * difference).sum()) * difference
    }
  }
}
