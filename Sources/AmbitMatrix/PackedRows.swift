/// Rows that are multiplied with one block of other rows after another, packed once for all of them.
///
/// A product packs its factors by itself, which for narrow blocks costs a fifth of its time.
package struct PackedRows: Sendable {
  /// How many rows there are.
  package let count: Int
  /// The room that the products of one row take: `count` up to the next multiple of sixteen.
  package let stride: Int
  /// How many rows a block of others should have, at most.
  package let blockRows: Int
  private let rows: Matrix
  private let range: Range<Int>
  /// Empty where the machine multiplies faster without.
  private let panels: [Float]

  /// - Parameter range: the rows to pack.
  package init(_ range: Range<Int>, of rows: Matrix, workers: Workers) {
    let (width, inner) = (PanelProducts.panelWidth, rows.columnCount)
    let panelCount = PanelProducts.panelCount(columns: range.count)
    let size = panelCount * width * inner
    count = range.count
    stride = panelCount * width
    self.rows = rows
    self.range = range
    guard PanelProducts.isFast else {
      (panels, blockRows) = ([], 192)
      return
    }
    // Eight tiles: their products stay in the cache until they are read.
    blockRows = 8 * PanelProducts.tileRows
    panels = [Float](unsafeUninitializedCapacity: size) { buffer, filled in
      nonisolated(unsafe) let target = buffer
      workers.forEachBlock(of: panelCount, size: 8) { block in
        rows.values.withUnsafeBufferPointer { values in
          guard let from = values.baseAddress, let to = target.baseAddress else { return }
          let first = block.lowerBound * width
          PanelProducts.packTranspose(
            of: BufferProducts.Operand(
              from + (range.lowerBound + first) * inner, stride: inner), inner: inner,
            columns: min(range.count, block.upperBound * width) - first, into: to + first * inner)
        }
      }
      filled = size
    }
  }

  /// Writes `otherᵢ · selfⱼ` for i in `part`, a row of `stride` numbers each, to `target`; what stands
  /// beyond `count` has no meaning.
  package func writeProducts(
    ofRows part: Range<Int>, of other: Matrix, to target: UnsafeMutablePointer<Float>
  ) {
    precondition(other.columnCount == rows.columnCount, "rows differ in width")
    precondition(part.lowerBound >= 0 && part.upperBound <= other.rowCount, "rows out of range")
    let inner = rows.columnCount
    other.values.withUnsafeBufferPointer { left in
      guard let start = left.baseAddress else { return }
      let a = BufferProducts.Operand(start + part.lowerBound * inner, stride: inner)
      if PanelProducts.isFast {
        panels.withUnsafeBufferPointer { panels in
          guard let panels = panels.baseAddress else { return }
          PanelProducts.multiply(
            a, rows: part.count, inner: inner, byPanels: panels, columns: count, into: target,
            stride: stride)
        }
      } else {
        rows.values.withUnsafeBufferPointer { right in
          guard let start = right.baseAddress else { return }
          BufferProducts.multiply(
            a,
            byTransposeOf: BufferProducts.Operand(start + range.lowerBound * inner, stride: inner),
            rows: part.count, inner: inner, columns: count, into: target, stride: stride)
        }
      }
    }
  }
}
