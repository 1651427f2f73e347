import AmbitEmbedding
import AmbitFormats
import AmbitMatrix
import AmbitStudy
import AmbitTestSupport
import Foundation
import Testing

@Suite("The embedding cache")
struct EmbeddingCacheTests {
  private let folder = TemporaryFolder()
  private let workers = Workers(threadCount: 2)
  private let texts = ["one", "two", "one", "", "three and a bit more", "two"]

  private var cache: EmbeddingCache { EmbeddingCache(folder: folder.path) }

  /// All segment files of the cache.
  private func files() -> [String] {
    FileManager.default.enumerator(atPath: folder.path)!.compactMap { $0 as? String }
      .filter { $0.hasSuffix(".rows") }.map { folder.path(of: $0) }
  }

  @Test("gives the wrapped embedder's rows, and embeds equal texts once")
  func first() throws {
    let plain = try CountingEmbedder().embed(texts, workers: workers)
    let counting = CountingEmbedder()
    let cached = CachedEmbedder(counting, cache: cache)
    #expect(try cached.embed(texts, workers: workers) == plain)
    #expect(counting.askedTexts == ["one", "two", "", "three and a bit more"])
    #expect(cached.usage == CachedEmbedder.Usage(foundCount: 0, embeddedCount: 4))
    #expect(
      (cached.name, cached.dimension, cached.fingerprint) == ("counting", 12, "counting-v1"))
  }

  @Test("a run that is asked to stop keeps its finished blocks and says how many")
  func stopped() throws {
    let texts = (0..<CachedEmbedder.blockTexts + 10).map { "text \($0)" }
    let stopped = CachedEmbedder(CountingEmbedder(), cache: cache) { true }
    let told = Interrupted(embedded: CachedEmbedder.blockTexts, total: texts.count)
    #expect(throws: told) { try stopped.embed(texts, workers: workers) }
    let next = CachedEmbedder(CountingEmbedder(), cache: cache)
    _ = try next.embed(texts, workers: workers)
    #expect(
      next.usage == CachedEmbedder.Usage(foundCount: told.embedded, embeddedCount: 10))
  }

  @Test("a second run embeds nothing and gives the same bits")
  func second() throws {
    let first = try CachedEmbedder(CountingEmbedder(), cache: cache).embed(texts, workers: workers)
    let counting = CountingEmbedder()
    let cached = CachedEmbedder(counting, cache: cache)
    #expect(try cached.embed(texts.reversed(), workers: workers).rows([5, 4, 3, 2, 1, 0]) == first)
    #expect(counting.askedTexts.isEmpty)
    #expect(cached.usage == CachedEmbedder.Usage(foundCount: 4, embeddedCount: 0))
  }

  @Test("another fingerprint or window shares nothing")
  func keysApart() throws {
    _ = try CachedEmbedder(CountingEmbedder(), cache: cache).embed(texts, workers: workers)
    for other in [
      CountingEmbedder(fingerprint: "counting-v2"), CountingEmbedder(windowTokens: 128),
    ] {
      let plain = try CountingEmbedder(
        fingerprint: other.fingerprint, windowTokens: other.windowTokens
      ).embed(texts, workers: workers)
      #expect(try CachedEmbedder(other, cache: cache).embed(texts, workers: workers) == plain)
      #expect(other.askedTexts.count == 4)
    }
  }

  @Test("texts of equal meaning but other bytes have rows of their own")
  func bytesCount() throws {
    let counting = CountingEmbedder()
    _ = try CachedEmbedder(counting, cache: cache).embed(["é", "e\u{301}"], workers: workers)
    #expect(counting.askedTexts.count == 2)
  }

  @Test("rows of many blocks are all kept, in few files")
  func manyBlocks() throws {
    let texts = (0..<CachedEmbedder.blockTexts * 2 + 5).map { "text \($0)" }
    let plain = try CountingEmbedder().embed(texts, workers: workers)
    #expect(
      try CachedEmbedder(CountingEmbedder(), cache: cache).embed(texts, workers: workers) == plain)
    #expect(files().count == 3)
    let counting = CountingEmbedder()
    #expect(try CachedEmbedder(counting, cache: cache).embed(texts, workers: workers) == plain)
    #expect(counting.askedTexts.isEmpty)
  }

  @Test("damage anywhere is a miss: the rows stay right")
  func damage() throws {
    let plain = try CountingEmbedder().embed(texts, workers: workers)
    forEachSeed(60) { random in
      try cache.clear()
      _ = try CachedEmbedder(CountingEmbedder(), cache: cache).embed(texts, workers: workers)
      let file = URL(fileURLWithPath: files()[0])
      var bytes = try Data(contentsOf: file)
      if random.index(below: 2) == 0 {
        bytes[random.index(below: bytes.count)] ^= UInt8(1 + random.index(below: 255))
      } else {
        bytes = bytes.prefix(random.index(below: bytes.count))
      }
      try bytes.write(to: file)
      let counting = CountingEmbedder()
      let cached = try CachedEmbedder(counting, cache: cache).embed(texts, workers: workers)
      try require(cached == plain, "damage changed a row")
      try require(!counting.askedTexts.isEmpty, "damage went unseen")
    }
  }

  @Test("a cache that cannot be written only says so")
  func unwritable() throws {
    let path = folder.write("a file", to: "in the way")
    let counting = CountingEmbedder()
    let cached = CachedEmbedder(counting, cache: EmbeddingCache(folder: path))
    let plain = try CountingEmbedder().embed(texts, workers: workers)
    #expect(try cached.embed(texts, workers: workers) == plain)
    #expect(cached.usage.writeFailure?.code == .unwritable)
    #expect(cached.usage.embeddedCount == 4)
  }

  @Test("contents tell each embedder's rows and what is damaged")
  func contents() throws {
    #expect(EmbeddingCache(folder: folder.path(of: "absent")).contents().shelves.isEmpty)
    _ = try CachedEmbedder(CountingEmbedder(), cache: cache).embed(texts, workers: workers)
    _ = try CachedEmbedder(CountingEmbedder(fingerprint: "b"), cache: cache)
      .embed(["x"], workers: workers)
    let contents = cache.contents()
    #expect(contents.shelves.map(\.fingerprint) == ["b", "counting-v1"])
    #expect(contents.shelves.map(\.rowCount) == [1, 4])
    #expect(contents.byteCount == contents.shelves.reduce(0) { $0 + $1.byteCount })
    #expect(contents.damagedFileCount == 0)
    for file in files() { try Data("AMBIT".utf8).write(to: URL(fileURLWithPath: file)) }
    #expect(cache.contents().damagedFileCount == 2)
  }

  @Test("clearing removes all versions and strays, and nothing of the user's")
  func clear() throws {
    _ = try CachedEmbedder(CountingEmbedder(), cache: cache).embed(texts, workers: workers)
    folder.write("mine", to: "notes.txt")
    folder.write("mine", to: "embeddings-v1/notes.txt")
    folder.write("old", to: "embeddings-v0/abc/old.rows")
    folder.write("half", to: "embeddings-v1/abc/.half.rows.123")
    let removed = try cache.clear()
    #expect(removed.shelves.map(\.rowCount) == [4])
    #expect(files().isEmpty)
    let left = FileManager.default.enumerator(atPath: folder.path)!.compactMap { $0 as? String }
    #expect(left.sorted() == ["embeddings-v1", "embeddings-v1/notes.txt", "notes.txt"])
    #expect(cache.contents().byteCount == 0)
  }

  @Test("lies where the system keeps caches, or nowhere without a home")
  func standardFolder() {
    #expect(
      EmbeddingCache.standardFolder(environment: ["XDG_CACHE_HOME": "/c", "HOME": "/h"])
        == "/c/ambit")
    #expect(EmbeddingCache.standardFolder(environment: [:]) == nil)
    let home = EmbeddingCache.standardFolder(environment: ["XDG_CACHE_HOME": "c", "HOME": "/h"])
    #if os(macOS)
    #expect(home == "/h/Library/Caches/ambit")
    #else
    #expect(home == "/h/.cache/ambit")
    #endif
  }
}
