import AmbitMatrix
import AmbitTestSupport
import Synchronization
import Testing

@Suite struct MatrixStackTests {
  static let workers = Workers(threadCount: 2)

  /// Parts of some rows, empty ones among them, and the same rows as one matrix.
  static func parts(
    _ random: inout SplitMix64, rowCounts: [Int], columnCount: Int
  ) -> (parts: [Matrix], whole: Matrix) {
    let parts = rowCounts.map { count in
      Matrix(
        rowCount: count, columnCount: columnCount,
        values: (0..<count * columnCount).map { _ in Float(random.normal()) })
    }
    return (parts, .stacked(parts))
  }

  static let shapes = [
    [0, 3, 0, 700, 1, 513, 0], [2000], [256, 256, 256], [1, 1, 1], [9000, 40],
  ]

  @Test(arguments: shapes) func momentsHaveTheBitsOfOneMatrix(_ rowCounts: [Int]) {
    forEachSeed(2) { random in
      let (parts, whole) = Self.parts(&random, rowCounts: rowCounts, columnCount: 11)
      let weights = (0..<whole.rowCount).map { _ in random.uniform() }
      // Held, and made when they are looked at.
      for stack in [
        MatrixStack(parts),
        MatrixStack(rowCounts: rowCounts, columnCount: 11) { parts[$0] },
      ] {
        #expect(stack.rowCount == whole.rowCount)
        #expect(stack.joined == whole)
        #expect(stack.columnMeans(weights: weights) == whole.columnMeans(weights: weights))
        let mean = whole.columnMeans()
        #expect(
          stack.weightedScatter(about: mean, weights: weights, workers: Self.workers)
            == whole.weightedScatter(
              about: mean, weights: weights, workers: Workers(threadCount: 1)))
      }
    }
  }

  @Test(arguments: shapes) func blocksAreAllRowsInOrder(_ rowCounts: [Int]) {
    forEachSeed(1) { random in
      let (parts, whole) = Self.parts(&random, rowCounts: rowCounts, columnCount: 3)
      for size in [1, 7, 256] {
        let blocks = MatrixStack(parts).blocks(size: size, workers: Self.workers) {
          block, matrix, own in (block, matrix.rows(Array(own)))
        }
        #expect(Matrix.stacked(blocks.map(\.1)) == whole)
        #expect(blocks.map(\.0.lowerBound) == Array(stride(from: 0, to: whole.rowCount, by: size)))
        #expect(blocks.dropLast().allSatisfy { $0.0.count == size })
      }
    }
  }

  @Test func ascendingRowsAreTakenFromTheirParts() {
    forEachSeed(5) { random in
      let (parts, whole) = Self.parts(&random, rowCounts: [5, 0, 9, 1, 30], columnCount: 2)
      let chosen = (0..<whole.rowCount).filter { _ in random.uniform() < 0.3 }
      #expect(MatrixStack(parts).rows(chosen) == whole.rows(chosen))
    }
  }

  @Test func aPartIsMadeOnceForARunOfBlocks() {
    let calls = Calls()
    let stack = MatrixStack(rowCounts: [400, 400], columnCount: 1) { _ in
      calls.count.wrappingAdd(1, ordering: .relaxed)
      return Matrix(rowCount: 400, columnCount: 1)
    }
    let rows = stack.blocks(size: 100, workers: Workers(threadCount: 1)) { block, _, _ in
      block.count
    }
    #expect(rows == [100, 100, 100, 100, 100, 100, 100, 100])
    #expect(calls.count.load(ordering: .relaxed) == 2)
  }
}

private final class Calls: Sendable {
  let count = Atomic<Int>(0)
}
