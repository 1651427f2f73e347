import AmbitFormats
import AmbitMatrix
import AmbitTestSupport
import Testing

@Suite struct NPYArrayTests {
  static let values = [1.5, -2.25, 3, 0.1, 65504, -0.0]

  @Test(arguments: [
    NumPyFixtures.half, NumPyFixtures.single, NumPyFixtures.double, NumPyFixtures.bigSingle,
    NumPyFixtures.bigDouble, NumPyFixtures.fortran, NumPyFixtures.version2, NumPyFixtures.version3,
  ]) func readsWhatNumPyWrites(bytes: [UInt8]) throws {
    let array = try NPYArray(bytes: bytes)
    #expect(array.shape == [2, 3])
    #expect(array.rowCount == 2 && array.columnCount == 3)
    for (found, expected) in zip(array.doubles, Self.values) {
      #expect(abs(found - expected) < 1e-4)
    }
    #expect(array.floats[5].sign == .minus)
    #expect(array.firstNonFinite == nil)
  }

  @Test func doublesKeepTheirPrecision() throws {
    #expect(try NPYArray(bytes: NumPyFixtures.double).doubles == Self.values)
    #expect(try NPYArray(bytes: NumPyFixtures.bigDouble).doubles == Self.values)
    #expect(try NPYArray(bytes: NumPyFixtures.single).doubles[3] == Double(Float(0.1)))
  }

  @Test func integersAreNumbers() throws {
    #expect(try NPYArray(bytes: NumPyFixtures.int32).floats == [1, -2, 3, 0, 65504, 0])
    #expect(try NPYArray(bytes: NumPyFixtures.int64).doubles == [1, -2, 3, 0, 65504, 0])
  }

