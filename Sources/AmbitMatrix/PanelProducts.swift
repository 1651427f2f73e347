internal import COpenBLAS

/// Products with a matrix that was packed into panels of sixteen columns beforehand. OpenBLAS packs
/// for every product, which tells where one factor is used again and again (a model's weights), and
/// where a side is narrow (attention, whose heads are 32 or 64 wide).
///
/// Each number is one sum in the order of the inner index. So it depends on its own row and column
/// alone, whatever the shape.
package enum PanelProducts {
  package typealias Operand = BufferProducts.Operand
  private typealias Lanes = SIMD16<Float>

  /// The columns of a panel.
  package static let panelWidth = 16
  /// The rows that go through the registers together; multiples of it leave nothing over.
  package static let tileRows = 6
  /// The part of the inner side that is done at a time: a panel of it stays in the nearest cache.
  private static let innerStep = 384

  /// Whether this build's machine multiplies and adds in one instruction. Where it does not, OpenBLAS,
  /// which looks at the machine when it runs, is several times faster.
  package static var isFast: Bool { ambitFusesProducts() }

  /// The panels that hold `columns` columns, the last one filled up with zeros.
  package static func panelCount(columns: Int) -> Int { (columns + panelWidth - 1) / panelWidth }

  /// Packs B, `inner × columns`: panel after panel, in each one row of sixteen numbers after another.
  package static func pack(
    _ b: Operand, inner: Int, columns: Int, into panels: UnsafeMutablePointer<Float>
  ) {
    for panel in 0..<panelCount(columns: columns) {
      let target = panels + panel * inner * panelWidth
      let source = b.start + panel * panelWidth
      let width = min(panelWidth, columns - panel * panelWidth)
      if width == panelWidth {
        for row in 0..<inner { store(load(source + row * b.stride), target + row * panelWidth) }
      } else {
        target.update(repeating: 0, count: inner * panelWidth)
        for row in 0..<inner {
          (target + row * panelWidth).update(from: source + row * b.stride, count: width)
        }
      }
    }
  }

  /// Packs the transpose of B, which is `columns × inner`.
  package static func packTranspose(
    of b: Operand, inner: Int, columns: Int, into panels: UnsafeMutablePointer<Float>
  ) {
    for panel in 0..<panelCount(columns: columns) {
      let target = panels + panel * inner * panelWidth
      let width = min(panelWidth, columns - panel * panelWidth)
      if width < panelWidth { target.update(repeating: 0, count: inner * panelWidth) }
      Transposition.transpose(
        Operand(b.start + panel * panelWidth * b.stride, stride: b.stride), rows: width,
        columns: inner, into: target, stride: panelWidth)
    }
  }

  /// `C = A · B`, or `C += A · B` where `keep`. A is `rows × inner`, B `inner × columns` and packed. C
  /// has whole panels: its columns up to the next multiple of sixteen are written too.
  package static func multiply(
    _ a: Operand, rows: Int, inner: Int, byPanels panels: UnsafePointer<Float>, columns: Int,
    into c: UnsafeMutablePointer<Float>, stride: Int, keep: Bool = false
  ) {
    for first in Swift.stride(from: 0, to: inner, by: innerStep) {
      let count = min(innerStep, inner - first)
      for panel in 0..<panelCount(columns: columns) {
        let part = panels + (panel * inner + first) * panelWidth
        for row in Swift.stride(from: 0, to: rows, by: tileRows) {
          tile(
            Operand(a.start + row * a.stride + first, stride: a.stride),
            rows: min(tileRows, rows - row), inner: count, part,
            into: c + row * stride + panel * panelWidth, stride: stride, keep: keep || first > 0)
        }
      }
    }
  }

  /// Up to six rows times one panel, in six registers.
  @inline(__always)
  private static func tile(
    _ a: Operand, rows: Int, inner: Int, _ panel: UnsafePointer<Float>,
    into c: UnsafeMutablePointer<Float>, stride: Int, keep: Bool
  ) {
    // Rows that are not there repeat the last one, which is then written again as it was.
    let (r1, r2, r3) = (min(1, rows - 1), min(2, rows - 1), min(3, rows - 1))
    let (r4, r5) = (min(4, rows - 1), min(5, rows - 1))
    let (a0, a1, a2) = (a.start, a.start + r1 * a.stride, a.start + r2 * a.stride)
    let a3 = a.start + r3 * a.stride
    let (a4, a5) = (a.start + r4 * a.stride, a.start + r5 * a.stride)
    var c0 = Lanes(repeating: 0)
    var (c1, c2, c3, c4, c5) = (c0, c0, c0, c0, c0)
    if keep {
      (c0, c1, c2) = (load(c), load(c + r1 * stride), load(c + r2 * stride))
      (c3, c4, c5) = (load(c + r3 * stride), load(c + r4 * stride), load(c + r5 * stride))
    }
    for index in 0..<inner {
      let b = load(panel + index * panelWidth)
      c0 = sum(c0, a0[index], b)
      c1 = sum(c1, a1[index], b)
      c2 = sum(c2, a2[index], b)
      c3 = sum(c3, a3[index], b)
      c4 = sum(c4, a4[index], b)
      c5 = sum(c5, a5[index], b)
    }
    store(c0, c)
    store(c1, c + r1 * stride)
    store(c2, c + r2 * stride)
    store(c3, c + r3 * stride)
    store(c4, c + r4 * stride)
    store(c5, c + r5 * stride)
  }

  /// `c + a · b`, in one instruction where the build's machine has it: elsewhere that rounding would be
  /// a library call for every number.
  @inline(__always)
  private static func sum(_ c: Lanes, _ a: Float, _ b: Lanes) -> Lanes {
    ambitFusesProducts() ? c.addingProduct(Lanes(repeating: a), b) : c + a * b
  }

  @inline(__always)
  private static func load(_ values: UnsafePointer<Float>) -> Lanes {
    UnsafeRawPointer(values).loadUnaligned(as: Lanes.self)
  }

  @inline(__always)
  private static func store(_ value: Lanes, _ values: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(values).storeBytes(of: value, as: Lanes.self)
  }
}
