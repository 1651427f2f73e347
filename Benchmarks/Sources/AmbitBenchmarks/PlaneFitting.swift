import AmbitFormats
import AmbitMatrix
import AmbitProjection
import Foundation

/// Principal components of a matrix: the fit of two and the coordinates of every row.
struct PlaneFitting: Benchmark {
  static let name = "pca"
  let rows: Matrix
  let workers: Workers

  init(paths: [String], threadCount: Int) throws {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: paths[0])))
    let array = try NPYArray(bytes: bytes)
    rows = Matrix(
      rowCount: array.rowCount, columnCount: array.columnCount, values: array.floats)
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
