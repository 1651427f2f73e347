import AmbitMatrix
import AmbitRendering
import AmbitTestSupport
import Foundation
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite struct SVGTests {
  @Test func namesSurviveEscaping() throws {
    var scene = Scene(width: 400, height: 400)
    let names = Clouds.hardNames.filter { !$0.isEmpty && !$0.contains("\n") }
    for (index, name) in names.enumerated() {
      scene.write(StyledText(name), at: SIMD2(10, Double(20 + 20 * index)))
    }
    let document = try XMLOutline(scene.svg(notes: [FigureNote("Title", "a<b & \"c\"")]))
    #expect(document.texts(of: "text") == names)
    #expect(document.texts(of: "title") == ["a<b & \"c\""])
  }

  @Test func lettersThatXMLForbidsAreLeftOut() throws {
    var scene = Scene(width: 100, height: 100)
    scene.write("a\u{1}b\u{FFFE}c", at: SIMD2(10, 10))
    #expect(try XMLOutline(scene.svg()).texts(of: "text") == ["abc"])
  }

  @Test func everyFigureIsWellFormed() throws {
    let data = Clouds.family(names: Clouds.hardNames)
    let document = try XMLOutline(DriftPlot(data).scene().svg())
    #expect(document.attributes(of: "svg").first?["viewBox"]?.hasPrefix("0 0 486 ") == true)
    #expect(document.texts(of: "text").contains("PC 1 (12.3 %)"))
    // Every reference leads to an element of that name.
    let identifiers = Set(
      (document.attributes(of: "path") + document.attributes(of: "clipPath")).compactMap {
        $0["id"]
      })
    for use in document.attributes(of: "use") {
      #expect(use["xlink:href"].map { identifiers.contains(String($0.dropFirst())) } == true)
    }
    for group in document.attributes(of: "g") {
      guard let clip = group["clip-path"] else { continue }
      #expect(identifiers.contains(String(clip.dropFirst(5).dropLast())))
    }
  }

  @Test func everyMarkerIsThere() throws {
    let data = Clouds.family(names: ["a", "b", "c"], count: 50)
    let plot = try DriftPlot(data)
    let document = try XMLOutline(plot.scene().svg())
    // Own clouds once, the baseline's twice more as a ghost, and the signs of legend and names.
    #expect(document.attributes(of: "use").count >= 250)
    #expect(document.attributes(of: "use").count < 300)
  }

  @Test func textsStandWhereTheyWereMeasured() throws {
    let font = Font(size: 10)
    let measure = TextMeasure()
    var scene = Scene(width: 300, height: 100)
    scene.write("middle", at: SIMD2(100, 20), font: font, anchor: .middle)
    scene.write("end", at: SIMD2(100, 40), font: font, anchor: .end)
    scene.write("10" + .superscript("−6"), at: SIMD2(100, 60), font: font)
    let attributes = try XMLOutline(scene.svg()).attributes(of: "text")
    let left = attributes.compactMap { $0["x"].flatMap(Double.init) }
    let widths = attributes.compactMap { $0["textLength"].flatMap(Double.init) }
    #expect(left.count == 4 && widths.count == 4)
    #expect(abs(widths[0] - measure.width(of: "middle", font: font)) < 0.01)
    #expect(abs(left[0] + widths[0] / 2 - 100) < 0.01)
    #expect(abs(left[1] + widths[1] - 100) < 0.01)
    #expect(abs(left[2] + widths[2] - left[3]) < 0.01)
    #expect(attributes[3]["font-size"] == "7")
    #expect(attributes[3]["y"] == "56.4")
  }

  @Test func rightToLeftTextStartsAtItsRightEnd() throws {
    var scene = Scene(width: 300, height: 100)
    let name = "نموذج-اللغة"
    scene.write(StyledText(name), at: SIMD2(50, 20))
    let text = try #require(try XMLOutline(scene.svg()).attributes(of: "text").first)
    #expect(text["direction"] == "rtl")
    let width = TextMeasure().width(of: name, font: Font())
    let right = try #require(text["x"].flatMap(Double.init))
    #expect(abs(right - 50 - width) < 0.01)
  }
}

struct BrokenXML: Error, CustomStringConvertible {
  let description: String
}

/// The elements of an XML document in order, read by Foundation's parser.
final class XMLOutline: NSObject, XMLParserDelegate {
  private var elements: [(name: String, attributes: [String: String], text: String)] = []
  private var open: [Int] = []

  init(_ bytes: [UInt8]) throws {
    super.init()
    let parser = XMLParser(data: Data(bytes))
    parser.delegate = self
    if !parser.parse() {
      throw BrokenXML(
        description: "line \(parser.lineNumber): \(String(describing: parser.parserError))")
    }
  }

  func texts(of name: String) -> [String] { elements.filter { $0.name == name }.map(\.text) }

  func attributes(of name: String) -> [[String: String]] {
    elements.filter { $0.name == name }.map(\.attributes)
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String] = [:]
  ) {
    open.append(elements.count)
    elements.append((name, attributes, ""))
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    if let last = open.last { elements[last].text += string }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    open.removeLast()
  }
}
