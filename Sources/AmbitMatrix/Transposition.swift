/// Rows to columns, between buffers that the caller owns.
package enum Transposition {
  /// `B = Aᵀ`, where A is `rows × columns`. Four rows and columns at a time, through registers.
  package static func transpose(
    _ a: BufferProducts.Operand, rows: Int, columns: Int,
    into b: UnsafeMutablePointer<Float>, stride: Int
  ) {
    let wholeRows = rows & ~3
    let wholeColumns = columns & ~3
    for row in Swift.stride(from: 0, to: wholeRows, by: 4) {
      let source = a.start + row * a.stride
      for column in Swift.stride(from: 0, to: wholeColumns, by: 4) {
        let place = source + column
        let upper = SIMD8(lowHalf: load(place), highHalf: load(place + a.stride))
        let lower = SIMD8(
          lowHalf: load(place + 2 * a.stride), highHalf: load(place + 3 * a.stride))
        let all = SIMD16(lowHalf: upper, highHalf: lower)
        let (even, odd) = (all.evenHalf, all.oddHalf)
        let target = b + column * stride + row
        store(even.evenHalf, target)
        store(odd.evenHalf, target + stride)
        store(even.oddHalf, target + 2 * stride)
        store(odd.oddHalf, target + 3 * stride)
      }
    }
    for row in 0..<rows {
      for column in (row < wholeRows ? wholeColumns : 0)..<columns {
        b[column * stride + row] = a.start[row * a.stride + column]
      }
    }
  }

  @inline(__always)
  private static func load(_ values: UnsafePointer<Float>) -> SIMD4<Float> {
    UnsafeRawPointer(values).loadUnaligned(as: SIMD4<Float>.self)
  }

  @inline(__always)
  private static func store(_ value: SIMD4<Float>, _ values: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(values).storeBytes(of: value, as: SIMD4<Float>.self)
  }
}
