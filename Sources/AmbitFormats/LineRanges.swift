#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension InputBytes {
  /// The ranges of the lines, cut at `\n` alone, without it and without a `\r` before it.
  ///
  /// Other Unicode line separators (U+0085, U+2028, U+2029) are ordinary characters. A byte order mark
  /// is not part of the first line. Line *k* of the file is element *k* − 1; blank lines are kept.
  package var lineRanges: [Range<Int>] {
    var ranges: [Range<Int>] = []
    withBytes { bytes in
      var start = startAfterByteOrderMark
      while start < bytes.count {
        let found = memchr(bytes.baseAddress! + start, 0x0A, bytes.count - start)
        let end =
          found.map { UnsafeRawPointer($0) - UnsafeRawPointer(bytes.baseAddress!) }
          ?? bytes.count
        let hasReturn = end > start && bytes[end - 1] == 0x0D
        ranges.append(start..<(hasReturn ? end - 1 : end))
        start = end + 1
      }
    }
    return ranges
  }

  /// Whether the range holds nothing but blanks, tabs and carriage returns.
  package func isBlank(_ range: Range<Int>) -> Bool {
    bytes[range].allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
  }

  /// The text in a range, with invalid UTF-8 replaced by U+FFFD.
  package func text(in range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }
}
