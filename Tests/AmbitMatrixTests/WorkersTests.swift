import AmbitMatrix
import Synchronization
import Testing

@Suite struct WorkersTests {
  @Test(arguments: [1, 2, 5]) func everyIndexIsVisitedOnce(threads: Int) {
    let workers = Workers(threadCount: threads)
    for count in [0, 1, 7, 8, 9, 1000] {
      let visits = Mutex([Int](repeating: 0, count: count))
      workers.forEachBlock(of: count, size: 8) { block in
        visits.withLock { for index in block { $0[index] += 1 } }
      }
      #expect(visits.withLock { $0 } == [Int](repeating: 1, count: count))
    }
  }

  @Test func mapKeepsTheOrder() {
    #expect(Workers(threadCount: 4).map(1000) { $0 * $0 } == (0..<1000).map { $0 * $0 })
  }

  @Test func makeMatrixFillsRows() {
    let matrix = Workers(threadCount: 2).makeMatrix(rowCount: 10, columnCount: 3, blockRows: 4) {
      rows, span in
      for row in rows {
        for column in 0..<3 {
          span[(row - rows.lowerBound) * 3 + column] = Float(10 * row + column)
        }
      }
    }
    #expect(matrix[9, 2] == 92)
    #expect(matrix[4, 0] == 40)
  }
}
