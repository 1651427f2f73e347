/// Where the real and the imaginary parts of sixteen sequences lie.
struct ComplexLanes {
  let real: UnsafeMutablePointer<Lanes>
  let imaginary: UnsafeMutablePointer<Lanes>

  /// The same numbers with their parts exchanged: a forward transform of these is the inverse.
  var exchanged: ComplexLanes { ComplexLanes(real: imaginary, imaginary: real) }

  /// Calls `body` with room for two sets of `count` numbers, at least 32, in each lane.
  static func withRoom<Result>(
    _ count: Int, _ body: (_ values: ComplexLanes, _ work: ComplexLanes) -> Result
  ) -> Result {
    // Not a power of two apart, or all parts would compete for the same lines of the cache.
    let count = (max(32, count) + 31) / 32 * 32 + 9
    let room = SharedBuffer<Lanes>(repeating: .zero, count: 4 * count)
    let parts = room.pointer
    return withExtendedLifetime(room) {
      body(
        ComplexLanes(real: parts, imaginary: parts + count),
        ComplexLanes(real: parts + 2 * count, imaginary: parts + 3 * count))
    }
  }

  @inline(__always)
  subscript(index: Int) -> ComplexValue {
    get { ComplexValue(re: real[index], im: imaginary[index]) }
    nonmutating set {
      real[index] = newValue.re
      imaginary[index] = newValue.im
    }
  }
}

/// Sixteen complex numbers.
struct ComplexValue {
  var re: Lanes
  var im: Lanes

  @inline(__always)
  static func + (a: Self, b: Self) -> Self { Self(re: a.re + b.re, im: a.im + b.im) }
  @inline(__always)
  static func - (a: Self, b: Self) -> Self { Self(re: a.re - b.re, im: a.im - b.im) }
  @inline(__always)
  static func * (a: Self, factor: Float) -> Self { Self(re: a.re * factor, im: a.im * factor) }

  /// Times one complex number.
  @inline(__always)
  static func * (a: Self, factor: SIMD2<Float>) -> Self {
    Self(
      re: a.re * factor.x - a.im * factor.y, im: a.re * factor.y + a.im * factor.x)
  }

  /// Times −i.
  @inline(__always)
  var turned: Self { Self(re: im, im: -re) }

  @inline(__always)
  var conjugate: Self { Self(re: re, im: -im) }
}
