import AmbitFormats
import AmbitTestSupport
import Foundation
import Testing

@Suite struct AtomicFileTests {
  let folder = TemporaryFolder()

  var names: [String] {
    (try? FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()) ?? []
  }

  @Test func writesAndReplaces() throws {
    let path = folder.path(of: "deep/er/file.txt")
    try AtomicFile.write(Array("one".utf8), to: path)
    try AtomicFile.write("two".utf8, to: path)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "two")
    #expect(names == ["deep", "deep/er", "deep/er/file.txt"])
  }

  @Test("a folder that cannot be is an error that leaves nothing")
  func unwritable() throws {
    let taken = folder.write("here", to: "taken")
    let error = #expect(throws: InputError.self) {
      try AtomicFile.write([1], to: taken + "/inside/file")
    }
    #expect(error?.code == .unwritable)
    #expect(error?.hint != nil)
    try FileManager.default.createDirectory(
      atPath: folder.path(of: "sub"), withIntermediateDirectories: true)
    #expect(throws: InputError.self) { try AtomicFile.write([1], to: folder.path(of: "sub")) }
    #expect(names == ["sub", "taken"])
  }

  @Test("a set comes together or not at all")
  func sets() throws {
    let old = folder.write("old", to: "a.txt")
    do {
      var set = AtomicFileSet()
      try set.add("new".utf8, at: old)
      try set.add("b".utf8, at: folder.path(of: "b.txt"))
      #expect(try String(contentsOfFile: old, encoding: .utf8) == "old")
      #expect(names.count == 3)
      // Let go without `commit`.
    }
    #expect(names == ["a.txt"])
    #expect(try String(contentsOfFile: old, encoding: .utf8) == "old")
    var set = AtomicFileSet()
    try set.add("new".utf8, at: old)
    try set.add("b".utf8, at: folder.path(of: "b.txt"))
    try set.commit()
    #expect(names == ["a.txt", "b.txt"])
    #expect(try String(contentsOfFile: old, encoding: .utf8) == "new")
  }
}

extension AtomicFileTests {
  @Test("parts come one after the other, or leave nothing")
  func parts() throws {
    struct Refused: Error {}
    let path = folder.path(of: "long.csv")
    var set = AtomicFileSet()
    #expect(throws: Refused.self) {
      try set.add(at: path) { write in
        try write(Array("half".utf8))
        throw Refused()
      }
    }
    #expect(names.isEmpty)
    try set.add(at: path) { write in
      for part in ["a,b\n", "", "1,2\n"] { try write(Array(part.utf8)) }
    }
    try set.commit()
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "a,b\n1,2\n")
    #expect(names == ["long.csv"])
  }
}

/// Removes the temporaries of the whole process, so it must not run beside the tests above.
extension AtomicFileTests {
  @Test("what an interrupted run staged is removed")
  func interrupted() async throws {
    await #expect(processExitsWith: .exitCode(7)) {
      let folder = TemporaryFolder()
      TemporaryFiles.prepare()
      var set = AtomicFileSet()
      try set.add("half".utf8, at: folder.path(of: "x.csv"))
      let before = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      TemporaryFiles.removeAll()
      let after = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      exit(before.count == 1 && after.isEmpty ? 7 : 1)
    }
  }
}
