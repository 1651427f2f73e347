internal import AmbitFormats

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// All segments of one embedder: a folder whose files are added and removed, never changed.
///
/// A file's name is the hash of its contents. So processes that work at once never write to the same
/// bytes, two that found the same rows leave one file, and no lock is needed.
package struct CacheShelf: Sendable {
  package let folder: String
  package let fingerprint: String
  package let dimension: Int
  package let segments: [Segment]

  static let fileSuffix = ".rows"
  /// More small files than this are joined.
  package static let fileLimit = 12
  /// Files of at least this size are left alone.
  static let largeFile = 64 << 20

  /// Opens what is there; files of another embedder or without a sound header are passed over.
  package init(folder: String, fingerprint: String, dimension: Int) {
    self.folder = folder
    self.fingerprint = fingerprint
    self.dimension = dimension
    segments = Self.files(in: folder).compactMap { Segment(path: $0) }
      .filter { $0.fingerprint == fingerprint && $0.dimension == dimension }
  }

  package static func files(in folder: String) -> [String] {
    System.names(inFolder: folder).filter { $0.hasSuffix(fileSuffix) && !$0.hasPrefix(".") }
      .map { PathText.join(folder, $0) }
  }

  /// The row of a text, from the first segment that has it sound.
  package func row(of key: CacheKey) -> CachedRow? {
    for segment in segments {
      if let row = segment.row(of: key) { return row }
    }
    return nil
  }

  /// Adds a file of `rows`. Throws `InputError.unwritable`.
  package func store(_ rows: [CachedRow]) throws {
    guard !rows.isEmpty else { return }
    _ = try write(rows)
  }

  private func write(_ rows: [CachedRow]) throws -> String {
    let bytes = Segment.encoded(rows, fingerprint: fingerprint, dimension: dimension)
    let name = SHA256.hexadecimal(of: bytes).prefix(32)
    let path = PathText.join(folder, name + Self.fileSuffix)
    try AtomicFile.write(bytes, to: path)
    return path
  }

  /// Joins the small segments into one where there are many, and leaves damaged rows behind.
  ///
  /// Another process that has the old files open goes on reading them. One that listed them and finds
  /// them gone has misses. Throws `InputError.unwritable`; then nothing is removed.
  package static func join(folder: String, fingerprint: String, dimension: Int) throws {
    let shelf = CacheShelf(folder: folder, fingerprint: fingerprint, dimension: dimension)
    let small = shelf.segments.filter { $0.byteCount < largeFile }
    guard small.count > fileLimit else { return }
    var joined: [CachedRow] = []
    var byteCount = 0
    var merged: [Segment] = []
    for segment in small.sorted(by: { ($0.byteCount, $0.path) < ($1.byteCount, $1.path) }) {
      guard byteCount + segment.byteCount <= 2 * largeFile else { break }
      byteCount += segment.byteCount
      joined += (0..<segment.rowCount).compactMap { segment.row(at: $0) }
      merged.append(segment)
    }
    guard merged.count > 1 else { return }
    let path = joined.isEmpty ? nil : try shelf.write(joined)
    for segment in merged where segment.path != path { unlink(segment.path) }
  }
}
