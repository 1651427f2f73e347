import AmbitFormats
import AmbitMatrix
import AmbitTestSupport
import Testing

@Suite struct NPZArchiveTests {
  @Test func readsStoredMembers() throws {
    let archive = try NPZArchive(bytes: NumPyFixtures.stored)
    #expect(archive.names == ["vectors", "ids"])
    let vectors = try archive.array(named: "vectors")
    #expect(vectors == (try NPYArray(bytes: NumPyFixtures.single)))
    #expect(try archive.onlyMatrix().name == "vectors")
    #expect(try archive.onlyMatrix().array == vectors)
  }

  @Test func readsDeflatedMembers() throws {
    let archive = try NPZArchive(bytes: NumPyFixtures.deflated)
    let vectors = try archive.array(named: "vectors")
    #expect(vectors.shape == [8, 6])
    #expect(vectors.floats == (0..<48).map { Float($0 % 6) })
    #expect(try archive.array(named: "mean").shape == [3])
  }

  @Test func roundTripsAndRepeats() throws {
    let basis = [
      (name: "pca2/mean", array: NPYArray(shape: [3], doubles: [1, 2, 3])),
      (name: "pca2/components", array: NPYArray(shape: [2, 3], floats: [1, 0, 0, 0, 1, 0])),
      (name: "élan", array: NPYArray(shape: [0, 4], floats: [])),
    ]
    let bytes = NPZArchive.encoded(basis)
    #expect(bytes == NPZArchive.encoded(basis))
    let archive = try NPZArchive(bytes: bytes)
    #expect(archive.names == basis.map(\.name))
    for (name, array) in basis { #expect(try archive.array(named: name) == array) }
    expect("several matrices") { try archive.onlyMatrix() }
    expect("no array \"mean\"") { try archive.array(named: "mean") }
    let empty = try NPZArchive(bytes: NPZArchive.encoded([]))
    #expect(empty.names.isEmpty)
    expect("no two-dimensional") { try empty.onlyMatrix() }
  }

  @Test func aMatrixOfStringsIsNamed() throws {
    let archive = try NPZArchive(bytes: NumPyFixtures.stored)
    expect("array \"ids\": the array holds texts (dtype \"<U1\")") {
      try archive.array(named: "ids")
    }
  }

  @Test func damageIsNamed() {
    var bytes = NumPyFixtures.stored
    expect("does not begin") { try NPZArchive(bytes: NumPyFixtures.single) }
    expect("its directory is missing") { try NPZArchive(bytes: Array(bytes.dropLast())) }
    // A byte of the first member's values.
    bytes[190] ^= 1
    expect("checksum") { try NPZArchive(bytes: bytes).array(named: "vectors") }
  }

  @Test func impossibleSizesAreRefused() throws {
    let bytes = NumPyFixtures.deflated
    let entry = try #require(bytes.indices.first { bytes[$0...].starts(with: [0x50, 0x4b, 1, 2]) })
    var bomb = bytes
    bomb.replaceSubrange(entry + 24..<entry + 28, with: [0, 0, 0, 0xf0])
    expect("more than it can hold") { try NPZArchive(bytes: bomb).array(named: "vectors") }
    var zip64 = bytes
    zip64.replaceSubrange(entry + 24..<entry + 28, with: [0xff, 0xff, 0xff, 0xff])
    expect("ZIP64") { try NPZArchive(bytes: zip64) }
    var encrypted = bytes
    encrypted[entry + 8] |= 1
    expect("encrypted") { try NPZArchive(bytes: encrypted).array(named: "vectors") }
    var method = bytes
    method[entry + 10] = 12
    expect("method 12") { try NPZArchive(bytes: method).array(named: "vectors") }
    var twice = NPZArchive.encoded([
      (name: "a", array: NPYArray(shape: [1], floats: [1])),
      (name: "b", array: NPYArray(shape: [1], floats: [2])),
    ])
    let last = try #require(twice.lastIndex(of: UInt8(ascii: "b")))
    twice[last] = UInt8(ascii: "a")
    expect("twice") { try NPZArchive(bytes: twice) }
  }

  @Test func mutatedArchivesNeverCrash() {
    let seeds = [NumPyFixtures.stored, NumPyFixtures.deflated]
    forEachSeed(3000) { random in
      var bytes = seeds[random.index(below: 2)]
      for _ in 0...random.index(below: 4) {
        bytes[random.index(below: bytes.count)] = UInt8(random.index(below: 256))
      }
      if random.index(below: 4) == 0 { bytes.removeLast(random.index(below: bytes.count)) }
      do {
        let archive = try NPZArchive(bytes: bytes)
        for name in archive.names { _ = try? archive.array(named: name) }
      } catch is NPYError {}
    }
  }

  private func expect(
    _ part: String, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Any
  ) {
    let error = #expect(throws: NPYError.self, sourceLocation: sourceLocation) { _ = try body() }
    #expect(
      error?.message.contains(part) == true, "\(error?.message ?? "")",
      sourceLocation: sourceLocation)
  }
}
