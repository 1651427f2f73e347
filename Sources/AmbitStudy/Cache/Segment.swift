import AmbitEmbedding

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// One file of cached rows, open for reading: never changed once it has its name, only removed.
///
/// The index is held in memory, rows are read when asked for. Reading by position instead of mapping:
/// a file that someone cuts short then gives a miss and not a bus error.
package final class Segment: Sendable {
  package let path: String
  package let fingerprint: String
  package let dimension: Int
  package let byteCount: Int
  /// Rows that the file has room for; what the header promises beyond its end is not there.
  package let rowCount: Int
  /// Whether header and size fit together; a file cut short is not whole, and what is left is used.
  package let isWhole: Bool
  private let descriptor: CInt
  private let index: [UInt8]
  private let rowsOffset: Int

  /// Opens a file; nil where it is gone, unreadable or has no sound header.
  package init?(path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    var status = stat()
    guard fstat(descriptor, &status) == 0, let header = Header(descriptor) else {
      close(descriptor)
      return nil
    }
    let size = Int(status.st_size)
    let indexOffset = SegmentLayout.indexOffset(fingerprintLength: header.fingerprint.utf8.count)
    let room = max(0, size - indexOffset) / SegmentLayout.entrySize
    let count = header.rowCount > UInt64(room) ? room : Int(header.rowCount)
    self.path = path
    self.descriptor = descriptor
    fingerprint = header.fingerprint
    dimension = header.dimension
    byteCount = size
    index = Self.read(descriptor, at: indexOffset, count: count * SegmentLayout.entrySize)
    rowCount = index.count / SegmentLayout.entrySize
    rowsOffset = indexOffset + count * SegmentLayout.entrySize
    isWhole =
      UInt64(rowCount) == header.rowCount && size == rowsOffset + 4 * rowCount * header.dimension
  }

  deinit { close(descriptor) }

  /// Finds a text's row; nil where it is not there or is damaged. O(log rows), one read.
  package func row(of key: CacheKey) -> CachedRow? {
    var low = 0
    var high = rowCount
    while low < high {
      let middle = (low + high) / 2
      if self.key(at: middle) < key { low = middle + 1 } else { high = middle }
    }
    return low < rowCount && self.key(at: low) == key ? row(at: low) : nil
  }

  /// The row at a place in the index; nil where it is damaged.
  package func row(at place: Int) -> CachedRow? {
    // A file without its last index entries has its rows elsewhere than the index says.
    guard index.count == rowCount * SegmentLayout.entrySize else { return nil }
    let width = 4 * dimension
    let bytes = Self.read(descriptor, at: rowsOffset + place * width, count: width)
    guard bytes.count == width else { return nil }
    let offset = place * SegmentLayout.entrySize
    return index.withUnsafeBytes { entries in
      let entry = UnsafeRawBufferPointer(
        rebasing: entries[offset..<offset + SegmentLayout.entrySize])
      let start = SegmentLayout.checksum(.init(rebasing: entry[0..<48]))
      let sum = bytes.withUnsafeBytes { SegmentLayout.checksum($0, from: start) }
      guard sum == UInt64(littleEndian: entry.loadUnaligned(fromByteOffset: 48, as: UInt64.self))
      else { return nil }
      let flags = UInt64(littleEndian: entry.loadUnaligned(fromByteOffset: 40, as: UInt64.self))
      return CachedRow(
        key: key(at: place),
        reading: EmbeddedTexts.Reading(
          tokenCount: Int(number(entry, at: 32)), unknownCount: Int(number(entry, at: 36)),
          isTruncated: flags & SegmentLayout.truncatedFlag != 0),
        values: bytes.withUnsafeBytes { values in
          (0..<dimension).map { Float(bitPattern: number(values, at: 4 * $0)) }
        })
    }
  }

  private func key(at place: Int) -> CacheKey {
    index.withUnsafeBytes { bytes in
      var words = SIMD4<UInt64>()
      for word in 0..<4 {
        let offset = place * SegmentLayout.entrySize + 8 * word
        words[word] = UInt64(
          bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      }
      return CacheKey(words: words)
    }
  }

  private func number(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> UInt32 {
    UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  /// Up to `count` bytes from `offset` on; fewer where the file ends or fails.
  static func read(_ descriptor: CInt, at offset: Int, count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      while initializedCount < count {
        let got = pread(
          descriptor, buffer.baseAddress! + initializedCount, count - initializedCount,
          off_t(offset + initializedCount))
        if got < 0 && errno == EINTR { continue }
        guard got > 0 else { return }
        initializedCount += got
      }
    }
  }
}

/// The head of a segment file, checked.
private struct Header {
  let fingerprint: String
  let dimension: Int
  let rowCount: UInt64

  init?(_ descriptor: CInt) {
    let head = Segment.read(descriptor, at: 0, count: SegmentLayout.headerSize)
    guard head.count == SegmentLayout.headerSize, head.starts(with: SegmentLayout.magic) else {
      return nil
    }
    func load<Number: FixedWidthInteger>(_ type: Number.Type, _ offset: Int) -> Number {
      head.withUnsafeBytes {
        Number(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: type))
      }
    }
    dimension = Int(load(UInt32.self, 8))
    rowCount = load(UInt64.self, 16)
    let length = Int(load(UInt32.self, 12))
    guard length <= SegmentLayout.largestFingerprint,
      (1...SegmentLayout.largestDimension).contains(dimension)
    else { return nil }
    let name = Segment.read(descriptor, at: SegmentLayout.headerSize, count: length)
    let start = head.withUnsafeBytes { SegmentLayout.checksum(.init(rebasing: $0[0..<24])) }
    guard name.count == length,
      name.withUnsafeBytes({ SegmentLayout.checksum($0, from: start) }) == load(UInt64.self, 24)
    else { return nil }
    fingerprint = String(decoding: name, as: UTF8.self)
  }
}
