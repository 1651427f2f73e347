import AmbitMatrix
import AmbitProjection

/// Principal components of a matrix: the fit of two and the coordinates of every row.
struct PlaneFitting: Benchmark {
  static let name = "pca"
  let rows: Matrix
  let workers: Workers

  init(paths: [String], threadCount: Int) throws {
    rows = try Matrix(contentsOfNPY: paths[0])
    workers = Workers(threadCount: threadCount)
  }

  func run() throws -> [String: Double] {
    let weights = [Double](repeating: 1, count: rows.rowCount)
    let points = PrincipalComponents(componentCount: 2)
      .coordinates(of: rows, weights: weights, workers: workers)
    let squares = points.values.reduce(0) { $0 + Double($1) * Double($1) }
    return ["variance": squares / Double(rows.rowCount)]
  }
}
