internal import AmbitFormats

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// What a cache holds.
public struct CacheContents: Equatable, Sendable {
  /// The rows of one embedder.
  public struct Shelf: Equatable, Sendable {
    /// The embedder's fingerprint.
    public var fingerprint: String
    /// Rows, damaged ones included; a text that two processes embedded at once counts twice.
    public var rowCount: Int
    /// Bytes on the disk.
    public var byteCount: Int
  }

  /// One entry an embedder, ordered by fingerprint.
  public var shelves: [Shelf]
  /// What was measured of checkpoints and of pairs of them, in entries.
  public var measureCount = 0
  /// Its bytes on the disk.
  public var measureBytes = 0
  /// Files that are cut short or have no sound header; their sound rows are still found.
  public var damagedFileCount: Int
  /// Bytes of all the cache's files, damaged and older ones included.
  public var byteCount: Int
}

extension EmbeddingCache {
  /// Lists what is there; reads headers and indices, not rows. An absent folder is an empty cache.
  public func contents() -> CacheContents {
    var shelves: [String: CacheContents.Shelf] = [:]
    var damaged = 0
    var total = 0
    var (measureCount, measureBytes) = (0, 0)
    for path in ownFiles() {
      total += System.size(of: path) ?? 0
      if path.hasSuffix(MeasureCache.fileSuffix) {
        let file = EntryFile(path: path)
        measureCount += file?.names.count ?? 0
        measureBytes += file?.byteCount ?? 0
        if file?.isWhole != true { damaged += 1 }
        continue
      }
      guard PathText.folder(PathText.folder(path)) == bucketFolder else { continue }
      guard let segment = Segment(path: path) else {
        damaged += 1
        continue
      }
      if !segment.isWhole { damaged += 1 }
      var shelf =
        shelves[segment.fingerprint]
        ?? CacheContents.Shelf(fingerprint: segment.fingerprint, rowCount: 0, byteCount: 0)
      shelf.rowCount += segment.rowCount
      shelf.byteCount += segment.byteCount
      shelves[segment.fingerprint] = shelf
    }
    return CacheContents(
      shelves: shelves.values.sorted { $0.fingerprint < $1.fingerprint },
      measureCount: measureCount, measureBytes: measureBytes,
      damagedFileCount: damaged, byteCount: total)
  }

  /// Removes the rows of every embedder and format version and what was measured, and nothing else that
  /// lies in the folder.
  ///
  /// Returns what was there. A process that is running goes on with the files it has open. Throws
  /// `InputError.unwritable` where a file cannot be removed; the others are gone then.
  @discardableResult
  public func clear() throws -> CacheContents {
    let before = contents()
    var failure: InputError?
    for path in ownFiles() where unlink(path) != 0 && errno != ENOENT {
      failure = InputError(
        .unwritable, path: path, "cannot be removed: \(System.lastError)",
        hint: "check the permissions of the cache folder")
    }
    for bucket in ownBuckets() {
      for name in System.names(inFolder: bucket) { rmdir(PathText.join(bucket, name)) }
      rmdir(bucket)
    }
    if let failure { throw failure }
    return before
  }

  /// The buckets of this version and of others.
  private func ownBuckets() -> [String] {
    System.names(inFolder: folder).filter {
      $0.hasPrefix("embeddings-v") || $0.hasPrefix("measures-v")
    }.map { PathText.join(folder, $0) }
  }

  /// Segments, and temporary files that a killed process left.
  private func ownFiles() -> [String] {
    ownBuckets().flatMap { bucket in
      System.names(inFolder: bucket).map { PathText.join(bucket, $0) }.flatMap { shelf in
        System.names(inFolder: shelf).filter { name in
          [CacheShelf.fileSuffix, MeasureCache.fileSuffix].contains { name.contains($0) }
        }
        .map { PathText.join(shelf, $0) }
      }
    }
  }
}
