import AmbitStudy
import AmbitTestSupport
import Dispatch
import Foundation
import Testing

@Suite("The segments of one embedder")
struct CacheShelfTests {
  private let folder = TemporaryFolder()

  private func shelf() -> CacheShelf {
    CacheShelf(folder: folder.path(of: "shelf"), fingerprint: "f", dimension: 12)
  }

  private func files() -> [String] { CacheShelf.files(in: folder.path(of: "shelf")) }

  @Test("what is stored is found by whoever opens the folder afterwards")
  func stores() throws {
    try shelf().store([cachedRow("a"), cachedRow("b")])
    try shelf().store([cachedRow("c")])
    #expect(["a", "b", "c"].allSatisfy { shelf().row(of: CacheKey(of: $0)) == cachedRow($0) })
    #expect(shelf().row(of: CacheKey(of: "d")) == nil)
  }

  @Test("equal rows of two writers leave one file, nothing to write leaves none")
  func contentAddressed() throws {
    try shelf().store([])
    #expect(files().isEmpty)
    try shelf().store([cachedRow("a"), cachedRow("b")])
    try shelf().store([cachedRow("b"), cachedRow("a")])
    #expect(files().count == 1)
  }

  @Test("files of another embedder or width in the folder are passed over")
  func strangers() throws {
    let path = folder.path(of: "shelf")
    try CacheShelf(folder: path, fingerprint: "g", dimension: 12).store([cachedRow("a")])
    try CacheShelf(folder: path, fingerprint: "f", dimension: 5).store([
      cachedRow("a", dimension: 5)
    ])
    #expect(shelf().segments.isEmpty)
    #expect(shelf().row(of: CacheKey(of: "a")) == nil)
  }

  @Test("a damaged row is taken from another file that has it sound")
  func fallsBack() throws {
    try shelf().store([cachedRow("a")])
    var bytes = try Data(contentsOf: URL(fileURLWithPath: files()[0]))
    bytes[bytes.count - 1] ^= 0xFF
    try bytes.write(to: URL(fileURLWithPath: files()[0]))
    #expect(shelf().row(of: CacheKey(of: "a")) == nil)
    try shelf().store([cachedRow("a"), cachedRow("b")])
    #expect(shelf().row(of: CacheKey(of: "a")) == cachedRow("a"))
  }

  @Test("many small files are joined into one that holds every sound row")
  func joins() throws {
    let texts = (0..<40).map { "text \($0)" }
    for text in texts { try shelf().store([cachedRow(text), cachedRow("in all")]) }
    #expect(files().count == 40)
    let reader = shelf()
    try CacheShelf.join(folder: folder.path(of: "shelf"), fingerprint: "f", dimension: 12)
    #expect(files().count == 1)
    #expect(shelf().segments[0].rowCount == 41)
    #expect(texts.allSatisfy { shelf().row(of: CacheKey(of: $0)) == cachedRow($0) })
    // Whoever had the old files open goes on reading them.
    #expect(texts.allSatisfy { reader.row(of: CacheKey(of: $0)) == cachedRow($0) })
  }

  @Test("few files are left alone")
  func leavesFewAlone() throws {
    for index in 0..<CacheShelf.fileLimit { try shelf().store([cachedRow("text \(index)")]) }
    let before = files()
    try CacheShelf.join(folder: folder.path(of: "shelf"), fingerprint: "f", dimension: 12)
    #expect(files() == before)
  }

  @Test("writers, joiners and readers at once lose no row and see no wrong one")
  func concurrency() throws {
    let path = folder.path(of: "shelf")
    DispatchQueue.concurrentPerform(iterations: 8) { writer in
      for round in 0..<12 {
        let text = "text \(writer) \(round)"
        try! CacheShelf(folder: path, fingerprint: "f", dimension: 12).store([cachedRow(text)])
        if round % 4 == 3 {
          try! CacheShelf.join(folder: path, fingerprint: "f", dimension: 12)
        }
        let shelf = CacheShelf(folder: path, fingerprint: "f", dimension: 12)
        for other in 0..<8 {
          let text = "text \(other) \(round / 2)"
          if let row = shelf.row(of: CacheKey(of: text)) { precondition(row == cachedRow(text)) }
        }
      }
    }
    let shelf = shelf()
    for writer in 0..<8 {
      for round in 0..<12 {
        let text = "text \(writer) \(round)"
        #expect(shelf.row(of: CacheKey(of: text)) == cachedRow(text))
      }
    }
  }
}
