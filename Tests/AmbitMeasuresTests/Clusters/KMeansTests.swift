import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

@Suite struct KMeansTests {
  private let workers = Workers(threadCount: 2)

  /// Every row is with its nearest centre, every centre the mean of its rows, the inertia their sum.
  @Test func endsWhereNothingMoves() {
    forEachSeed(30) { random in
      let (count, width) = (20 + random.index(below: 150), 1 + random.index(below: 8))
      let rows = Matrix(
        rowCount: count, columnCount: width,
        values: (0..<count * width).map { _ in Float(random.normal()) })
      let clusters = 1 + random.index(below: 12)
      let fit = KMeans.fit(rows: rows, count: clusters, seed: random.next(), workers: workers)
      var inertia = 0.0
      for row in 0..<count {
        let distances = (0..<clusters).map {
          Reductions.squaredDistance(rows.row(row), fit.centres.row($0))
        }
        let own = distances[fit.labels[row]]
        try require(own <= distances.min()! + 1e-4, "row \(row) is not with its nearest centre")
        inertia += own
      }
      try require(agree(inertia, fit.inertia, relative: 1e-9), "inertia")
      for cluster in 0..<clusters {
        let members = fit.labels.indices.filter { fit.labels[$0] == cluster }
        try require(!members.isEmpty, "cluster \(cluster) is empty")
        let mean = rows.rows(members).columnMeans()
        for column in 0..<width {
          try require(abs(mean[column] - Double(fit.centres[cluster, column])) < 1e-5, "mean")
        }
      }
    }
  }

  @Test func blobsAreFound() {
    var random = SplitMix64(seed: 5)
    let rows = Matrix(
      rowCount: 300, columnCount: 3,
      values: (0..<900).map { Float(0.1 * random.normal()) + Float($0 / 3 % 6 * ($0 % 3 + 1)) })
    let fit = KMeans.fit(rows: rows, count: 6, seed: 1, restarts: 5, workers: workers)
    let names = (0..<6).map { fit.labels[$0] }
    #expect(Set(names).count == 6)
    #expect(fit.labels == (0..<300).map { names[$0 % 6] })
  }

  @Test func equalRowsAndAsManyClustersAsRows() {
    let same = Matrix(rowCount: 9, columnCount: 2, values: [Float](repeating: 3, count: 18))
    #expect(KMeans.fit(rows: same, count: 4, seed: 1, workers: workers).inertia == 0)
    var random = SplitMix64(seed: 8)
    let rows = Matrix(
      rowCount: 12, columnCount: 2, values: (0..<24).map { _ in Float(random.normal()) })
    let fit = KMeans.fit(rows: rows, count: 12, seed: 1, workers: workers)
    #expect(fit.inertia < 1e-10 && Set(fit.labels).count == 12)
  }

  @Test func seedsMatterAndThreadsDoNot() {
    var random = SplitMix64(seed: 8)
    let rows = Matrix(
      rowCount: 900, columnCount: 7, values: (0..<6300).map { _ in Float(random.normal()) })
    let one = KMeans.fit(rows: rows, count: 30, seed: 1, workers: Workers(threadCount: 1))
    let two = KMeans.fit(rows: rows, count: 30, seed: 1, workers: Workers(threadCount: 3))
    #expect(one.labels == two.labels && one.centres == two.centres)
    let other = KMeans.fit(rows: rows, count: 30, seed: 1, replicate: 1, workers: workers)
    #expect(one.labels != other.labels)
    let best = KMeans.fit(rows: rows, count: 30, seed: 1, restarts: 8, workers: workers)
    #expect(best.inertia <= one.inertia)
  }
}
