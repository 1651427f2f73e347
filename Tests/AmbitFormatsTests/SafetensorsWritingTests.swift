import AmbitFormats
import AmbitTestSupport
import Testing

@Suite("Writing safetensors")
struct SafetensorsWritingTests {
  private let folder = TemporaryFolder()

  @Test("what is written is read back, aligned and in the same order")
  func roundTrip() throws {
    let floats: [Float] = [1, -0.5, .greatestFiniteMagnitude, .leastNonzeroMagnitude, 0, 3]
    let path = folder.write(
      SafetensorsFile.encoded([
        .init("b", floats, shape: [2, 3]), .init("a", [-128, 0, 127] as [Int8], shape: [3]),
        .init("none", [Float](), shape: [0, 4]),
      ]), to: "x.safetensors")
    let file = try SafetensorsFile(path: path)
    #expect(file.entries.map(\.name) == ["b", "a", "none"])
    #expect(try file.floats("b", shape: [2, 3]) == floats)
    #expect(try file.floats("a", shape: [3]) == [-128, 0, 127])
    #expect(file.entry("a")?.type == .i8)
    #expect(try file.floats("none", shape: [0, 4]).isEmpty)
  }

  @Test("the same tensors give the same bytes, whose numbers begin at a multiple of 8")
  func bytes() {
    for count in 0..<20 {
      let tensor = SafetensorsFile.Tensor(
        String(repeating: "n", count: count + 1), [Float](repeating: 1, count: count),
        shape: [count])
      let bytes = SafetensorsFile.encoded([tensor])
      #expect(bytes == SafetensorsFile.encoded([tensor]))
      #expect((bytes.count - 4 * count) % 8 == 0)
    }
  }
}
