public import AmbitMatrix

/// The numbers of the Python package `prdc` 0.2 for two sets of float32 vectors.
///
/// `precision`, `recall`, `density`, `coverage` with strict `<`, as `precision` and its kin have them. The
/// distances are those of scikit-learn: squares in double precision as `x² + y² − 2xy`, rounded to
/// single, cut at 0, then the root; so rows that are nearly the same may order otherwise than by their
/// true distance. Source: Naeem et al. 2020.
public enum PRDCPackage {
  /// The four scores of `fake` against `real`, in the order of the package.
  ///
  /// O((n + m)² · columns) operations, O((n + m) · columns) memory; the same for any number of workers.
  ///
  /// - Precondition: more than `k` rows in each set, of one width.
  public static func scores(real: Matrix, fake: Matrix, k: Int = 5, workers: Workers)
    -> [PackageScore]
  {
    let rows = Matrix.stacked([real, fake])
    let counts = NeighbourSearch(
      of: rows, baseCount: real.rowCount, k: k, by: PackageDistance(of: rows), workers: workers
    ).counts()
    precondition(counts.isDefined, "more than k rows in each set")
    let (n, m) = (Double(counts.base), Double(counts.tuned))
    return [
      PackageScore("precision", Double(counts.tunedInBase) / m),
      PackageScore("recall", Double(counts.baseInTuned) / n),
      PackageScore("density", 1 / Double(k) * (Double(counts.pairs) / m)),
      PackageScore("coverage", Double(counts.coveredBase) / n),
    ]
  }

  private struct PackageDistance: ComparedDistance {
    private let rows: Matrix
    private let norms: [Double]
    let slack: Double

    init(of rows: Matrix) {
      self.rows = rows
      norms = (0..<rows.rowCount).map { Reductions.squaredNorm(rows.row($0)) }
      slack = Double(rows.columnCount + 16) * 0x1p-51 * (norms.max() ?? 0)
    }

    func between(_ row: Int, _ other: Int) -> Float {
      let product = Reductions.dot(rows.row(row), rows.row(other))
      return max(0, Float(-2 * product + norms[row] + norms[other])).squareRoot()
    }

    func square(_ value: Float) -> Double { Double(value) * Double(value) }
  }
}
