import AmbitMatrix
import AmbitRendering
import AmbitTestSupport
import Foundation
import Testing

@Suite struct DensityImageTests {
  private static let panel = Panel(
    frame: Rectangle(x: 7.3, y: 11.1, width: 24, height: 12),
    limits: DataLimits(x: 0...2, y: 0...1))

  private static func image(_ mark: Mark) throws -> (image: RasterImage, place: Rectangle) {
    guard case .image(let image, let place) = mark else {
      throw RenderingError(.empty, subject: "mark", problem: "no image", hint: "")
    }
    return (image, place)
  }

  private static func alpha(_ image: RasterImage, _ x: Int, _ y: Int) -> UInt8 {
    image.bytes[(y * image.width + x) * 4 + 3]
  }

  @Test func theGridCoversTheFrameAtThreeHundredDotsAnInch() throws {
    let (image, place) = try Self.image(
      DensityImage(Self.panel, count: 1_000_000).mark([.zero], .black))
    #expect(place.contains(Self.panel.frame, tolerance: 1e-9))
    #expect(Self.panel.frame.inset(by: -0.25).contains(place))
    #expect(agree(Double(image.width) / place.width * 72, 300, relative: 1e-9))
    #expect(agree(Double(image.height) / place.height * 72, 300, relative: 1e-9))
  }

  /// Each point darkens the pixel that holds its place on the page, and no other.
  @Test func pointsFallIntoThePixelsOfTheirPlaces() {
    forEachSeed(40) { random in
      let points = (0..<5).map { _ in SIMD2(2 * random.uniform(), random.uniform()) }
      let density = DensityImage(Self.panel, count: 1_000_000)
      let (image, place) = try Self.image(density.mark(points, Colour(0x0072B2)))
      var expected: Set<Int> = []
      for point in points {
        let page = Self.panel.page(point)
        let x = Int((page.x - place.x) / place.width * Double(image.width))
        let y = Int((page.y - place.y) / place.height * Double(image.height))
        expected.insert(y * image.width + x)
      }
      let filled = Set(
        (0..<image.width * image.height).filter { image.bytes[$0 * 4 + 3] > 0 })
      // A point on the border of two pixels may fall into either, by rounding.
      try require(filled.subtracting(expected).count <= 1, "\(filled) for \(expected)")
      try require(filled.count == expected.count, "\(filled.count) of \(expected.count) pixels")
    }
  }

  @Test func moreIsDarkerAndALonePointIsSeen() throws {
    var points: [SIMD2<Double>] = []
    for (place, count) in [(0.1, 1), (0.5, 5), (1.0, 40), (1.5, 3000)] {
      points += Array(repeating: SIMD2(place, 0.5), count: count)
    }
    let (image, place) = try Self.image(
      DensityImage(Self.panel, count: 1_000_000).mark(points, Colour(0x0072B2)))
    let row = (0..<image.height).first { row in
      (0..<image.width).contains { Self.alpha(image, $0, row) > 0 }
    }!
    let columns = (0..<image.width).filter { Self.alpha(image, $0, row) > 0 }
    #expect(columns.count == 4)
    let alphas = columns.map { Int(Self.alpha(image, $0, row)) }
    #expect(alphas[0] > 40 && alphas == alphas.sorted() && alphas[3] == 255)
    let blues = columns.map { image.bytes[(row * image.width + $0) * 4 + 2] }
    #expect(blues[0] == 0xB2 && blues[3] < 0xB2)
    #expect(place.width > 0)
  }

  @Test func aPixelOfTwoCloudsHasTheirMeanColour() throws {
    let here = SIMD2(1.0, 0.5)
    let red = Colour(red: 1, green: 0, blue: 0)
    let blue = Colour(red: 0, green: 0, blue: 1)
    let (image, _) = try Self.image(
      DensityImage(Self.panel, count: 1_000_000).mark([
        (points: [here, here, here, SIMD2(0.2, 0.2)], colour: red), (points: [here], colour: blue),
      ]))
    let mixed = (0..<image.width * image.height).first { image.bytes[$0 * 4 + 2] > 0 }!
    #expect(Array(image.bytes[mixed * 4..<mixed * 4 + 3]) == [191, 0, 64])
  }

  @Test func fewPointsGetACoarserGrid() throws {
    let fine = DensityImage(Self.panel, count: 1_000_000)
    let coarse = DensityImage(Self.panel, count: 100)
    #expect(coarse.width * 3 - fine.width < 3 && coarse.width < fine.width)
  }