  @Test func halvesOfEveryKindMatchNumPy() throws {
    let bits: [UInt16] = [
      0, 1, 0x3ff, 0x400, 0x3c01, 0x7bff, 0x7c00, 0xfc00, 0x8000, 0x8001, 0xbc00,
    ]
    let expected: [UInt32] = [
      0, 864_026_624, 947_896_320, 947_912_704, 1_065_361_408, 1_199_562_752, 2_139_095_040,
      4_286_578_688, 2_147_483_648, 3_011_510_272, 3_212_836_864,
    ]
    let body = bits.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }
    let array = try NPYArray(
      bytes: Self.file("'<f2', 'fortran_order': False, 'shape': (11,)", body))
    #expect(array.floats.map(\.bitPattern) == expected)
    #expect(try #require(array.firstNonFinite) == (row: 6, column: 0))
  }

  @Test func writesTheBytesOfNumPy() throws {
    let floats = Self.values.map { Float($0) }
    #expect(NPYArray(shape: [2, 3], floats: floats).encoded() == NumPyFixtures.single)
    #expect(NPYArray(shape: [2, 3], doubles: Self.values).encoded() == NumPyFixtures.double)
    #expect(NPYArray(shape: [3], floats: Array(floats[..<3])).encoded() == NumPyFixtures.vector)
  }

  @Test func roundTripsEveryShape() {
    forEachSeed(60) { random in
      let rows = random.index(below: 40)
      let columns = 1 + random.index(below: 40)
      let shape = random.index(below: 2) == 0 ? [rows, columns] : [rows]
      let count = shape.reduce(1, *)
      let doubles = (0..<count).map { _ in random.normal() }
      let double = NPYArray(shape: shape, doubles: doubles)
      try require(NPYArray.matches(double.encoded()), "no magic")
      try require(try NPYArray(bytes: double.encoded()) == double, "doubles of \(shape)")
      let single = NPYArray(shape: shape, floats: doubles.map { Float($0) })
      try require(try NPYArray(bytes: single.encoded()) == single, "floats of \(shape)")
    }
  }

  @Test func whatIsNoMatrixIsNamed() {
    expect("pickled", NumPyFixtures.objects)
    expect("named fields", NumPyFixtures.table)
    expect("0 dimensions", NumPyFixtures.scalar)
    expect("3 dimensions", NumPyFixtures.cube)
    expect("does not begin", Array("text,of,a,table\n".utf8))
    expect("does not begin", [])
    expect("\"<U2\"", Self.file("'<U2', 'fortran_order': False, 'shape': (1,)", [0]))
    expect("no columns", Self.file("'<f4', 'fortran_order': True, 'shape': (4000000000, 0)", []))
  }

  @Test func hostileClaimsAreRefusedBeforeMemoryIsTaken() {
    let body = [UInt8](repeating: 0, count: 8)
    expect("missing", Self.file("'<f4', 'fortran_order': False, 'shape': (1000000, 2500)", body))
    expect(
      "any file can hold",
      Self.file("'<f8', 'fortran_order': True, 'shape': (1099511627776, 99999999)", body))
    expect(
      "63 bits", Self.file("'<f4', 'fortran_order': False, 'shape': (99999999999999999999,)", body))
    expect("follow the array", Self.file("'<f4', 'fortran_order': False, 'shape': (1,)", body))
    expect("damaged", Self.file("'<f4', 'fortran_order': Maybe, 'shape': (2,)", body))
    expect("damaged", Self.file("'<f4', 'fortran_order': False, 'shape': (-2,)", body))
    expect("unexpected key", Self.file("'<f4', 'descr': '<f4', 'shape': (2,)", body))
    expect("version 9", [0x93] + Array("NUMPY".utf8) + [9, 0, 0, 0, 0, 0])
  }

  @Test func everyCutIsNoticed() {
    for bytes in [NumPyFixtures.single, NumPyFixtures.version2] {
      for count in bytes.indices {
        #expect(throws: NPYError.self) { try NPYArray(bytes: Array(bytes[..<count])) }
      }
    }
  }

  @Test func mutatedFilesNeverCrash() {
    let seeds = [NumPyFixtures.half, NumPyFixtures.fortran, NumPyFixtures.version3]
    forEachSeed(3000) { random in
      var bytes = seeds[random.index(below: seeds.count)]
      for _ in 0...random.index(below: 4) {
        bytes[random.index(below: bytes.count)] = UInt8(random.index(below: 256))
      }
      do {
        let array = try NPYArray(bytes: bytes)
        try require(array.floats.count == array.shape.reduce(1, *), "values do not fill the shape")
      } catch is NPYError {}
    }
  }

  private func expect(
    _ part: String, _ bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = #expect(throws: NPYError.self, sourceLocation: sourceLocation) {
      try NPYArray(bytes: bytes)
    }
    #expect(
      error?.message.contains(part) == true, "\(error?.message ?? "")",
      sourceLocation: sourceLocation)
    #expect(error?.hint.isEmpty == false, sourceLocation: sourceLocation)
  }

  /// A version 1 file whose dictionary begins with `descr`, unpadded.
  private static func file(_ dictionary: String, _ body: [UInt8]) -> [UInt8] {
    let header = Array("{'descr': \(dictionary)}\n".utf8)
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.count), 0] + header + body
  }
}

extension NPYArrayTests {
  @Test("three dimensions and texts are refused with a remedy that works") func refused() {
    func bytes(_ descriptor: String, _ shape: String, _ count: Int) -> [UInt8] {
      let header = "{'descr': '\(descriptor)', 'fortran_order': False, 'shape': \(shape), }\n"
      return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0]
        + Array(header.utf8) + [UInt8](repeating: 0, count: count)
    }
    let cube = #expect(throws: NPYError.self) { try NPYArray(bytes: bytes("<f4", "(1, 1, 1)", 4)) }
    #expect(cube?.message.contains("expected one vector a row: a 2-D array") == true)
    let texts = #expect(throws: NPYError.self) { try NPYArray(bytes: bytes("<U1", "(1, 1)", 4)) }
    #expect(texts?.message.contains("texts") == true)
    #expect(texts?.hint.contains("astype") == false)
  }
}
