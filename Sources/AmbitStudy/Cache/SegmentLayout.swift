import AmbitMatrix

/// How a segment file is laid out, in little-endian numbers.
///
///     0   8  "AMBITROW"
///     8   4  dimension d
///     12  4  length f of the fingerprint
///     16  8  number of rows n
///     24  8  checksum of the 24 bytes above and of the fingerprint
///     32  f  the embedder's fingerprint, zeros up to a multiple of 8
///         56 n  index, ascending by digest: digest 32, tokens 4, unknown 4, flags 8, checksum 8
///         4 d n rows, in the order of the index
///
/// A row's checksum covers its index entry and its values, so that damage anywhere costs only the rows
/// that it touches. The version of the layout is in the name of the bucket folder.
enum SegmentLayout {
  static let magic: [UInt8] = Array("AMBITROW".utf8)
  static let headerSize = 32
  static let entrySize = 56
  static let truncatedFlag: UInt64 = 1
  /// No embedder has more columns or a longer fingerprint; larger numbers are damage.
  static let largestDimension = 1 << 16
  static let largestFingerprint = 1 << 12

  static func indexOffset(fingerprintLength: Int) -> Int {
    headerSize + (fingerprintLength + 7) / 8 * 8
  }

  /// A 64-bit checksum of whole words; it finds accidents, not attacks.
  static func checksum(_ bytes: UnsafeRawBufferPointer, from start: UInt64 = 0) -> UInt64 {
    var sum = start &+ UInt64(bytes.count)
    var offset = 0
    while offset + 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      sum = SplitMix64.mixed(sum ^ UInt64(littleEndian: word))
      offset += 8
    }
    while offset < bytes.count {
      sum = SplitMix64.mixed(sum ^ UInt64(bytes[offset]))
      offset += 1
    }
    return sum
  }
}

extension [UInt8] {
  mutating func append(little value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}
