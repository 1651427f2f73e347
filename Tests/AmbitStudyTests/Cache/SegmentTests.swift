import AmbitEmbedding
import AmbitMatrix
import AmbitStudy
import AmbitTestSupport
import Testing

@Suite("Segment files of the cache")
struct SegmentTests {
  private let folder = TemporaryFolder()
  private let texts = (0..<40).map { "text number \($0)" } + ["", "é", "e\u{301}"]

  private func opened(_ bytes: [UInt8]) -> Segment? {
    Segment(path: folder.write(bytes, to: "a.rows"))
  }

  private func encoded(_ texts: [String]) -> [UInt8] {
    Segment.encoded(texts.map { cachedRow($0) }, fingerprint: "an embedder", dimension: 12)
  }

  @Test("gives back every row, bit for bit, with what was read of its text")
  func roundTrip() throws {
    let segment = try #require(opened(encoded(texts)))
    #expect(segment.isWhole)
    #expect(segment.fingerprint == "an embedder")
    #expect(segment.rowCount == texts.count)
    for text in texts { #expect(segment.row(of: CacheKey(of: text)) == cachedRow(text)) }
    #expect(segment.row(of: CacheKey(of: "another")) == nil)
  }

  @Test("keeps values that are not finite, and both zeros")
  func specialValues() throws {
    var row = cachedRow("x")
    row.values = [.nan, .infinity, -.infinity, -0.0, 0, .leastNonzeroMagnitude]
    let segment = try #require(opened(Segment.encoded([row], fingerprint: "f", dimension: 6)))
    let read = try #require(segment.row(of: row.key))
    #expect(read.values.map(\.bitPattern) == row.values.map(\.bitPattern))
  }

  @Test("has the same bytes for the same rows in any order, repeated or not")
  func canonicalBytes() {
    let expected = encoded(texts)
    forEachSeed(5) { random in
      var shuffled = texts + texts.prefix(3)
      random.shuffle(&shuffled)
      try require(encoded(shuffled) == expected, "the order shows in the bytes")
    }
  }

  @Test("a digest is the text's SHA-256, and its order that of the bytes")
  func keys() {
    #expect(CacheKey(of: "abc").words[0] == 0xba78_16bf_8f01_cfea)
    #expect(CacheKey(of: "abc").words[3] == 0xb410_ff61_f200_15ad)
    #expect(CacheKey(words: [1, 9, 0, 0]) < CacheKey(words: [2, 0, 0, 0]))
    #expect(!(CacheKey(words: [1, 1, 1, 1]) < CacheKey(words: [1, 1, 1, 1])))
  }

  @Test("a flipped bit anywhere loses the rows that it touches and invents none")
  func flippedBits() throws {
    let whole = encoded(texts)
    forEachSeed(300) { random in
      var bytes = whole
      let place = random.index(below: bytes.count)
      bytes[place] ^= 1 << UInt8(random.index(below: 8))
      guard let segment = opened(bytes) else {
        return try require(place < 32 + 16, "byte \(place) is not of the header")
      }
      var missed = 0
      for text in texts {
        guard let row = segment.row(of: CacheKey(of: text)) else {
          missed += 1
          continue
        }
        try require(row == cachedRow(text), "byte \(place): a wrong row for `\(text)`")
      }
      // A damaged digest can also mislead the search for rows that stand next to it on its way.
      let rowsStart = 32 + 16 + texts.count * 56
      if place >= rowsStart { try require(missed == 1, "byte \(place): \(missed) rows lost") }
      try require(missed < texts.count, "byte \(place): everything lost")
    }
  }

  @Test("a file cut anywhere gives what is left and says that it is not whole")
  func truncation() throws {
    let whole = encoded(texts)
    for length in stride(from: 0, to: whole.count, by: 13) {
      guard let segment = opened(Array(whole.prefix(length))) else {
        #expect(length < 48)
        continue
      }
      #expect(!segment.isWhole)
      for text in texts {
        if let row = segment.row(of: CacheKey(of: text)) { #expect(row == cachedRow(text)) }
      }
    }
  }

  @Test("random bytes behind a true magic, and huge promises, are not believed")
  func hostileHeaders() throws {
    forEachSeed(200) { random in
      var bytes = Array("AMBITROW".utf8)
      bytes += (0..<random.index(below: 400)).map { _ in UInt8(random.index(below: 256)) }
      try require(opened(bytes) == nil, "a random header was accepted")
    }
    #expect(opened([]) == nil)
    #expect(Segment(path: folder.path(of: "absent")) == nil)
    #expect(Segment(path: folder.path) == nil)
  }
}
