public import AmbitEmbedding
public import AmbitFormats
public import AmbitMatrix
internal import Synchronization

/// An embedder that looks into the cache first and keeps what it had to compute.
///
/// It gives the rows of the embedder it wraps, bit for bit. Worth its reading only for embedders slower
/// than a disk: the transformers. A cache that cannot be read or written never stops a run; it only
/// spares nothing, and `usage` says so.
public struct CachedEmbedder: Embedder {
  /// What the cache was good for, over all calls.
  public struct Usage: Equatable, Sendable {
    /// Distinct texts whose rows were found.
    public var foundCount: Int
    /// Distinct texts that were embedded.
    public var embeddedCount: Int
    /// Why rows could not be kept, where they could not; otherwise nil.
    public var writeFailure: InputError?

    /// Nothing found, embedded or failed yet, unless given.
    public init(foundCount: Int = 0, embeddedCount: Int = 0, writeFailure: InputError? = nil) {
      self.foundCount = foundCount
      self.embeddedCount = embeddedCount
      self.writeFailure = writeFailure
    }
  }

  /// The embedder behind the cache.
  package var wrapped: any Embedder { embedder }
  private let embedder: any Embedder
  private let cache: EmbeddingCache
  private let tally = Tally()
  private let isStopped: @Sendable () -> Bool

  /// Texts embedded between two writings. A killed run keeps all but the last of these.
  package static let blockTexts = 2048

  /// Wraps `embedder`.
  ///
  /// - Parameter isStopped: asked between two blocks; where it says so, `embed` keeps what it has and throws
  ///   `Interrupted`.
  public init(
    _ embedder: any Embedder, cache: EmbeddingCache,
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) {
    self.embedder = embedder
    self.cache = cache
    self.isStopped = isStopped
  }

  /// That of the wrapped embedder.
  public var name: String { embedder.name }
  /// That of the wrapped embedder.
  public var dimension: Int { embedder.dimension }
  /// That of the wrapped embedder.
  public var windowTokens: Int? { embedder.windowTokens }
  /// That of the wrapped embedder: the cache changes no row.
  public var fingerprint: String { embedder.fingerprint }

  /// What was found, embedded and not kept so far.
  public var usage: Usage { tally.usage.withLock { $0 } }

  /// Embeds every text: equal texts once, known texts not at all.
  public func embed(
    _ texts: [String], workers: Workers, progress: @escaping @Sendable (Double) -> Void
  ) throws -> EmbeddedTexts {
    let keys = workers.map(texts.count) { CacheKey(of: texts[$0]) }
    let folder = cache.shelfFolder(fingerprint: fingerprint, window: windowTokens)
    let shelf = CacheShelf(folder: folder, fingerprint: fingerprint, dimension: dimension)
    var rows: [CacheKey: CachedRow] = [:]
    var missing: [Int] = []
    var asked: Set<CacheKey> = []
    for (index, key) in keys.enumerated() where asked.insert(key).inserted {
      if let row = shelf.row(of: key) { rows[key] = row } else { missing.append(index) }
    }
    let (foundCount, missingCount) = (rows.count, missing.count)
    tally.usage.withLock {
      $0.foundCount += foundCount
      $0.embeddedCount += missingCount
    }
    for start in stride(from: 0, to: missing.count, by: Self.blockTexts) {
      if start > 0, isStopped() {
        keep {
          try CacheShelf.join(folder: folder, fingerprint: fingerprint, dimension: dimension)
        }
        throw Interrupted(embedded: start, total: missingCount)
      }
      let block = Array(missing[start..<min(missing.count, start + Self.blockTexts)])
      let embedded = try embedder.embed(block.map { texts[$0] }, workers: workers) { share in
        progress((Double(start) + share * Double(block.count)) / Double(missingCount))
      }
      let fresh = block.enumerated().map { place, index in
        CachedRow(
          key: keys[index], reading: embedded.readings[place],
          values: Array(embedded.matrix.row(place)))
      }
      keep { try shelf.store(fresh) }
      for row in fresh { rows[row.key] = row }
    }
    if missingCount > 0 {
      keep {
        try CacheShelf.join(folder: folder, fingerprint: fingerprint, dimension: dimension)
      }
    }
    progress(1)
    var values: [Float] = []
    values.reserveCapacity(texts.count * dimension)
    for key in keys { values += rows[key]!.values }
    return EmbeddedTexts(
      matrix: Matrix(rowCount: texts.count, columnCount: dimension, values: values),
      readings: keys.map { rows[$0]!.reading })
  }

  /// Writes once more only while writing works.
  private func keep(_ write: () throws -> Void) {
    guard usage.writeFailure == nil else { return }
    do {
      try write()
    } catch {
      let failure = error as? InputError ?? InputError(.unwritable, "\(error)")
      tally.usage.withLock { $0.writeFailure = failure }
    }
  }

  private final class Tally: Sendable {
    let usage = Mutex(Usage())
  }
}
