import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

@Suite struct JointKMeansTests {
  /// Unit rows about `centres` directions, and the direction of each.
  private func blobs(
    _ count: Int, centres: Int, width: Int, noise: Double, random: inout SplitMix64
  ) -> (rows: Matrix, truth: [Int]) {
    let means = (0..<centres).map { _ in (0..<width).map { _ in random.normal() } }
    let truth = (0..<count).map { $0 < centres ? $0 : random.index(below: centres) }
    let rows = Matrix(
      rowCount: count, columnCount: width,
      values: truth.flatMap { own in means[own].map { Float($0 + noise * random.normal()) } })
    return (CosineKernel.unitRows(rows), truth)
  }

  private func cluster(
    _ rows: Matrix, _ count: Int, weights: [Double]? = nil, threads: Int = 2
  ) -> JointKMeans {
    JointKMeans(
      unitRows: rows, weights: weights ?? [Double](repeating: 1, count: rows.rowCount),
      count: count, seed: 3, workers: Workers(threadCount: threads))
  }

  @Test("well separated clusters are found")
  func blobsAreFound() {
    forEachSeed(10) { random in
      let (rows, truth) = blobs(300, centres: 8, width: 32, noise: 0.2, random: &random)
      let labels = cluster(rows, 8).labels
      var names: [Int: Int] = [:]
      for (label, own) in zip(labels, truth) {
        let name = names[own] ?? label
        names[own] = name
        try require(name == label, "a cluster is split")
      }
      try require(Set(names.values).count == 8, "two clusters are one")
    }
  }

  @Test("rows lie with their nearest centre, centres are weighted means, nearly")
  func isSettled() {
    var random = SplitMix64(seed: 9)
    let (rows, _) = blobs(500, centres: 20, width: 16, noise: 1, random: &random)
    let weights = (0..<500).map { $0 < 100 ? 4.0 : 1 }
    let found = cluster(rows, 12, weights: weights)
    #expect(found.iterations < JointKMeans.iterationLimit)
    for row in 0..<500 {
      let distances = (0..<12).map {
        Reductions.squaredDistance(rows.row(row), found.centres.row($0))
      }
      #expect(distances[found.labels[row]] == distances.min())
    }
    for centre in 0..<12 {
      let members = (0..<500).filter { found.labels[$0] == centre }
      let total = members.reduce(0) { $0 + weights[$1] }
      for column in 0..<16 {
        let mean = members.reduce(0.0) { $0 + weights[$1] * Double(rows[$1, column]) } / total
        #expect(abs(mean - Double(found.centres[centre, column])) < 0.05)
      }
    }
  }

  @Test("threads change nothing, and equal rows share a cluster wherever they stand")
  func threadsAndPlaces() {
    var random = SplitMix64(seed: 4)
    let (half, _) = blobs(431, centres: 30, width: 48, noise: 0.8, random: &random)
    let rows = Matrix.stacked([half, half])
    let one = cluster(rows, 40, threads: 1)
    let three = cluster(rows, 40, threads: 3)
    #expect(one.labels == three.labels && one.centres == three.centres)
    #expect(Array(one.labels[..<431]) == Array(one.labels[431...]))
  }

  @Test("there are no more clusters than rows that differ")
  func fewRows() {
    let rows = Matrix(
      rowCount: 9, columnCount: 2,
      values: [Float](repeating: 0, count: 6) + [
        1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1,
      ])
    let found = cluster(rows, 6)
    #expect(found.centres.rowCount == 3)
    #expect(Set(found.labels).count == 3)
    #expect(cluster(Matrix(rowCount: 1, columnCount: 2, values: [1, 0]), 4).labels == [0])
  }

  /// More rows than are fitted: the rest only take their nearest centre.
  @Test("many rows are clustered by a part of them")
  func manyRows() {
    var random = SplitMix64(seed: 6)
    let count = JointKMeans.fittedRows + 3000
    let (rows, truth) = blobs(count, centres: 5, width: 8, noise: 0.1, random: &random)
    let labels = cluster(rows, 5).labels
    #expect(labels.count == count)
    for (label, own) in zip(labels, truth) { #expect(label == labels[own]) }
  }
}
