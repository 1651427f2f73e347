package import AmbitMatrix

/// The numbers of the Python package `prdc` 0.2 for two sets of float32 vectors.
///
/// `precision`, `recall`, `density`, `coverage` with strict `<`, as `precision` and its kin have them. The
/// distances are those of scikit-learn: squares in double precision as `x² + y² − 2xy`, rounded to
/// single, cut at 0, then the root; so rows that are nearly the same may order otherwise than by their
/// true distance. Source: Naeem et al. 2020.
package enum PRDCPackage {
  /// - Precondition: more than `k` rows in each set, of one width.
  package static func scores(real: Matrix, fake: Matrix, k: Int = 5, workers: Workers)
    -> [PackageScore]
  {
    let realRadii = radii(of: real, k: k, workers: workers)
    let fakeRadii = radii(of: fake, k: k, workers: workers)
    let norms = squaredNorms(of: fake)
    // Per real row: how many of its balls hold which fakes, whether it is reached, whether covered.
    let rows = workers.map(real.rowCount) {
      row -> (held: [Bool], isReached: Bool, isCovered: Bool) in
      let distances = Self.distances(from: real.row(row), to: fake, norms: norms)
      return (
        distances.map { $0 < realRadii[row] }, zip(distances, fakeRadii).contains { $0 < $1 },
        (distances.min() ?? .infinity) < realRadii[row]
      )
    }
    let (n, m) = (Double(real.rowCount), Double(fake.rowCount))
    var counts = [Int](repeating: 0, count: fake.rowCount)
    for row in rows { for index in counts.indices where row.held[index] { counts[index] += 1 } }
    return [
      PackageScore("precision", Double(counts.count { $0 > 0 }) / m),
      PackageScore("recall", Double(rows.count(where: \.isReached)) / n),
      PackageScore("density", 1 / Double(k) * (Double(counts.reduce(0, +)) / m)),
      PackageScore("coverage", Double(rows.count(where: \.isCovered)) / n),
    ]
  }

  private static func squaredNorms(of rows: Matrix) -> [Double] {
    (0..<rows.rowCount).map { Reductions.squaredNorm(rows.row($0)) }
  }

  private static func distances(
    from row: ArraySlice<Float>, to others: Matrix, norms: [Double]
  ) -> [Float] {
    let own = Reductions.squaredNorm(row)
    return norms.indices.map { index in
      let square = Float(-2 * Reductions.dot(row, others.row(index)) + own + norms[index])
      return max(0, square).squareRoot()
    }
  }

  /// The distance of each row to its k-th nearest neighbour.
  private static func radii(of rows: Matrix, k: Int, workers: Workers) -> [Float] {
    let norms = squaredNorms(of: rows)
    return workers.map(rows.rowCount) { row in
      var distances = Self.distances(from: rows.row(row), to: rows, norms: norms)
      distances[row] = 0
      return distances.sorted()[k]
    }
  }
}
