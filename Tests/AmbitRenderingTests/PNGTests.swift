import AmbitMatrix
import AmbitRendering
import AmbitTestSupport
import Testing

@Suite struct PNGTests {
  @Test func chunksAreIntactAndInOrder() throws {
    var scene = Scene(width: 144, height: 72)
    scene.fill(.circle(centre: SIMD2(72, 36), radius: 20), Colour(0xD55E00))
    let file = try scene.png(
      dpi: 300,
      notes: [FigureNote("Software", "Ambit 1"), FigureNote("Comment", "seed 0, 通义")])
    let png = try #require(PNGChunks(file))
    #expect(png.chunks.allSatisfy { $0.isIntact })
    #expect(png.chunks.first?.kind == "IHDR")
    #expect(png.chunks.last?.kind == "IEND")
    let header = try #require(png.first("IHDR"))
    #expect(PNGChunks.number(header, 0) == 600)
    #expect(PNGChunks.number(header, 4) == 300)
    #expect(header[8...] == [8, 2, 0, 0, 0])
    let resolution = try #require(png.first("pHYs"))
    #expect(PNGChunks.number(resolution, 0) == 11811)
    #expect(PNGChunks.number(resolution, 4) == 11811)
    #expect(resolution[8] == 1)
    #expect(png.first("tEXt") == Array("Software\0Ambit 1".utf8))
    let international = try #require(png.first("iTXt"))
    #expect(String(decoding: international, as: UTF8.self).hasSuffix("seed 0, 通义"))
    #expect(png.first("tIME") == nil)
  }

  @Test(arguments: [72.0, 100, 150, 300, 600]) func resolutionIsRecorded(dpi: Double) throws {
    let file = try Scene(width: 36, height: 18).png(dpi: dpi)
    let png = try #require(PNGChunks(file))
    let resolution = try #require(png.first("pHYs"))
    let perInch = Double(PNGChunks.number(resolution, 0)) * 0.0254
    #expect(abs(perInch - dpi) < 0.02)
    let header = try #require(png.first("IHDR"))
    #expect(Double(PNGChunks.number(header, 0)) == (dpi / 2).rounded())
  }

  @Test func pixelsAreWhatWasPainted() throws {
    var scene = Scene(width: 10, height: 10)
    scene.fill(.rectangle(Rectangle(x: 0, y: 0, width: 5, height: 10)), Colour(0x0072B2))
    let picture = try DecodedPNG(scene.png(dpi: 72))
    #expect(picture.width == 10 && picture.height == 10 && picture.channels == 3)
    #expect(picture.pixel(2, 5) == [0x00, 0x72, 0xB2])
    #expect(picture.pixel(7, 5) == [255, 255, 255])
  }

  @Test func aBackgroundThatIsNotOpaqueGivesStraightAlpha() throws {
    var scene = Scene(width: 4, height: 4, background: .grey(1, alpha: 0))
    scene.fill(
      .rectangle(Rectangle(x: 0, y: 0, width: 2, height: 4)), Colour(0xFF8000, alpha: 0.5))
    let picture = try DecodedPNG(scene.png(dpi: 72))
    #expect(picture.channels == 4)
    #expect(picture.pixel(3, 2) == [0, 0, 0, 0])
    let half = picture.pixel(0, 2)
    #expect(abs(Int(half[3]) - 128) <= 1)
    #expect(abs(Int(half[0]) - 255) <= 2 && abs(Int(half[1]) - 128) <= 2 && half[2] <= 2)
  }

  @Test func clipsCutOff() throws {
    var scene = Scene(width: 30, height: 10)
    scene.clip(to: Rectangle(x: 10, y: 0, width: 10, height: 10)) { scene in
      scene.fill(.rectangle(scene.page), .black)
      scene.clip(to: Rectangle(x: 15, y: 0, width: 15, height: 10)) {
        $0.fill(.rectangle($0.page), Colour(0xFF0000))
      }
    }
    let picture = try DecodedPNG(scene.png(dpi: 72))
    #expect(picture.pixel(5, 5) == [255, 255, 255])
    #expect(picture.pixel(12, 5) == [0, 0, 0])
    #expect(picture.pixel(17, 5) == [255, 0, 0])
    #expect(picture.pixel(25, 5) == [255, 255, 255])
  }

