import AmbitMatrix
import AmbitTestSupport
import Testing

@Suite struct PanelProductsTests {
  private func normals(_ count: Int, _ random: inout SplitMix64) -> [Float] {
    (0..<count).map { _ in Float(random.normal()) }
  }

  /// `keep · C + A · B` by panels; C has whole panels.
  private func product(
    _ a: [Float], _ b: [Float], rows: Int, inner: Int, columns: Int, isTransposed: Bool,
    keeping c: [Float]? = nil
  ) -> [Float] {
    let panels = PanelProducts.panelCount(columns: columns)
    let stride = panels * PanelProducts.panelWidth
    var packed = [Float](repeating: 7, count: stride * inner)
    if isTransposed {
      PanelProducts.packTranspose(
        of: .init(b, stride: inner), inner: inner, columns: columns, into: &packed)
    } else {
      PanelProducts.pack(.init(b, stride: columns), inner: inner, columns: columns, into: &packed)
    }
    var result = c ?? [Float](repeating: 7, count: rows * stride)
    PanelProducts.multiply(
      .init(a, stride: inner), rows: rows, inner: inner, byPanels: packed, columns: columns,
      into: &result, stride: stride, keep: c != nil)
    return result
  }

  private func transposed(_ a: [Float], rows: Int, columns: Int) -> [Float] {
    (0..<columns).flatMap { column in (0..<rows).map { a[$0 * columns + column] } }
  }

  @Test func productsEqualTheDefinition() {
    forEachSeed(30) { random in
      let rows = 1 + random.index(below: 30)
      // Beyond 384 the inner side is done in parts.
      let inner = 1 + random.index(below: random.index(below: 4) == 0 ? 900 : 60)
      let columns = 1 + random.index(below: 50)
      let a = normals(rows * inner, &random)
      let b = normals(inner * columns, &random)
      let found = product(
        a, b, rows: rows, inner: inner, columns: columns, isTransposed: false)
      let stride = found.count / rows
      for row in 0..<rows {
        for column in 0..<stride {
          let wanted =
            column < columns
            ? (0..<inner).reduce(0.0) {
              $0 + Double(a[row * inner + $1]) * Double(b[$1 * columns + column])
            } : 0
          try require(
            abs(Double(found[row * stride + column]) - wanted) < 1e-3,
            "(\(row), \(column)) of \(rows)×\(inner)×\(columns)")
        }
      }
      let turned = transposed(b, rows: inner, columns: columns)
      try require(
        product(a, turned, rows: rows, inner: inner, columns: columns, isTransposed: true)
          == found, "packing Bᵀ gives other numbers than packing B")
      let ones = [Float](repeating: 1, count: found.count)
      let kept = product(
        a, b, rows: rows, inner: inner, columns: columns, isTransposed: false, keeping: ones)
      try require(
        zip(kept, found).allSatisfy { abs($0 - $1 - 1) < 1e-3 }, "what was there is not kept")
    }
  }

  @Test func aRowIsTheSameBitsInAnyCompany() {
    forEachSeed(10) { random in
      let (rows, inner, columns) = (
        2 + random.index(below: 20), 1 + random.index(below: 500), 1 + random.index(below: 40)
      )
      let a = normals(rows * inner, &random)
      let b = normals(inner * columns, &random)
      let together = product(
        a, b, rows: rows, inner: inner, columns: columns, isTransposed: false)
      let stride = together.count / rows
      for row in 0..<rows {
        let alone = product(
          Array(a[row * inner..<(row + 1) * inner]), b, rows: 1, inner: inner, columns: columns,
          isTransposed: false)
        try require(
          alone == Array(together[row * stride..<(row + 1) * stride]), "row \(row) of \(rows)")
      }
    }
  }

  @Test func transpositionMovesEveryNumber() {
    forEachSeed(30) { random in
      let (rows, columns) = (1 + random.index(below: 20), 1 + random.index(below: 20))
      let a = normals(rows * columns, &random)
      let stride = rows + random.index(below: 3)
      var found = [Float](repeating: 7, count: columns * stride)
      Transposition.transpose(
        .init(a, stride: columns), rows: rows, columns: columns, into: &found, stride: stride)
      for column in 0..<columns {
        for row in 0..<stride {
          let wanted = row < rows ? a[row * columns + column] : 7
          try require(found[column * stride + row] == wanted, "(\(row), \(column))")
        }
      }
    }
  }
}
