import AmbitCorpus
import AmbitFormats
import AmbitTestSupport
import Testing

@Suite struct VectorsTests {
  let folder = TemporaryFolder()

  func write(_ rows: Int, _ width: Int, to name: String, first: Float = 0) -> String {
    let values = (0..<rows * width).map { $0 == 0 ? first : Float($0) }
    return folder.write(NPYArray(shape: [rows, width], floats: values).encoded(), to: name)
  }

  @Test func withoutIDs() throws {
    let file = try OutputFile(path: write(4, 3, to: "v.npy"))
    #expect(file.kind == .vectors)
    #expect(file.format == "NPY")
    #expect(file.records.count == 4)
    #expect(!file.hasPrompts)
    #expect(file.vectors == .init(width: 3, values: (0..<12).map { Float($0) }))
    #expect(Inspection(file).meanWords == nil)
    let zipped = folder.write(
      NPZArchive.encoded([("x", NPYArray(shape: [2, 2], floats: [1, 2, 3, 4]))]), to: "v.npz")
    #expect(try OutputFile(path: zipped).vectors?.values == [1, 2, 3, 4])
  }

  @Test(
    "ids beside the vectors or named by the user",
    arguments: [
      ("v.ids.txt", "p\np\nq\n", [0, 1, 0]),
      ("v.ids.csv", "checkpoint,prompt_id,sample\nc,p,3\nc,p,1\nc,q,0\n", [3, 1, 0]),
      (
        "v.ids.jsonl", "{\"prompt_id\": \"p\"}\n{\"prompt_id\": \"p\"}\n{\"prompt_id\": \"q\"}\n",
        [0, 1, 0]
      ),
      ("v.ids.jsonl", "\"p\"\n\"p\"\n\"q\"\n", [0, 1, 0]),
    ])
  func identifiers(_ name: String, _ text: String, _ samples: [Int]) throws {
    let path = write(3, 2, to: "v.npy")
    let ids = folder.write(text, to: name)
    let found = try OutputFile(path: path)
    #expect(found.records.map(\.promptID) == ["p", "p", "q"])
    #expect(found.records.map(\.sample) == samples)
    #expect(found.notices.map(\.code) == [.promptsJoined])
    let elsewhere = write(3, 2, to: "other/w.npy")
    let named = try OutputFile(path: elsewhere, options: ReadingOptions(idsPath: ids))
    #expect(named.records.map(\.promptID) == ["p", "p", "q"])
    let longer = write(4, 2, to: "other/x.npy")
    let error = #expect(throws: InputError.self) {
      try OutputFile(path: longer, options: ReadingOptions(idsPath: ids))
    }
    #expect(error?.code == .unmatched)
  }

  @Test("rows stay with their vectors through matching") func matching() throws {
    let a = try Checkpoint(name: "a", file: OutputFile(path: write(5, 2, to: "a.npy")))
    let b = try Checkpoint(name: "b", file: OutputFile(path: write(3, 2, to: "b.npy")))
    let matched = try Matching().match([a, b])
    #expect(matched.rows.map(\.count) == [3, 3])
    #expect(matched.rows[0].allSatisfy { a.vectorRows[$0] == $0 })
    #expect(matched.report.checkpoints.map(\.emptyDropped) == [0, 0])
  }

  @Test("NaN, other widths, other dimensions and texts beside vectors are errors") func faults()
    throws
  {
    let bad = write(2, 2, to: "bad.npy", first: .nan)
    let error = #expect(throws: InputError.self) { try OutputFile(path: bad) }
    #expect(error?.message == "row 1, column 1 holds NaN")
    let huge = folder.write(
      NPYArray(shape: [1, 2], doubles: [1, 1e300]).encoded(), to: "huge.npy")
    let tooLarge = #expect(throws: InputError.self) { try OutputFile(path: huge) }
    #expect(tooLarge?.message == "row 1, column 2 holds 1e+300, too large for 32-bit floats")
    let flat = folder.write(NPYArray(shape: [3], floats: [1, 2, 3]).encoded(), to: "flat.npy")
    let oneDimension = #expect(throws: InputError.self) { try OutputFile(path: flat) }
    #expect(oneDimension?.message.contains("expected one vector a row: a 2-D array") == true)
    let two = write(3, 2, to: "two.npy")
    let three = write(3, 3, to: "three.npy")
    let text = folder.write("a\nb\n", to: "t.txt")
    let widths = #expect(throws: InputError.self) {
      try CheckpointArguments([two, three]).resolve()
    }
    #expect(widths?.message.contains("2") == true && widths?.message.contains("3") == true)
    #expect(throws: InputError.self) { try CheckpointArguments([two, text]).resolve() }
    let cut = folder.write(
      Array(NPYArray(shape: [3, 2], floats: [1, 2, 3, 4, 5, 6]).encoded().dropLast(3)),
      to: "cut.npy")
    #expect(throws: InputError.self) { try OutputFile(path: cut) }
  }
}
