internal import AmbitMatrix
internal import Synchronization

extension EmbeddedTexts {
  /// Embeds `count` texts in blocks of `blockTexts`, on all threads of `workers`.
  ///
  /// `embed` gets a block of text indices and a span over their rows, zero-filled, row-major; it writes
  /// the rows and returns one reading a text. Blocks do not depend on the thread count.
  init(
    count: Int, dimension: Int, blockTexts: Int, workers: Workers,
    progress: @escaping @Sendable (Double) -> Void,
    _ embed: @Sendable (Range<Int>, inout MutableSpan<Float>) -> [Reading]
  ) {
    let readings = Mutex([Reading](repeating: Reading(tokenCount: 0), count: count))
    let doneCount = Atomic<Int>(0)
    let matrix = workers.makeMatrix(
      rowCount: count, columnCount: dimension, blockRows: blockTexts
    ) { block, rows in
      let read = embed(block, &rows)
      readings.withLock { $0.replaceSubrange(block, with: read) }
      let done = doneCount.wrappingAdd(block.count, ordering: .relaxed).newValue
      progress(Double(done) / Double(count))
    }
    self.init(matrix: matrix, readings: readings.withLock { $0 })
  }
}