  /// The bar of the issue: what is crowded keeps its inner structure.
  @Test func aMillionPointsAreNoBlot() throws {
    var random = SplitMix64(seed: 3)
    let points = Clouds.normal(200_000, centre: SIMD2(1, 0.5), spread: 0.12, random: &random)
    let (image, _) = try Self.image(
      DensityImage(Self.panel, count: points.count).mark(points, Colour(0x0072B2)))
    var shades: [UInt8: Int] = [:]
    for pixel in 0..<image.width * image.height {
      let alpha = image.bytes[pixel * 4 + 3]
      if alpha > 0 { shades[image.bytes[pixel * 4 + 2] &+ alpha, default: 0] += 1 }
    }
    let total = shades.values.reduce(0, +)
    #expect(shades.count > 30)
    #expect(Double(shades.values.max()!) < 0.4 * Double(total))
  }

  // MARK: In figures

  private static func counts(_ marks: [Mark]) -> (images: Int, positions: Int) {
    marks.reduce(into: (0, 0)) { sum, mark in
      switch mark {
      case .image: sum.0 += 1
      case .markers(let markers): sum.1 += markers.positions.count
      case .clipped(_, let inner):
        let own = counts(inner)
        sum.0 += own.images
        sum.1 += own.positions
      default: break
      }
    }
  }

  @Test func figuresOfManyPointsHoldPicturesAndTheirTextStaysText() throws {
    var random = SplitMix64(seed: 4)
    let many = Clouds.normal(DensityImage.pointLimit + 1, random: &random)
    let few = Clouds.normal(100, random: &random)
    let data = DriftPlotData(
      xLabel: "PC 1", yLabel: "PC 2",
      checkpoints: [Clouds.checkpoint("base", many), Clouds.checkpoint("sft", few)])
    let scene = try data.scene(FigureSettings(width: 3.25))
    let counts = Self.counts(scene.marks)
    #expect(counts.images == 2)
    #expect(counts.positions < 1000)
    let svg = String(decoding: try scene.svg(), as: UTF8.self)
    #expect(svg.contains("<image ") && svg.contains("base64,iVBORw0KGgo"))
    #expect(svg.contains(">PC 1</text>"))
    let map = MapPlotData(
      checkpoints: [.init(name: "base", points: many), .init(name: "sft", points: few)])
    #expect(Self.counts(try map.scene().marks).images == 3)
  }

  @Test func aPictureStandsAtItsPlaceInEveryFormat() throws {
    let red: [UInt8] = [255, 0, 0, 255]
    let clear: [UInt8] = [0, 0, 0, 0]
    var scene = Scene(width: 36, height: 36)
    let image = RasterImage(width: 2, height: 2, bytes: red + clear + clear + red)
    scene.add(.image(image, Rectangle(x: 9, y: 9, width: 18, height: 18)))
    let picture = try DecodedPNG(scene.png(dpi: 72))
    #expect(picture.pixel(11, 11) == [255, 0, 0])
    #expect(picture.pixel(25, 25) == [255, 0, 0])
    #expect(picture.pixel(25, 11) == [255, 255, 255])
    #expect(picture.pixel(4, 4) == [255, 255, 255])
    for format in FigureFormat.allCases {
      #expect(try scene.encoded(as: format) == scene.encoded(as: format))
    }
    let svg = String(decoding: try scene.svg(), as: UTF8.self)
    let start = try #require(svg.range(of: "base64,"))
    let end = try #require(svg[start.upperBound...].firstIndex(of: "\""))
    let file = try #require(Data(base64Encoded: String(svg[start.upperBound..<end])))
    let inner = try DecodedPNG([UInt8](file))
    #expect(inner.width == 2 && inner.channels == 4)
    #expect(inner.pixel(0, 0) == red && inner.pixel(1, 0)[3] == 0)
  }
}

@Suite struct RankSelectionTests {
  @Test func valuesAreThoseOfTheSortedList() {
    forEachSeed(30) { random in
      let count = 1 + Int(random.uniform() * 20_000)
      let kind = Int(random.uniform() * 4)
      let values = (0..<count).map { index in
        switch kind {
        case 0: random.uniform()
        case 1: Double(index % 7)
        // One point so far that all others share a bin.
        case 2: index == 0 ? 1e12 : random.uniform()
        default: Double(index)
        }
      }
      let ranks = [0, count / 3, count / 2, count - 1]
      let sorted = values.sorted()
      let found = RankSelection.values(at: ranks, of: values)
      try require(found == ranks.map { sorted[$0] }, "kind \(kind), \(count) values")
    }
  }

  @Test func equalAndExtremeValuesAreNoTrap() {
    #expect(RankSelection.values(at: [4999], of: Array(repeating: 3, count: 5000)) == [3])
    let huge = (0..<5000).map { $0 % 2 == 0 ? -1e308 : 1e308 }
    #expect(RankSelection.values(at: [0, 4999], of: huge) == [-1e308, 1e308])
  }
}
