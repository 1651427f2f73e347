import AmbitMatrix
import AmbitMeasures

/// Precision, recall, density and coverage of one set of vectors against another, as `prdc` gives them.
struct NeighbourScoring: Benchmark {
  static let name = "prdc"
  let real: Matrix
  let fake: Matrix
  let workers: Workers

  init(paths: [String], threadCount: Int) throws {
    real = try Matrix(contentsOfNPY: paths[0])
    fake = try Matrix(contentsOfNPY: paths[1])
    workers = Workers(threadCount: threadCount)
  }

  func run() throws -> [String: Double] {
    let scores = PRDCPackage.scores(real: real, fake: fake, workers: workers)
    return Dictionary(uniqueKeysWithValues: scores.map { ($0.name, $0.value) })
  }
}
