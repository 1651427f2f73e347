import AmbitFormats
import AmbitMatrix
import AmbitStudy
import AmbitTestSupport
import Foundation
import Testing

@Suite("Files of named entries")
struct EntryFileTests {
  private let folder = TemporaryFolder()

  static let entries: [(name: CacheKey, bytes: [UInt8])] = (0..<20).map { index in
    (CacheKey(of: "entry \(index)"), (0..<index * 7).map { UInt8(truncatingIfNeeded: $0 * index) })
  }

  private func found(_ bytes: [UInt8]) -> [CacheKey: [UInt8]] {
    let path = folder.write(bytes, to: "file.entries")
    guard let file = EntryFile(path: path) else { return [:] }
    var found: [CacheKey: [UInt8]] = [:]
    for (place, name) in file.names.enumerated() { found[name] = file.entry(at: place) }
    return found
  }

  @Test("every entry comes back, whatever the order in which they were given")
  func roundTrip() {
    let bytes = EntryFile.encoded(Self.entries)
    #expect(EntryFile.encoded(Self.entries.reversed()) == bytes)
    let found = found(bytes)
    #expect(found.count == Self.entries.count)
    for entry in Self.entries { #expect(found[entry.name] == entry.bytes) }
  }

  @Test("a flipped bit costs at most one entry, and never gives another's bytes")
  func flippedBits() {
    let bytes = EntryFile.encoded(Self.entries)
    let truth = Dictionary(uniqueKeysWithValues: Self.entries.map { ($0.name, $0.bytes) })
    var random = SplitMix64(seed: 3)
    for _ in 0..<300 {
      var damaged = bytes
      let place = random.index(below: bytes.count)
      damaged[place] ^= 1 << UInt8(random.index(below: 8))
      let found = found(damaged)
      #expect(found.allSatisfy { truth[$0.key] == $0.value }, "byte \(place)")
      #expect(place < 24 ? found.isEmpty : found.count >= truth.count - 1, "byte \(place)")
    }
  }

  @Test("a file cut short anywhere gives what is whole of it")
  func cut() {
    let bytes = EntryFile.encoded(Self.entries)
    let truth = Dictionary(uniqueKeysWithValues: Self.entries.map { ($0.name, $0.bytes) })
    for length in stride(from: 0, to: bytes.count, by: 13) {
      let found = found(Array(bytes.prefix(length)))
      #expect(found.allSatisfy { truth[$0.key] == $0.value }, "\(length) bytes")
    }
  }

  @Test("a file without a sound header is ruined; one that is not there is not")
  func ruined() {
    #expect(EntryFile.isRuined(folder.write([], to: "empty")))
    #expect(EntryFile.isRuined(folder.write(Array("AMBITENT".utf8), to: "short")))
    #expect(!EntryFile.isRuined(folder.write(EntryFile.encoded(Self.entries), to: "sound")))
    #expect(!EntryFile.isRuined(folder.path(of: "absent")))
  }
}
