import AmbitRendering
import Testing

@Suite struct PDFTests {
  private func occurrences(of text: String, in bytes: [UInt8]) -> Int {
    let pattern = Array(text.utf8)
    return bytes.indices.dropLast(pattern.count - 1).count { start in
      bytes[start] == pattern[0] && bytes[start..<start + pattern.count].elementsEqual(pattern)
    }
  }

  @Test func aFileOfOnePageWithItsFonts() throws {
    let file = try DriftPlot(Clouds.family(names: ["base", "sft"])).scene().pdf()
    #expect(file.starts(with: Array("%PDF-1.".utf8)))
    let end = String(decoding: file.suffix(8), as: UTF8.self)
    #expect(end.hasSuffix("%%EOF\n"))
    #expect(occurrences(of: "<< /Type /Page %", in: file) == 1)
    #expect(occurrences(of: "/FontFile", in: file) >= 1)
    #expect(occurrences(of: "/ToUnicode", in: file) >= 1)
    #expect(occurrences(of: "/MediaBox [ 0 0 486 ", in: file) == 1)
  }

  @Test func theDateIsFixed() throws {
    let file = try Scene(width: 10, height: 10).pdf(notes: [FigureNote("Title", "Drift of x")])
    #expect(occurrences(of: "/CreationDate (20000101000000", in: file) == 1)
    #expect(occurrences(of: "Drift of x", in: file) >= 1)
  }

  @Test func dotsAreCheap() throws {
    var scene = Scene(width: 100, height: 100)
    let places = (0..<10_000).map { SIMD2(Double($0 % 100), Double($0 / 100)) }
    scene.add(.markers(Markers(.circle, size: 1, fill: .black, at: places)))
    #expect(try scene.pdf().count < 200_000)
  }
}
