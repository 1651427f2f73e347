/// A symmetric matrix of single-precision numbers, of which little more than half is kept.
///
/// Columns are cut into panels of 256. Of each panel the rows from its first column on are kept, row
/// after row; so the blocks on the diagonal are whole, and what lies above them is read from below.
package struct SymmetricMatrix: Sendable {
  /// The number of rows, and of columns.
  package let count: Int
  /// Where each panel begins in `values`, and where the last one ends.
  private let starts: [Int]
  private var values: [Float]

  /// The columns of a panel; the last may have fewer.
  package static let panelWidth = 256
  /// The rows that one thread fills at a time.
  private static let fillRows = 512

  /// A new matrix, filled by `fill` in blocks: rows `rows` of a panel's `columns`, row after row, at a
  /// pointer. Blocks do not depend on the number of threads. Above the diagonal nothing that is written
  /// counts.
  package init(
    count: Int, workers: Workers,
    fill: @Sendable (Range<Int>, _ columns: Range<Int>, UnsafeMutablePointer<Float>) -> Void
  ) {
    let width = Self.panelWidth
    let starts = stride(from: 0, to: count, by: width).reduce(into: [0]) { starts, first in
      starts.append(starts[starts.count - 1] + (count - first) * min(width, count - first))
    }
    self.count = count
    self.starts = starts
    let size = starts[starts.count - 1]
    let blocks = Self.blocks(count: count)
    values = [Float](unsafeUninitializedCapacity: size) { buffer, filled in
      LargePages.prefer(for: buffer)
      // Blocks share no number.
      nonisolated(unsafe) let target = buffer
      workers.forEachBlock(of: blocks.count, size: 1) { range in
        guard let start = target.baseAddress else { return }
        for block in range {
          let (rows, columns) = blocks[block]
          let place = start + Self.place(of: rows.lowerBound, columns, starts)
          fill(rows, columns, place)
          Self.mirror(rows, columns, place)
        }
      }
      filled = size
    }
  }

  /// The blocks to fill: the longest panels first.
  private static func blocks(count: Int) -> [(rows: Range<Int>, columns: Range<Int>)] {
    stride(from: 0, to: count, by: panelWidth).flatMap { first in
      let columns = first..<min(count, first + panelWidth)
      return stride(from: first, to: count, by: fillRows).map {
        ($0..<min(count, $0 + fillRows), columns)
      }
    }
  }

  private static func place(of row: Int, _ columns: Range<Int>, _ starts: [Int]) -> Int {
    starts[columns.lowerBound / panelWidth] + (row - columns.lowerBound) * columns.count
  }

  /// Copies what lies below the diagonal to above it.
  private static func mirror(
    _ rows: Range<Int>, _ columns: Range<Int>, _ block: UnsafeMutablePointer<Float>
  ) {
    guard rows.lowerBound == columns.lowerBound else { return }
    for row in 0..<columns.count {
      for column in 0..<row {
        block[column * columns.count + row] = block[row * columns.count + column]
      }
    }
  }

  /// A matrix of the same extent from this one's numbers.
  ///
  /// - Parameter fill: as that of `init`, with the same block of this matrix before its target.
  package func mapped(
    workers: Workers,
    fill:
      @Sendable (
        Range<Int>, _ columns: Range<Int>, UnsafePointer<Float>, UnsafeMutablePointer<Float>
      ) -> Void
  ) -> SymmetricMatrix {
    SymmetricMatrix(count: count, workers: workers) { rows, columns, target in
      values.withUnsafeBufferPointer { values in
        guard let start = values.baseAddress else { return }
        fill(rows, columns, start + Self.place(of: rows.lowerBound, columns, starts), target)
      }
    }
  }

  /// Takes a number from all numbers off the diagonal.
  package mutating func subtractOffDiagonal(_ number: Float, workers: Workers) {
    let (starts, blocks) = (starts, Self.blocks(count: count))
    values.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let target = buffer
      workers.forEachBlock(of: blocks.count, size: 1) { range in
        guard let start = target.baseAddress else { return }
        for block in range {
          let (rows, columns) = blocks[block]
          let width = columns.count
          let place = start + Self.place(of: rows.lowerBound, columns, starts)
          let isDiagonal = rows.lowerBound == columns.lowerBound
          let kept = isDiagonal ? (0..<width).map { place[$0 * width + $0] } : []
          for index in 0..<rows.count * width { place[index] -= number }
          for index in kept.indices { place[index * width + index] = kept[index] }
        }
      }
    }
  }

  /// Element (row, column).
  package subscript(row: Int, column: Int) -> Float {
    let (lower, upper) = row < column ? (row, column) : (column, row)
    let panel = lower / Self.panelWidth
    let columns = columns(ofPanel: panel)
    return values[
      starts[panel] + (upper - columns.lowerBound) * columns.count + lower - columns.lowerBound]
  }

  /// The number of panels.
  package var panelCount: Int { starts.count - 1 }

  /// The columns of a panel, and the first of its rows.
  package func columns(ofPanel panel: Int) -> Range<Int> {
    panel * Self.panelWidth..<min(count, (panel + 1) * Self.panelWidth)
  }

  /// Calls `body` with the rows of a panel from that of its first column to the last, row after row.
  func withPanel<Result>(_ panel: Int, _ body: (BufferProducts.Operand) -> Result) -> Result {
    values.withUnsafeBufferPointer {
      body(
        BufferProducts.Operand(
          $0.baseAddress! + starts[panel], stride: columns(ofPanel: panel).count))
    }
  }

  /// Some whole rows, all of them in one panel, `count` numbers each.
  ///
  /// - Parameter body: gets them row after row.
  package func withRows<Result>(
    _ rows: Range<Int>, _ body: (UnsafePointer<Float>) -> Result
  ) -> Result {
    let own = rows.lowerBound / Self.panelWidth
    precondition(rows.upperBound <= columns(ofPanel: own).upperBound, "rows of one panel")
    return withUnsafeTemporaryAllocation(of: Float.self, capacity: rows.count * count + 1) { room in
      let target = room.baseAddress!
      for panel in 0..<own {
        let columns = columns(ofPanel: panel)
        withPanel(panel) { source in
          for row in rows {
            (target + (row - rows.lowerBound) * count + columns.lowerBound).update(
              from: source.start + (row - columns.lowerBound) * source.stride, count: columns.count)
          }
        }
      }
      let first = columns(ofPanel: own).lowerBound
      withPanel(own) { source in
        Transposition.transpose(
          BufferProducts.Operand(
            source.start + rows.lowerBound - first, stride: source.stride), rows: count - first,
          columns: rows.count, into: target + first, stride: count)
      }
      return body(target)
    }
  }

  /// The numbers of all pairs of some rows, in no promised order.
  ///
  /// - Parameter rows: ascending.
  package func pairs(of rows: [Int]) -> [Float] {
    var found: [Float] = []
    found.reserveCapacity(rows.count * (rows.count - 1) / 2)
    var first = 0
    for panel in 0..<panelCount {
      let columns = columns(ofPanel: panel)
      var own: [Int] = []
      while first + own.count < rows.count, rows[first + own.count] < columns.upperBound {
        own.append(rows[first + own.count] - columns.lowerBound)
      }
      withPanel(panel) { source in
        for place in first..<rows.count {
          let numbers = source.start + (rows[place] - columns.lowerBound) * source.stride
          for column in own.prefix(place - first) { found.append(numbers[column]) }
        }
      }
      first += own.count
    }
    return found
  }

  /// Calls `body` once for every row with its `count` numbers, on several threads, in no promised order.
  package func forEachRow(
    workers: Workers, _ body: @Sendable (Int, UnsafeBufferPointer<Float>) -> Void
  ) {
    // A divisor of the panel's width.
    workers.forEachBlock(of: count, size: 32) { rows in
      withRows(rows) { values in
        for row in rows {
          body(
            row,
            UnsafeBufferPointer(start: values + (row - rows.lowerBound) * count, count: count))
        }
      }
    }
  }

  /// `width` numbers for every row, row after row, written by `body`.
  package func mapRows<Element>(
    width: Int, workers: Workers,
    _ body: @Sendable (Int, UnsafeBufferPointer<Float>, UnsafeMutablePointer<Element>) -> Void
  ) -> [Element] {
    [Element](unsafeUninitializedCapacity: count * width) { buffer, filled in
      // Rows share no number.
      nonisolated(unsafe) let target = buffer
      if let start = target.baseAddress, width > 0 {
        nonisolated(unsafe) let start = start
        forEachRow(workers: workers) { row, numbers in body(row, numbers, start + row * width) }
      }
      filled = count * width
    }
  }

  /// Calls `body` with all numbers below the diagonal, in pieces of rows: a row, some of its columns and
  /// their numbers.
  package func forEachRun(_ body: (_ row: Int, Range<Int>, UnsafePointer<Float>) -> Void) {
    for panel in 0..<panelCount {
      let columns = columns(ofPanel: panel)
      withRowsOfPanel(panel) { row, numbers in
        body(row, columns.lowerBound..<min(columns.upperBound, row), numbers)
      }
    }
  }

  /// Calls `body` with every row that is kept of a panel.
  func withRowsOfPanel(_ panel: Int, _ body: (Int, UnsafePointer<Float>) -> Void) {
    let first = columns(ofPanel: panel).lowerBound
    withPanel(panel) { source in
      for row in first..<count { body(row, source.start + (row - first) * source.stride) }
    }
  }
}
