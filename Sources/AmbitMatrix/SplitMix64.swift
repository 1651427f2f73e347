/// SplitMix64: a small, fast, seeded generator whose stream is the same on every machine.
///
/// Uniforms and normals are derived here, since the standard library promises no fixed algorithm for
/// `Double.random(in:using:)`. Source: Steele, Lea & Flood 2014.
///
/// Its bodies are visible to other modules: called across them, a draw costs several times as much, and
/// a shuffle of elements of unknown type a hundred times.
@frozen public struct SplitMix64: RandomNumberGenerator, Sendable {
  @usableFromInline var state: UInt64

  /// Starts the stream of `seed`.
  @inlinable public init(seed: UInt64) { state = seed }

  /// Starts an independent stream for one replicate, so that replicate *k* is reproducible alone and
  /// on any thread.
  @inlinable public init(seed: UInt64, stream: UInt64) {
    state = Self.mixed(seed &+ Self.mixed(stream &+ Self.increment))
  }

  /// The next 64 bits.
  @inlinable public mutating func next() -> UInt64 {
    state &+= Self.increment
    return Self.mixed(state)
  }

  /// A number in [0, 1): the top 53 bits of the next output times 2⁻⁵³.
  @inlinable public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// An index in `0..<count`, by Lemire's multiply-and-reject, without modulo bias.
  @inlinable public mutating func index(below count: Int) -> Int {
    precondition(count > 0, "there is no index below zero")
    let bound = UInt64(count)
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let threshold = (0 &- bound) % bound
      while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }

  /// A standard normal number, by Box and Muller; two uniforms each.
  @inlinable public mutating func normal() -> Double {
    let radius = (-2 * Elementary.log(1 - uniform())).squareRoot()
    return radius * Elementary.cos(2 * Double.pi * uniform())
  }

  /// Shuffles in place, by Fisher and Yates from the back.
  @inlinable public mutating func shuffle<Element>(_ elements: inout [Element]) {
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, index(below: last + 1))
    }
  }

  /// The finalizer: a bijection of 64 bits, useful as a hash of small keys.
  @inlinable public static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  @usableFromInline static var increment: UInt64 { 0x9E37_79B9_7F4A_7C15 }
}
