import AmbitFormats
import AmbitMatrix
import AmbitMeasures
import AmbitStudy
import AmbitTestSupport
import Foundation
import Testing

@Suite("What was measured, kept between runs")
struct MeasureCacheTests {
  private let folder = TemporaryFolder()

  private func cache(program: String = "p", byteLimit: Int = 1 << 20) -> MeasureCache {
    MeasureCache(folder: folder.path(of: "cache"), program: program, byteLimit: byteLimit)
  }

  /// All files of the cache.
  private func files() throws -> [URL] {
    let root = URL(fileURLWithPath: folder.path(of: "cache"))
    let all = FileManager.default.enumerator(at: root, includingPropertiesForKeys: [])
    return (all?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "entries" }
      .sorted { $0.path < $1.path }
  }

  private func key(_ text: String) -> [UInt8] { SHA256.digest(of: text.utf8) }

  /// Rows with every kind of cell, some empty, numbers that no decimal holds.
  static func rows(_ seed: UInt64) -> TakenRows {
    var random = SplitMix64(seed: seed)
    func value() -> Double? {
      random.index(below: 4) == 0 ? nil : random.normal() * .pi / 3e-200
    }
    let rows = (0..<5).map { index in
      TakenRows.Placed(
        order: index,
        row: Measurement(
          checkpoint: "", reference: "", scope: index == 0 ? .within : .pooled,
          space: "embedding", metric: "m\(index)", variant: index == 1 ? "k5" : "",
          polarity: [.higher, .lower, .neither][index % 3], prompts: 3, samples: 12,
          value: value(), referenceValue: value(), effect: value(),
          effectKind: [nil, .meanLogRatio, .logRatio, .difference][index % 4],
          interval: index == 2 ? nil : Interval(low: -0.0, high: .leastNonzeroMagnitude),
          nullBand: index == 3 ? nil : Interval(low: -1 / 3, high: 1e300), p: value(),
          flags: [.floored(3), .duplicates(0), .fewerPermutations(199), .forced], isPrimary: false))
    }
    return TakenRows(
      rows: rows,
      promptRows: ["p1", "naïve 🦉", ""].map {
        PromptMeasurement(
          checkpoint: "", promptID: $0, metric: "m", variant: "", space: "text", samples: 4,
          value: value(), flags: [.fewSamples])
      },
      changes: [
        ClusterChange(
          kind: .lost, checkpoint: 0, reference: 0, cluster: 7, checkpointSize: 0,
          referenceSize: 12, adjustedP: 1 / 3, exemplars: [3, 1, 4])
      ],
      clustering: Clustering(
        radius: seed % 2 == 0 ? nil : 0.19, isRadiusCalibrated: true, clusterCount: nil,
        labels: [[0, 1, 1], [], [2]]))
  }

  @Test("rows come back bit for bit", arguments: UInt64(1)...20)
  func roundTrip(seed: UInt64) throws {
    let rows = Self.rows(seed)
    #expect(TakenRows(bytes: rows.bytes) == rows)
    #expect(TakenRows(bytes: Array(rows.bytes.dropLast())) == nil)
    #expect(TakenRows(bytes: rows.bytes + [0]) == nil)
  }

  @Test("every kind of flag comes back")
  func flags() throws {
    var rows = Self.rows(1)
    rows.rows[0].row.flags = MeasurementFlag.all.filter { !$0.text.contains(":") } + [.floored(9)]
    #expect(TakenRows(bytes: rows.bytes) == rows)
  }

  @Test("bytes that are no rows are none, and nothing traps")
  func noRows() {
    var random = SplitMix64(seed: 9)
    let bytes = Self.rows(2).bytes
    for _ in 0..<2000 {
      var damaged = bytes
      for _ in 0...random.index(below: 4) {
        damaged[random.index(below: bytes.count)] = UInt8(random.index(below: 256))
      }
      _ = TakenRows(bytes: damaged)
    }
    #expect(TakenRows(bytes: []) == nil)
  }

