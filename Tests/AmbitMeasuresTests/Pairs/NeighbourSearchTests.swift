import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

/// Counts without a table of distances are those with one.
@Suite struct NeighbourSearchTests {
  private let workers = Workers(threadCount: 2)

  private enum Shape: CaseIterable {
    case grid, gaussian, farFromTheOrigin, huge, tiny, nested, oneOutlier
  }

  /// Two sets of one width.
  private func sets(_ shape: Shape, _ random: inout SplitMix64) -> (Matrix, Matrix) {
    let width = [1, 2, 7, 33][random.index(below: 4)]
    func set(_ count: Int, scale: Double) -> Matrix {
      Matrix(
        rowCount: count, columnCount: width,
        values: (0..<count * width).map { place in
          switch shape {
          case .grid: Float(random.index(below: 4))
          case .gaussian: Float(scale * random.normal())
          case .farFromTheOrigin: Float(1000 + scale * random.normal())
          case .huge: Float(1e18 * scale * random.normal())
          case .tiny: Float(1e-18 * scale * random.normal())
          case .nested: Float((scale == 1 ? 1 : 1e-3) * random.normal())
          case .oneOutlier: Float((place < width ? 1e6 : scale) * random.normal())
          }
        })
    }
    return (
      set(20 + random.index(below: 120), scale: 1), set(20 + random.index(below: 120), scale: 0.7)
    )
  }

  @Test func countsAreThoseOfTheLists() {
    for shape in Shape.allCases {
      forEachSeed(12) { random in
        let (base, tuned) = sets(shape, &random)
        let rows = Matrix.stacked([base, tuned])
        for k in [1, 5] {
          let found = NeighbourCounts.observed(
            of: rows, baseCount: base.rowCount, k: k, workers: workers)
          let groups =
            [UInt8](repeating: 0, count: base.rowCount)
            + [UInt8](repeating: 1, count: tuned.rowCount)
          let expected = NeighbourCounts(
            NeighbourLists(
              squaredDistances: rows.symmetricSquaredDistances(workers: workers), workers: workers),
            groups: groups, k: k)
          try require(found == expected, "\(shape), k = \(k): \(found), \(expected)")
        }
      }
    }
  }

  /// The package's own steps, one after another.
  @Test func packageScoresAreThoseOfItsSteps() {
    for shape in Shape.allCases where shape != .huge {
      forEachSeed(8) { random in
        let (real, fake) = sets(shape, &random)
        func distances(_ a: Matrix, _ b: Matrix) -> [[Float]] {
          (0..<a.rowCount).map { i in
            (0..<b.rowCount).map { j in
              let (x, y) = (a.row(i), b.row(j))
              let square =
                -2 * Reductions.dot(x, y) + Reductions.squaredNorm(x) + Reductions.squaredNorm(y)
              return max(0, Float(square)).squareRoot()
            }
          }
        }
        func radii(_ rows: Matrix) -> [Float] {
          var table = distances(rows, rows)
          for row in table.indices { table[row][row] = 0 }
          return table.map { $0.sorted()[5] }
        }
        let (reach, fakeReach, cross) = (radii(real), radii(fake), distances(real, fake))
        let (n, m) = (Double(real.rowCount), Double(fake.rowCount))
        let held = cross.indices.map { i in cross[i].count { $0 < reach[i] } }
        let inside = fakeReach.indices.count { j in
          cross.indices.contains { cross[$0][j] < reach[$0] }
        }
        let reached = cross.count { row in zip(row, fakeReach).contains { $0 < $1 } }
        let expected = [
          Double(inside) / m, Double(reached) / n, Double(held.reduce(0, +)) / m / 5,
          Double(held.count { $0 > 0 }) / n,
        ]
        let found = PRDCPackage.scores(real: real, fake: fake, workers: workers).map(\.value)
        for (ours, theirs) in zip(found, expected) {
          try require(agree(ours, theirs, relative: 1e-14), "\(shape): \(found), \(expected)")
        }
      }
    }
  }

  @Test func aSetOfNoMoreThanKRowsIsUndefined() {
    let rows = Matrix(rowCount: 12, columnCount: 1, values: (0..<12).map { Float($0) })
    let found = NeighbourCounts.observed(of: rows, baseCount: 5, k: 5, workers: workers)
    #expect(!found.isDefined && found.base == 5 && found.tuned == 7)
  }

  @Test func threadsDoNotMatter() {
    var random = SplitMix64(seed: 4)
    let rows = Matrix(
      rowCount: 700, columnCount: 20, values: (0..<14_000).map { _ in Float(random.normal()) })
    let counts = [1, 3].map {
      NeighbourCounts.observed(of: rows, baseCount: 300, k: 5, workers: Workers(threadCount: $0))
    }
    #expect(counts[0] == counts[1] && counts[0].isDefined)
  }
}
