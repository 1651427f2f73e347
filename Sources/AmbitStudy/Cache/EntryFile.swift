internal import AmbitFormats

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A file of named entries, open for reading: never changed once it has its name, only removed.
///
/// In little-endian numbers:
///
///     0   8  "AMBITENT"
///     8   8  number of entries n
///     16  8  checksum of the 16 bytes above
///     24  56 n  index, ascending by name: name 32, offset 8, length 8, checksum 8
///             entries
///
/// The checksum of an entry covers its index and its bytes, so that damage anywhere costs only the
/// entries that it touches. Reading by position, as `Segment` does: a file cut short gives a miss.
package final class EntryFile: Sendable {
  package let path: String
  package let byteCount: Int
  /// Ascending; those that the file has room for.
  package let names: [CacheKey]
  /// Whether the header's entries are all in the index.
  package let isWhole: Bool
  private let descriptor: CInt
  private let index: [UInt8]

  static let magic: [UInt8] = Array("AMBITENT".utf8)
  private static let headerSize = 24
  private static let entrySize = 56

  /// Opens a file; nil where it is gone, unreadable or has no sound header.
  package init?(path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    var status = stat()
    guard fstat(descriptor, &status) == 0, let head = Self.soundHead(descriptor) else {
      close(descriptor)
      return nil
    }
    let size = Int(status.st_size)
    let promised = Self.number(head, at: 8)
    let room = max(0, size - Self.headerSize) / Self.entrySize
    let count = promised > UInt64(room) ? room : Int(promised)
    let index = Segment.read(descriptor, at: Self.headerSize, count: count * Self.entrySize)
    self.path = path
    self.descriptor = descriptor
    self.index = index
    byteCount = size
    names = (0..<index.count / Self.entrySize).map { place in
      CacheKey(
        words: SIMD4(
          (0..<4).map { Self.number(index, at: place * Self.entrySize + 8 * $0).byteSwapped }))
    }
    isWhole = UInt64(names.count) == promised
  }

  deinit { close(descriptor) }

  /// Whether a file can be read and has no sound header, so that nothing of it is of use to anyone.
  package static func isRuined(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return soundHead(descriptor) == nil
  }

  private static func soundHead(_ descriptor: CInt) -> [UInt8]? {
    let head = Segment.read(descriptor, at: 0, count: headerSize)
    guard head.count == headerSize, head.starts(with: magic) else { return nil }
    let sum = head.withUnsafeBytes { SegmentLayout.checksum(.init(rebasing: $0[0..<16])) }
    return sum == number(head, at: 16) ? head : nil
  }

  /// The bytes of an entry; nil where they are damaged.
  package func entry(at place: Int) -> [UInt8]? {
    let start = place * Self.entrySize
    let offset = Self.number(index, at: start + 32)
    let length = Self.number(index, at: start + 40)
    guard offset <= UInt64(byteCount), length <= UInt64(byteCount) - offset else { return nil }
    let bytes = Segment.read(descriptor, at: Int(offset), count: Int(length))
    let sum = Self.checksum(index[start..<start + 48], bytes)
    guard bytes.count == Int(length), sum == Self.number(index, at: start + 48) else { return nil }
    return bytes
  }

  /// Says that the file was of use, for those who remove what is not.
  package func touch() { futimens(descriptor, nil) }

  private static func number(_ bytes: [UInt8], at offset: Int) -> UInt64 {
    bytes.withUnsafeBytes {
      UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
  }

  private static func checksum(_ index: ArraySlice<UInt8>, _ bytes: [UInt8]) -> UInt64 {
    let start = index.withUnsafeBytes { SegmentLayout.checksum($0) }
    return bytes.withUnsafeBytes { SegmentLayout.checksum($0, from: start) }
  }

  /// The bytes of a file. The same entries in any order give the same bytes.
  package static func encoded(_ entries: [(name: CacheKey, bytes: [UInt8])]) -> [UInt8] {
    let sorted = entries.sorted { $0.name < $1.name }
    var head = magic
    head.append(little: UInt64(sorted.count))
    head.append(little: head.withUnsafeBytes { SegmentLayout.checksum($0) })
    var offset = UInt64(headerSize + sorted.count * entrySize)
    for entry in sorted {
      var row: [UInt8] = []
      for word in 0..<4 { row.append(little: entry.name.words[word].byteSwapped) }
      row.append(little: offset)
      row.append(little: UInt64(entry.bytes.count))
      row.append(little: checksum(row[...], entry.bytes))
      head += row
      offset += UInt64(entry.bytes.count)
    }
    for entry in sorted { head += entry.bytes }
    return head
  }
}
