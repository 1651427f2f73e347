package import AmbitFormats
package import AmbitMeasures
internal import Foundation
internal import Synchronization

/// What was measured, kept on the disk between runs by what it depends on.
///
/// Entries lie in files beside the vectors', in a folder for each program: another build of Ambit, or
/// another processor, may give other last digits. Files are added and removed, never changed, so any
/// number of processes may use one cache at once. What is damaged or cut off is a miss, is measured
/// again and leaves the cache. A cache that cannot be read or written never stops a run. Files that no
/// run has used for longest go when all together are larger than `byteLimit`.
package final class MeasureCache: RememberedRows {
  /// What the cache was good for.
  package struct Usage: Equatable, Sendable {
    /// Entries that were found.
    package var foundCount = 0
    /// Entries that were measured.
    package var takenCount = 0
    /// Entries that were there and damaged.
    package var damagedCount = 0
    /// By engine and space.
    package var uses: [RowsUse] = []
    /// Why entries could not be kept, where they could not.
    package var writeFailure: InputError?

    /// Nothing yet.
    package init() {}
  }

  private struct State {
    var usage = Usage()
    var files: [EntryFile] = []
    var places: [CacheKey: (file: Int, place: Int)] = [:]
    var usedFiles: Set<Int> = []
    var damagedFiles: Set<Int> = []
    /// Entries that no file holds yet.
    var fresh: [CacheKey: [UInt8]] = [:]
    var lastWrite = ContinuousClock.now
  }

  /// The folder of this format's version.
  package static let bucket = "measures-v1"
  static let fileSuffix = ".entries"
  /// More files than this are joined.
  package static let fileLimit = 12
  /// The bytes of all files beyond which the longest unused are removed.
  package static let standardLimit = 2 << 30
  /// A killed run loses no more than was measured in this time, and the entry at work.
  private static let writeInterval = Duration.seconds(1)

  private let folder: String
  private let bucketFolder: String
  private let byteLimit: Int
  private let state: Mutex<State>

  /// Opens what is there.
  ///
  /// - Parameters:
  ///   - folder: of the cache; need not exist.
  ///   - program: what measures: whatever may change a number that is no part of a key.
  package init(
    folder: String, program: String = ProgramIdentity.text, byteLimit: Int = standardLimit
  ) {
    self.byteLimit = byteLimit
    bucketFolder = PathText.join(folder, Self.bucket)
    let own = PathText.join(bucketFolder, String(SHA256.hexadecimal(of: program).prefix(32)))
    self.folder = own
    var state = State()
    for path in Self.files(in: own) {
      guard let file = EntryFile(path: path) else {
        if EntryFile.isRuined(path) {
          state.usage.damagedCount += 1
          System.remove(path)
        }
        continue
      }
      if !file.isWhole { state.damagedFiles.insert(state.files.count) }
      for (place, name) in file.names.enumerated() {
        state.places[name] = (state.files.count, place)
      }
      state.files.append(file)
    }
    self.state = Mutex(state)
  }

  package var usage: Usage { state.withLock { $0.usage } }

  package func digest(of bytes: UnsafeRawBufferPointer) -> [UInt8] { SHA256.digest(of: bytes) }

  package func rows(for key: [UInt8]) -> TakenRows? {
    let name = CacheKey(digest: key)
    return state.withLock { state in
      guard let found = state.places[name] else { return nil }
      guard let bytes = state.files[found.file].entry(at: found.place),
        let rows = TakenRows(bytes: bytes)
      else {
        state.usage.damagedCount += 1
        state.damagedFiles.insert(found.file)
        state.places[name] = nil
        return nil
      }
      state.usage.foundCount += 1
      state.usedFiles.insert(found.file)
      return rows
    }
  }

  package func keep(_ rows: TakenRows, for key: [UInt8]) {
    let bytes = rows.bytes
    state.withLock { state in
      state.usage.takenCount += 1
      state.fresh[CacheKey(digest: key)] = bytes
      if ContinuousClock.now - state.lastWrite >= Self.writeInterval { write(&state) }
    }
  }

  package func account(_ use: RowsUse) { state.withLock { $0.usage.uses.append(use) } }

  /// Writes what is not written yet, joins small files, leaves damaged entries behind and removes what
  /// has been of no use for longest.
  package func finish() {
    state.withLock { state in
      write(&state)
      for file in state.usedFiles { state.files[file].touch() }
      guard state.usage.writeFailure == nil else { return }
      do {
        try join(damaged: Set(state.damagedFiles.map { state.files[$0].path }))
      } catch {
        state.usage.writeFailure = error as? InputError
      }
      removeLongestUnused()
      TemporaryFiles.removeAbandoned(inFolder: folder)
    }
  }

  /// Writes once more only while writing works.
  private func write(_ state: inout State) {
    guard !state.fresh.isEmpty, state.usage.writeFailure == nil else { return }
    do {
      try store(state.fresh.map { ($0.key, $0.value) })
    } catch {
      state.usage.writeFailure = error as? InputError ?? InputError(.unwritable, "\(error)")
    }
    state.fresh = [:]
    state.lastWrite = .now
  }

  @discardableResult
  private func store(_ entries: [(name: CacheKey, bytes: [UInt8])]) throws -> String {
    let bytes = EntryFile.encoded(entries)
    let name = SHA256.hexadecimal(of: bytes).prefix(32)
    let path = PathText.join(folder, name + Self.fileSuffix)
    try AtomicFile.write(bytes, to: path)
    return path
  }

  /// Joins many small files into one, and damaged ones into what is sound of them.
  ///
  /// A process that listed the old files and finds them gone has misses.
  private func join(damaged: Set<String>) throws {
    let files = Self.files(in: folder).compactMap { EntryFile(path: $0) }
    let small = files.filter { $0.byteCount < CacheShelf.largeFile }
    let joined =
      small.count > Self.fileLimit
      ? files.filter { $0.byteCount < CacheShelf.largeFile || damaged.contains($0.path) }
      : files.filter { damaged.contains($0.path) }
    // As much at once as fits into memory beside a study.
    var batch: [EntryFile] = []
    var byteCount = 0
    for file in joined {
      batch.append(file)
      byteCount += file.byteCount
      if byteCount >= CacheShelf.largeFile {
        try join(batch)
        (batch, byteCount) = ([], 0)
      }
    }
    try join(batch)
  }

  private func join(_ files: [EntryFile]) throws {
    guard !files.isEmpty else { return }
    var entries: [CacheKey: [UInt8]] = [:]
    for file in files {
      for (place, name) in file.names.enumerated() where entries[name] == nil {
        entries[name] = file.entry(at: place)
      }
    }
    let path = entries.isEmpty ? nil : try store(entries.map { ($0.key, $0.value) })
    for file in files where file.path != path { System.remove(file.path) }
  }

  /// Removes files of any program, longest unused first, until the rest is small enough.
  private func removeLongestUnused() {
    var files = System.names(inFolder: bucketFolder).flatMap { name in
      Self.files(in: PathText.join(bucketFolder, name)).compactMap { path in
        System.size(of: path).map { (path: path, size: $0, used: System.modified(path)) }
      }
    }
    var total = files.reduce(0) { $0 + $1.size }
    guard total > byteLimit else { return }
    files.sort { ($0.used, $0.path) < ($1.used, $1.path) }
    for file in files where total > byteLimit {
      System.remove(file.path)
      total -= file.size
    }
  }

  package static func files(in folder: String) -> [String] {
    System.names(inFolder: folder).filter { $0.hasSuffix(fileSuffix) && !$0.hasPrefix(".") }
      .sorted().map { PathText.join(folder, $0) }
  }
}
