internal import AmbitFormats

/// A SHA-256: of a text's UTF-8, the name of its vector among those of one embedder, or of what rows
/// depend on, their name among what was measured.
package struct CacheKey: Hashable, Comparable, Sendable {
  /// The digest's 32 bytes as four big-endian numbers, so that their order is that of the bytes.
  package let words: SIMD4<UInt64>

  package init(words: SIMD4<UInt64>) { self.words = words }

  package init(of text: String) {
    var text = text
    self.init(digest: text.withUTF8 { SHA256.digest(of: $0) })
  }

  /// - Precondition: 32 bytes.
  package init(digest: [UInt8]) {
    precondition(digest.count == 32, "a SHA-256 has 32 bytes")
    words = digest.withUnsafeBytes { bytes in
      SIMD4(
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)),
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self)))
    }
  }

  package static func < (left: Self, right: Self) -> Bool {
    for index in 0..<4 where left.words[index] != right.words[index] {
      return left.words[index] < right.words[index]
    }
    return false
  }
}
