/// The fixed 64-bit hash of features, the same on every machine and in every version of `lexical-v1`.
///
/// A feature is a string of bytes without NUL. Up to eight bytes are packed, little-endian, into its
/// key as they are; longer ones are folded, eight bytes at a time, by `mixed`.
enum FeatureHash {
  /// The finaliser of SplitMix64: a bijection that spreads every bit over all others.
  @inline(__always)
  static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// The key of `count` bytes, at least 1. Eight bytes must be readable from every eighth one on.
  @inline(__always)
  static func key(_ bytes: UnsafePointer<UInt8>, count: Int) -> UInt64 {
    if count <= 8 { return eight(bytes) & mask(count) }
    var key: UInt64 = 0
    var index = 0
    while index < count {
      key = mixed(key ^ (eight(bytes + index) & mask(min(8, count - index))))
      index += 8
    }
    // Zero marks a free slot in the tables.
    return key == 0 ? 1 : key
  }

  /// Eight bytes as a little-endian number.
  @inline(__always)
  static func eight(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
  }

  /// The low `count` bytes, `count` between 1 and 8.
  @inline(__always)
  static func mask(_ count: Int) -> UInt64 { ~0 >> (64 - 8 * UInt64(count)) }
}