  @Test("what is kept is found by the next run of the same program, and by no other")
  func keeps() throws {
    let first = cache()
    first.keep(Self.rows(1), for: key("a"))
    first.keep(Self.rows(2), for: key("b"))
    first.finish()
    let second = cache()
    #expect(second.rows(for: key("a")) == Self.rows(1))
    #expect(second.rows(for: key("b")) == Self.rows(2))
    #expect(second.rows(for: key("c")) == nil)
    #expect(second.usage.foundCount == 2 && second.usage.damagedCount == 0)
    #expect(cache(program: "q").rows(for: key("a")) == nil)
  }

  @Test("a damaged entry is a miss; finishing leaves it behind and keeps the others")
  func damage() throws {
    let first = cache()
    for index in 0..<4 { first.keep(Self.rows(UInt64(index)), for: key("\(index)")) }
    first.finish()
    let file = try #require(try files().first)
    var bytes = try Data(contentsOf: file)
    bytes[bytes.count - 1] ^= 0x10
    try bytes.write(to: file)
    let second = cache()
    let found = (0..<4).filter { second.rows(for: key("\($0)")) == Self.rows(UInt64($0)) }
    #expect(found.count == 3)
    #expect(second.usage.damagedCount == 1)
    second.finish()
    #expect(try files().count == 1)
    let third = cache()
    #expect((0..<4).count { third.rows(for: key("\($0)")) != nil } == 3)
    #expect(third.usage.damagedCount == 0)
  }

  @Test("a file of anything else is removed and told of", arguments: [[], Array("nonsense".utf8)])
  func strangeFile(content: [UInt8]) throws {
    let first = cache()
    first.keep(Self.rows(1), for: key("a"))
    first.finish()
    let file = try #require(try files().first)
    try Data(content).write(to: file)
    let second = cache()
    #expect(second.rows(for: key("a")) == nil)
    #expect(second.usage.damagedCount == 1)
    #expect(try files().isEmpty)
  }

  @Test("many small files are joined into one that holds every entry")
  func joins() throws {
    for index in 0..<MeasureCache.fileLimit + 1 {
      let one = cache()
      one.keep(Self.rows(UInt64(index)), for: key("\(index)"))
      one.finish()
    }
    #expect(try files().count == 1)
    let all = cache()
    for index in 0..<MeasureCache.fileLimit + 1 {
      #expect(all.rows(for: key("\(index)")) == Self.rows(UInt64(index)))
    }
  }

  @Test("beyond the limit the longest unused go")
  func limit() throws {
    let size = EntryFile.encoded([(CacheKey(of: "a"), Self.rows(1).bytes)]).count
    for name in ["a", "b", "c"] {
      let one = cache(byteLimit: 10 * size)
      one.keep(Self.rows(1), for: key(name))
      one.finish()
    }
    // Of the three the first was used last.
    let again = cache(byteLimit: 10 * size)
    #expect(again.rows(for: key("a")) != nil)
    again.finish()
    let small = cache(byteLimit: 2 * size + size / 2)
    small.finish()
    let left = cache()
    #expect(left.rows(for: key("a")) != nil)
    #expect(left.rows(for: key("b")) == nil)
    #expect(left.rows(for: key("c")) != nil)
  }

  @Test("a folder that cannot be made is told of once and stops nothing")
  func unwritable() throws {
    folder.write([], to: "cache")
    let blocked = cache()
    blocked.keep(Self.rows(1), for: key("a"))
    blocked.finish()
    #expect(blocked.usage.writeFailure?.code == .unwritable)
  }

  @Test("the list of the cache counts measures, and clearing removes them")
  func listing() throws {
    let first = cache()
    first.keep(Self.rows(1), for: key("a"))
    first.finish()
    let whole = EmbeddingCache(folder: folder.path(of: "cache"))
    #expect(whole.contents().measureCount == 1)
    #expect(CacheListing(whole.contents(), folder: "f").text.contains("1 entry of measures"))
    try whole.clear()
    #expect(whole.contents().measureCount == 0)
    #expect(try files().isEmpty)
  }
}