  /// Thousands of markers are copied from sprites; a few are painted as paths. Both must look alike.
  @Test(arguments: MarkerShape.allCases) func spritesLookLikePaths(shape: MarkerShape) throws {
    var random = SplitMix64(seed: 11)
    let places = (0..<60).map { _ in SIMD2(60 * random.uniform(), 60 * random.uniform()) }
    let edge = Stroke(.white, width: 0.5)
    var together = Scene(width: 60, height: 60)
    var single = together
    let window = Rectangle(x: 5, y: 5, width: 50, height: 50)
    let fill = Colour(0xD55E00, alpha: 0.6)
    together.clip(to: window) {
      $0.add(.markers(Markers(shape, size: 4, fill: fill, edge: edge, at: places)))
    }
    single.clip(to: window) { scene in
      for place in places {
        scene.add(.markers(Markers(shape, size: 4, fill: fill, edge: edge, at: [place])))
      }
    }
    let a = try DecodedPNG(together.png(dpi: 288))
    let b = try DecodedPNG(single.png(dpi: 288))
    #expect(a.bytes.count == b.bytes.count)
    let difference = zip(a.bytes, b.bytes).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
    let painted = b.bytes.reduce(0) { $0 + 255 - Int($1) }
    #expect(painted > 0)
    #expect(Double(difference) < 0.06 * Double(painted), "\(difference) of \(painted)")
  }

  @Test func markersFarOutsideThePageAreHarmless() throws {
    var scene = Scene(width: 20, height: 20)
    let places = (0..<40).map { SIMD2(Double($0) * 1e7 - 2e8, 1e300) }
    scene.add(.markers(Markers(.circle, size: 2, fill: .black, at: places)))
    let picture = try DecodedPNG(scene.png(dpi: 72))
    #expect(picture.bytes.allSatisfy { $0 == 255 })
  }

  @Test func settingsOutOfRangeAreRefused() throws {
    let scene = Scene(width: 100, height: 100)
    for dpi in [0, -1, 19, 2401, Double.nan, .infinity] {
      let error = #expect(throws: RenderingError.self) { try scene.png(dpi: dpi) }
      #expect(error?.code == .invalidSetting)
      #expect(error?.subject == "dpi")
    }
    let huge = #expect(throws: RenderingError.self) {
      try Scene(width: 10_000, height: 10).png(dpi: 2400)
    }
    #expect(huge?.code == .invalidSetting)
    let broken = #expect(throws: RenderingError.self) { try DecodedPNG([1, 2, 3]) }
    #expect(broken?.code == .backend)
  }

  @Test func notesKeepTheirOrder() throws {
    let long = String(repeating: "k", count: 79)
    let notes = [FigureNote("b", "1"), FigureNote(long, "2"), FigureNote("a", "")]
    let png = try #require(PNGChunks(try Scene(width: 9, height: 9).png(dpi: 72, notes: notes)))
    let texts = png.chunks.filter { $0.kind == "tEXt" }.map {
      String(decoding: $0.data, as: UTF8.self)
    }
    #expect(texts == ["b\01", "\(long)\02", "a\0"])
  }

  /// Eight panels of 5,000 points at 300 dpi take a tenth of a second on a quiet core; the bound is
  /// wide, since tests share their machine.
  @Test func manyPointsAreFast() throws {
    let names = (0..<7).map { "step-\($0)" }
    let plot = try DriftPlot(Clouds.family(names: names, count: 5000))
    let clock = ContinuousClock()
    let time = try clock.measure { _ = try plot.scene().png(dpi: 300) }
    #expect(time < .seconds(5))
  }

  @Test func aTruncatedFileIsAnError() throws {
    let file = try Scene(width: 50, height: 50).png(dpi: 72)
    #expect(throws: RenderingError.self) { try DecodedPNG(Array(file.dropLast(30))) }
  }
}
