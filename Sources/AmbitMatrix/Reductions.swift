/// Sums that vectorise. Swift may not reorder float additions, so a plain loop is ten times slower.
public enum Reductions {
  /// `Σ aᵢ bᵢ`, products and sums in `Double`, in one fixed order.
  public static func dot(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Double {
    precondition(a.count == b.count, "vectors differ in length")
    return a.withUnsafeBufferPointer { left in
      b.withUnsafeBufferPointer { right in dot(left, right) }
    }
  }

  /// `Σ aᵢ²`.
  public static func squaredNorm(_ a: ArraySlice<Float>) -> Double {
    a.withUnsafeBufferPointer { dot($0, $0) }
  }

  /// `Σ (aᵢ − bᵢ)²`, differences in `Float`, sums in `Double`.
  public static func squaredDistance(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Double {
    precondition(a.count == b.count, "vectors differ in length")
    return a.withUnsafeBufferPointer { left in
      b.withUnsafeBufferPointer { right in
        reduce(count: left.count) { index in
          let difference = SIMD8<Float>(at: left, index) - SIMD8<Float>(at: right, index)
          return (difference, difference)
        } tail: { index in
          let difference = Double(left[index] - right[index])
          return difference * difference
        }
      }
    }
  }

  static func dot(
    _ a: UnsafeBufferPointer<Float>, _ b: UnsafeBufferPointer<Float>
  ) -> Double {
    reduce(count: a.count) { index in
      (SIMD8<Float>(at: a, index), SIMD8<Float>(at: b, index))
    } tail: { index in
      Double(a[index]) * Double(b[index])
    }
  }

  /// `Σ aᵢ bᵢ` of two vectors of `count` numbers, in one fixed order.
  package static func dot(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, count: Int
  ) -> Double {
    var sums = SIMD8<Double>(repeating: 0)
    var index = 0
    while index + 8 <= count {
      sums +=
        UnsafeRawPointer(a + index).loadUnaligned(as: SIMD8<Double>.self)
        * UnsafeRawPointer(b + index).loadUnaligned(as: SIMD8<Double>.self)
      index += 8
    }
    var total = sums.sum()
    while index < count {
      total += a[index] * b[index]
      index += 1
    }
    return total
  }

  static func dot(_ a: UnsafeBufferPointer<Float>, _ b: UnsafeBufferPointer<Double>) -> Double {
    var sums = SIMD8<Double>(repeating: 0)
    var index = 0
    while index + 8 <= a.count {
      let right = UnsafeRawPointer(b.baseAddress! + index).loadUnaligned(as: SIMD8<Double>.self)
      sums += SIMD8<Double>(SIMD8<Float>(at: a, index)) * right
      index += 8
    }
    var total = sums.sum()
    while index < a.count {
      total += Double(a[index]) * b[index]
      index += 1
    }
    return total
  }

  @inline(__always)
  private static func reduce(
    count: Int, eight: (Int) -> (SIMD8<Float>, SIMD8<Float>), tail: (Int) -> Double
  ) -> Double {
    var sums = SIMD8<Double>(repeating: 0)
    var index = 0
    while index + 8 <= count {
      let (left, right) = eight(index)
      sums += SIMD8<Double>(left) * SIMD8<Double>(right)
      index += 8
    }
    var total = sums.sum()
    while index < count {
      total += tail(index)
      index += 1
    }
    return total
  }
}

extension SIMD8<Float> {
  @inline(__always)
  fileprivate init(at values: UnsafeBufferPointer<Float>, _ index: Int) {
    self = UnsafeRawPointer(values.baseAddress! + index).loadUnaligned(as: SIMD8<Float>.self)
  }
}
