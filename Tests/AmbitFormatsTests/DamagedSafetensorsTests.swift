import AmbitFormats
import AmbitMatrix
import AmbitTestSupport
import Testing

@Suite struct DamagedSafetensorsTests {
  private func error(_ bytes: [UInt8], reading: String? = nil, shape: [Int]? = nil) -> InputError? {
    let folder = TemporaryFolder()
    do {
      let file = try SafetensorsFile(path: folder.write(bytes, to: "model.safetensors"))
      if let reading { _ = try file.floats(reading, shape: shape) }
      return nil
    } catch {
      return error as? InputError
    }
  }

  private func tensor(_ fields: String, data: Int = 16, name: String = "w") -> [UInt8] {
    SafetensorsFileTests.bytes("{\"\(name)\":{\(fields)}}", data: data)
  }

  @Test func hostileHeadersAreRefusedByName() {
    let cases: [([UInt8], String?, InputError.Code)] = [
      ([], nil, .empty),
      ([1, 2, 3], "header", .malformed),
      (SafetensorsFileTests.bytes("{}", data: 0, claimed: 1 << 63), "header", .tooLarge),
      (SafetensorsFileTests.bytes("{}", data: 0, claimed: 10_000_000_000), "header", .tooLarge),
      (SafetensorsFileTests.bytes("{}", data: 0, claimed: 3), "header", .malformed),
      (SafetensorsFileTests.bytes("{", data: 0), "header", .malformed),
      (SafetensorsFileTests.bytes("[]", data: 0), "header", .wrongType),
      (SafetensorsFileTests.bytes("{}", data: 4), "header", .malformed),
      (
        SafetensorsFileTests.bytes(String(repeating: "[", count: 9_000), data: 0), "header",
        .tooLarge
      ),
      (tensor(#""shape":[4],"data_offsets":[0,16]"#), "w.dtype", .malformed),
      (tensor(#""dtype":"F8","shape":[4],"data_offsets":[0,16]"#), "w.dtype", .malformed),
      (tensor(#""dtype":"F32","shape":4,"data_offsets":[0,16]"#), "w.shape", .malformed),
      (tensor(#""dtype":"F32","shape":[-4],"data_offsets":[0,16]"#), "w.shape", .malformed),
      (tensor(#""dtype":"F32","shape":[4.0],"data_offsets":[0,16]"#), "w.shape", .malformed),
      (tensor(#""dtype":"F32","shape":[5],"data_offsets":[0,16]"#), "w", .malformed),
      (
        tensor(#""dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,16]"#), "w.shape",
        .malformed
      ),
      (
        tensor(#""dtype":"F32","shape":[2500000000],"data_offsets":[0,10000000000]"#),
        "w.data_offsets", .malformed
      ),
      (tensor(#""dtype":"F32","shape":[4],"data_offsets":[16,0]"#), "w.data_offsets", .malformed),
      (tensor(#""dtype":"F32","shape":[4],"data_offsets":[0]"#), "w.data_offsets", .malformed),
      (tensor(#""dtype":"F32","shape":[2],"data_offsets":[8,16]"#), "w.data_offsets", .malformed),
    ]
    for (bytes, field, code) in cases {
      let text = String(decoding: bytes.prefix(100), as: UTF8.self)
      let found = error(bytes)
      #expect(found?.field == field, "\(text)")
      #expect(found?.code == code, "\(text)")
    }
  }

  @Test func overlapsAndDoublesAreRefused() {
    func header(_ second: String, _ offsets: String) -> [UInt8] {
      SafetensorsFileTests.bytes(
        """
        {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},\
        "\(second)":{"dtype":"F32","shape":[2],"data_offsets":[\(offsets)]}}
        """, data: 16)
    }
    #expect(error(header("b", "8,16")) == nil)
    #expect(error(header("b", "4,12"))?.message == "overlaps `a`")
    #expect(error(header("b", "0,8"))?.field == "b.data_offsets")
    #expect(error(header("a", "8,16"))?.message == "two tensors of this name")
  }

  @Test func absentAndMisshapenTensorsAreNamed() {
    let bytes = tensor(#""dtype":"F32","shape":[2,2],"data_offsets":[0,16]"#)
    #expect(error(bytes, reading: "w", shape: [2, 2]) == nil)
    #expect(error(bytes, reading: "v")?.field == "v")
    #expect(error(bytes, reading: "v")?.code == .missingField)
    #expect(error(bytes, reading: "w", shape: [4])?.field == "w")
    #expect(error(bytes, reading: "w", shape: [4])?.code == .wrongType)
  }

  @Test func aFolderOrNothingIsRefused() {
    #expect(throws: InputError.self) { try SafetensorsFile(path: "/nonexistent/m.safetensors") }
    #expect(throws: InputError.self) { try SafetensorsFile(path: "/") }
  }

  @Test func mutatedFilesNeverCrash() throws {
    let folder = TemporaryFolder()
    let original = SafetensorsFixture.bytes
    let headerEnd = 8 + Int(original[0]) + Int(original[1]) << 8
    var accepted = 0
    var refused = 0
    forEachSeed(400) { random in
      var bytes = original
      for _ in 0..<1 + Int(random.next() % 3) {
        let place = Int(random.next() % UInt64(random.next() % 4 == 0 ? bytes.count : headerEnd))
        bytes[place] =
          random.next() % 2 == 0
          ? UInt8(truncatingIfNeeded: random.next())
          : Array("0123456789[]{},\":-F".utf8)[
            Int(random.next() % 19)]
      }
      if random.next() % 5 == 0 { bytes.removeLast(Int(random.next() % UInt64(bytes.count))) }
      let path = folder.write(bytes, to: "mutated")
      do {
        let file = try SafetensorsFile(path: path)
        for entry in file.entries { _ = try file.floats(entry.name) }
        accepted += 1
      } catch let error as InputError {
        try require(error.path == path, "the error names no file: \(error)")
        refused += 1
      }
    }
    #expect(accepted > 0 && refused > 0)
  }
}
