import AmbitMatrix
import AmbitMeasures

/// The Vendi score of all rows of a matrix.
struct VendiScoring: Benchmark {
  static let name = "vendi"
  let rows: Matrix
  let workers: Workers

  init(paths: [String], threadCount: Int) throws {
    rows = try Matrix(contentsOfNPY: paths[0])
    workers = Workers(threadCount: threadCount)
  }

  func run() throws -> [String: Double] {
    ["vendi": HillProfile(ofKernel: rows, orders: [1], workers: workers).values[0]]
  }
}
