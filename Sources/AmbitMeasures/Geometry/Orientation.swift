/// On which side of a directed line a point lies, decided exactly.
///
/// The sign of `(a − c) × (b − c)`: positive where `a, b, c` turn left. A floating-point filter
/// answers almost always; the rest is summed without rounding. Exact for coordinates whose products
/// neither overflow nor underflow, so for every finite `Float` widened to `Double`.
/// Source: Shewchuk 1997, *Adaptive Precision Floating-Point Arithmetic and Fast Robust Geometric
/// Predicates* (the filter constant and the expansion sums).
package enum Orientation {
  /// +1 where `a, b, c` turn left, −1 where they turn right, 0 where they lie on one line.
  @inline(__always)
  package static func sign(
    _ a: SIMD2<Double>, _ b: SIMD2<Double>, _ c: SIMD2<Double>
  ) -> Int {
    let left = (a.x - c.x) * (b.y - c.y)
    let right = (a.y - c.y) * (b.x - c.x)
    let determinant = left - right
    let bound = 3.330_669_073_875_471_6e-16 * (abs(left) + abs(right))
    if determinant > bound { return 1 }
    if determinant < -bound { return -1 }
    return exactSign(a, b, c)
  }

  /// The sign of the same determinant, from the six products of the expanded form.
  @inline(never)
  static func exactSign(_ a: SIMD2<Double>, _ b: SIMD2<Double>, _ c: SIMD2<Double>) -> Int {
    if a == b || b == c || a == c { return 0 }
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: 12) { parts in
      var count = 0
      add(a.x, b.y, to: parts, &count)
      add(-a.x, c.y, to: parts, &count)
      add(-c.x, b.y, to: parts, &count)
      add(-a.y, b.x, to: parts, &count)
      add(a.y, c.x, to: parts, &count)
      add(c.y, b.x, to: parts, &count)
      // Parts do not overlap and grow in size, so the last that is not zero decides.
      for index in stride(from: count - 1, through: 0, by: -1) where parts[index] != 0 {
        return parts[index] > 0 ? 1 : -1
      }
      return 0
    }
  }

  /// Adds the exact product `p · q` to the expansion in `parts`.
  private static func add(
    _ p: Double, _ q: Double, to parts: UnsafeMutableBufferPointer<Double>, _ count: inout Int
  ) {
    let product = p * q
    grow(by: (-product).addingProduct(p, q), parts, &count)
    grow(by: product, parts, &count)
  }

  /// Adds one number to the expansion without rounding (Shewchuk's Grow-Expansion).
  private static func grow(
    by value: Double, _ parts: UnsafeMutableBufferPointer<Double>, _ count: inout Int
  ) {
    var carried = value
    for index in 0..<count {
      let sum = carried + parts[index]
      let virtual = sum - carried
      parts[index] = (carried - (sum - virtual)) + (parts[index] - virtual)
      carried = sum
    }
    parts[count] = carried
    count += 1
  }
}
