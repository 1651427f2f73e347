import Dispatch
import Synchronization

/// How many threads a computation may use, and the only place that starts them.
///
/// Work is cut into blocks whose size never depends on the thread count, and results are combined in
/// block order by the caller. So the same input gives the same bytes for any number of threads.
public struct Workers: Sendable {
  /// The most threads that work at once.
  public let threadCount: Int

  /// - Parameter threadCount: at least 1.
  public init(threadCount: Int) {
    precondition(threadCount >= 1, "at least one thread is needed")
    self.threadCount = threadCount
    BLAS.useOneThreadPerCall()
  }

  /// Calls `body` once for every block of `size` indices in `0..<count` (the last may be shorter), on
  /// up to `threadCount` threads, in no promised order. Returns when all are done.
  public func forEachBlock(
    of count: Int, size: Int, _ body: @Sendable (Range<Int>) -> Void
  ) {
    precondition(size >= 1, "a block holds at least one index")
    let blockCount = (count + size - 1) / size
    func block(_ index: Int) -> Range<Int> { index * size..<min(count, (index + 1) * size) }
    let concurrency = min(threadCount, blockCount)
    if concurrency <= 1 {
      for index in 0..<blockCount { body(block(index)) }
      return
    }
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: concurrency) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if index >= blockCount { return }
        body(index * size..<min(count, (index + 1) * size))
      }
    }
  }

  /// The results of `transform` for `0..<count`, in order.
  public func map<Element: Sendable>(
    _ count: Int, _ transform: @Sendable (Int) -> Element
  ) -> [Element] {
    [Element](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      // Each index is written once, by one thread, and read after all threads are done.
      nonisolated(unsafe) let slots = buffer
      forEachBlock(of: count, size: 1) { block in
        for index in block { slots.initializeElement(at: index, to: transform(index)) }
      }
      initializedCount = count
    }
  }

  /// A new matrix whose rows are written by `body`, a block of whole rows at a time.
  ///
  /// `body` gets the range of row indices and a span over exactly those rows, zero-filled, row-major.
  public func makeMatrix(
    rowCount: Int, columnCount: Int, blockRows: Int,
    _ body: @Sendable (Range<Int>, inout MutableSpan<Float>) -> Void
  ) -> Matrix {
    let values = [Float](unsafeUninitializedCapacity: rowCount * columnCount) {
      buffer, initializedCount in
      buffer.initialize(repeating: 0)
      // Blocks are disjoint ranges of rows, so no element is shared between threads.
      nonisolated(unsafe) let rows = buffer
      forEachBlock(of: rowCount, size: blockRows) { block in
        let elements = block.lowerBound * columnCount..<block.upperBound * columnCount
        var span = UnsafeMutableBufferPointer(rebasing: rows[elements]).mutableSpan
        body(block, &span)
      }
      initializedCount = rowCount * columnCount
    }
    return Matrix(rowCount: rowCount, columnCount: columnCount, values: values)
  }
}
