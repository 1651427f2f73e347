import AmbitFormats
import AmbitStudy
import AmbitTestSupport
import Foundation
import Testing

@Suite struct ResultsFolderTests {
  let folder = TemporaryFolder()

  func files(_ names: String...) -> [(name: String, bytes: [UInt8])] {
    let list = names.map { "\"\($0)\"" }.joined(separator: ",")
    return names.map { ($0, Array($0.utf8)) } + [
      ("manifest.json", Array("{\"tool\": \"ambit\", \"files\": [\(list)]}".utf8))
    ]
  }

  @Test func whatAnEarlierRunLeftIsTakenAway() throws {
    let results = try ResultsFolder(path: folder.path(of: "out/study"))
    try results.write(files("metrics.csv", "figures/old.png"))
    folder.write("mine", to: "out/study/notes.txt")
    try results.write(files("metrics.csv", "figures/new.png"))
    let left = try FileManager.default.subpathsOfDirectory(atPath: results.path).sorted()
    #expect(left == ["figures", "figures/new.png", "manifest.json", "metrics.csv", "notes.txt"])
  }

  @Test func whatAKilledRunLeftIsTakenAwayWhenItIsOld() throws {
    let results = try ResultsFolder(path: folder.path(of: "out"))
    for name in [".a.csv.12-1.part", ".b.csv.12-2.part", ".mine.part", "c.12-3.part"] {
      let path = folder.write("x", to: "out/\(name)")
      guard name != ".b.csv.12-2.part" else { continue }
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -7200)], ofItemAtPath: path)
    }
    try results.write(files("metrics.csv"))
    let left = try FileManager.default.contentsOfDirectory(atPath: results.path).sorted()
    #expect(
      left == [".b.csv.12-2.part", ".mine.part", "c.12-3.part", "manifest.json", "metrics.csv"])
  }

  @Test func aManifestCannotReachOutOfItsFolder() throws {
    let precious = folder.write("keep", to: "precious.txt")
    folder.write(
      "{\"tool\": \"ambit\", \"files\": [\"../../precious.txt\", \"\(precious)\"]}",
      to: "out/study/manifest.json")
    try ResultsFolder(path: folder.path(of: "out/study")).write(files("metrics.csv"))
    #expect(FileManager.default.fileExists(atPath: precious))
  }

  @Test func aFileInTheWayIsAnError() {
    let file = folder.write("here", to: "taken")
    #expect(throws: InputError.self) { try ResultsFolder(path: file + "/deep/inside") }
  }

  /// Nothing is written: a name of one letter, relative to the current folder, is a name.
  @Test(arguments: ["x", "x/", "x/y", "./x"]) func shortNamesAreNames(_ path: String) throws {
    #expect(try ResultsFolder(path: path).path == path)
  }
}
