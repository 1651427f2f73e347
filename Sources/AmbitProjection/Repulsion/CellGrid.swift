/// Points sorted into square cells, so that near points lie near one another in memory.
///
/// Row after row of cells; within a row, cell after cell; within a cell, in the order of the points.
/// Each row of cells is followed by sixteen far points, so that loops of sixteen may run over its end.
struct CellGrid: Sendable {
  let rowCount: Int
  let columnCount: Int
  /// The sorted points.
  let x: SharedBuffer<Float>
  let y: SharedBuffer<Float>
  /// Which point each sorted one is; −1 for the far ones.
  let order: SharedBuffer<Int32>
  /// Where each cell begins, and after the last cell of a row where that row ends.
  let starts: [Int]

  /// Sorts by cells of width `width` from `low` on; rows run along x, columns along y. O(n + cells).
  init(_ points: MapPoints, low: SIMD2<Float>, span: SIMD2<Float>, width: Float) {
    let inverse = 1 / width
    let rows = Int(span.x * inverse) + 1
    let columns = Int(span.y * inverse) + 1
    rowCount = rows
    columnCount = columns
    let stride = columns + 1
    let cells = SharedBuffer<Int32>(repeating: 0, count: points.count)
    var counts = [Int](repeating: 0, count: rows * stride)
    let (px, py) = (points.x.pointer, points.y.pointer)
    for index in 0..<points.count {
      let row = min(rows - 1, Int((px[index] - low.x) * inverse))
      let column = min(columns - 1, Int((py[index] - low.y) * inverse))
      let cell = row * stride + column
      cells.pointer[index] = Int32(truncatingIfNeeded: cell)
      counts[cell] += 1
    }
    var starts = [Int](repeating: 0, count: rows * stride)
    var position = 0
    for row in 0..<rows {
      for column in 0..<columns {
        starts[row * stride + column] = position
        position += counts[row * stride + column]
      }
      starts[row * stride + columns] = position
      position += 16
    }
    self.starts = starts
    var slots = starts
    // One vector more than the last row's far points: a loop may begin at its very end.
    x = SharedBuffer(repeating: MapPoints.farAway, count: position + 16)
    y = SharedBuffer(repeating: MapPoints.farAway, count: position + 16)
    order = SharedBuffer(repeating: -1, count: position + 16)
    for index in 0..<points.count {
      let cell = Int(cells.pointer[index])
      let slot = slots[cell]
      slots[cell] = slot + 1
      x.pointer[slot] = px[index]
      y.pointer[slot] = py[index]
      order.pointer[slot] = Int32(truncatingIfNeeded: index)
    }
  }

  /// The sorted points of the cells `columns` of a row; columns beyond the grid are left out.
  @inline(__always)
  func range(row: Int, columns: ClosedRange<Int>) -> Range<Int> {
    let stride = columnCount + 1
    return starts[
      row * stride + max(0, columns.lowerBound)]..<starts[
        row * stride + min(columnCount - 1, columns.upperBound) + 1]
  }
}
