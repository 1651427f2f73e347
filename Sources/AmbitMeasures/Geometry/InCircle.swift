/// Whether a point lies inside the circle through three others, decided exactly.
///
/// The sign of the determinant of the rows `(x, y, x² + y², 1)` of `a, b, c, d`. A floating-point filter
/// answers almost always; the rest is summed without rounding. Exact for coordinates whose products of
/// four neither overflow nor underflow, so for every finite `Float` widened to `Double` that is not
/// subnormal. Source: Shewchuk 1997 (the filter constant and the expansion sums).
package enum InCircle {
  /// +1 where `d` lies inside the circle through `a, b, c`, which turn left; −1 outside; 0 on it.
  @inline(__always)
  package static func sign(
    _ a: SIMD2<Double>, _ b: SIMD2<Double>, _ c: SIMD2<Double>, _ d: SIMD2<Double>
  ) -> Int {
    let (fromA, fromB, fromC) = (a - d, b - d, c - d)
    let (bc, cb) = (fromB.x * fromC.y, fromC.x * fromB.y)
    let (ca, ac) = (fromC.x * fromA.y, fromA.x * fromC.y)
    let (ab, ba) = (fromA.x * fromB.y, fromB.x * fromA.y)
    let liftA = fromA.x * fromA.x + fromA.y * fromA.y
    let liftB = fromB.x * fromB.x + fromB.y * fromB.y
    let liftC = fromC.x * fromC.x + fromC.y * fromC.y
    let determinant = liftA * (bc - cb) + liftB * (ca - ac) + liftC * (ab - ba)
    let permanent =
      liftA * (abs(bc) + abs(cb)) + liftB * (abs(ca) + abs(ac)) + liftC * (abs(ab) + abs(ba))
    let bound = 1.110_223_024_625_157_7e-15 * permanent
    if determinant > bound { return 1 }
    if determinant < -bound { return -1 }
    return exactSign(a, b, c, d)
  }

  /// The sign of the same determinant, from the lifted coordinate's cofactors.
  @inline(never)
  static func exactSign(
    _ a: SIMD2<Double>, _ b: SIMD2<Double>, _ c: SIMD2<Double>, _ d: SIMD2<Double>
  ) -> Int {
    if a == d || b == d || c == d { return 0 }
    var total = Expansion()
    total.add(lift(a) * turn(b, c, d))
    total.subtract(lift(b) * turn(a, c, d))
    total.add(lift(c) * turn(a, b, d))
    total.subtract(lift(d) * turn(a, b, c))
    return total.sign
  }

  private static func lift(_ p: SIMD2<Double>) -> Expansion {
    var sum = Expansion()
    sum.addProduct(p.x, p.x)
    sum.addProduct(p.y, p.y)
    return sum
  }

  private static func turn(
    _ a: SIMD2<Double>, _ b: SIMD2<Double>, _ c: SIMD2<Double>
  ) -> Expansion {
    var sum = Expansion()
    sum.addProduct(a.x, b.y)
    sum.addProduct(-a.x, c.y)
    sum.addProduct(-c.x, b.y)
    sum.addProduct(-a.y, b.x)
    sum.addProduct(a.y, c.x)
    sum.addProduct(c.y, b.x)
    return sum
  }
}

/// An exact sum of doubles: parts that do not overlap, in order of size, none of them 0.
struct Expansion {
  private var parts: [Double] = []

  /// The sign of the sum: that of its largest part.
  var sign: Int {
    guard let last = parts.last else { return 0 }
    return last > 0 ? 1 : -1
  }

  /// Adds one number (Shewchuk's Grow-Expansion, without zeros).
  mutating func add(_ value: Double) {
    var carried = value
    var kept = 0
    for part in parts {
      let sum = carried + part
      let virtual = sum - carried
      let rest = (carried - (sum - virtual)) + (part - virtual)
      if rest != 0 {
        parts[kept] = rest
        kept += 1
      }
      carried = sum
    }
    parts.removeSubrange(kept...)
    if carried != 0 { parts.append(carried) }
  }

  mutating func addProduct(_ p: Double, _ q: Double) {
    let product = p * q
    add((-product).addingProduct(p, q))
    add(product)
  }

  mutating func add(_ other: Expansion) {
    for part in other.parts { add(part) }
  }

  mutating func subtract(_ other: Expansion) {
    for part in other.parts { add(-part) }
  }

  static func * (left: Expansion, right: Expansion) -> Expansion {
    var product = Expansion()
    for first in left.parts {
      for second in right.parts { product.addProduct(first, second) }
    }
    return product
  }
}
