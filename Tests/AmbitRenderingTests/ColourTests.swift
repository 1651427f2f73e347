import AmbitMatrix
import AmbitRendering
import AmbitTestSupport
import Testing

@Suite struct ColourTests {
  @Test func okLabRoundTrips() {
    forEachSeed(200) { random in
      let colour = Colour(red: random.uniform(), green: random.uniform(), blue: random.uniform())
      let back = OKLab(colour).colour
      let error = max(
        abs(back.red - colour.red), abs(back.green - colour.green), abs(back.blue - colour.blue))
      try require(error < 1e-5, "\(colour) came back as \(back)")
    }
  }

  /// The reference values that Ottosson publishes with OKLab's definition, from sRGB primaries.
  @Test func okLabKnownValues() {
    let red = OKLab(Colour(0xFF0000))
    #expect(abs(red.lightness - 0.62796) < 1e-3)
    #expect(abs(red.a - 0.22486) < 1e-3)
    #expect(abs(red.b - 0.12585) < 1e-3)
    #expect(abs(OKLab(.white).lightness - 1) < 1e-4)
    #expect(abs(OKLab(.black).lightness) < 1e-9)
  }

  @Test func coloursOfAPaletteAreApart() {
    for count in 1...7 {
      let palette = Palette(count: count)
      #expect(!palette.isRamp)
      #expect(palette.colours.count == count)
      #expect(Set(palette.shapes).count == count)
      let all = (palette.colours + [Theme.light.baseline]).map(OKLab.init)
      for (index, first) in all.enumerated() {
        for second in all.dropFirst(index + 1) {
          let (l, a, b) = (
            first.lightness - second.lightness, first.a - second.a, first.b - second.b
          )
          #expect((l * l + a * a + b * b).squareRoot() > 0.08)
        }
      }
    }
  }

  @Test(arguments: [8, 11, 40]) func theRampDarkensStepByStep(count: Int) {
    let palette = Palette(count: count)
    #expect(palette.isRamp)
    let lightness = palette.colours.map { OKLab($0).lightness }
    for (first, second) in zip(lightness, lightness.dropFirst()) { #expect(second < first) }
    #expect(lightness.first! - lightness.last! > 0.4)
    #expect(palette.colours.first == Theme.light.ramp(at: 0))
  }

  @Test(arguments: [8, 10, 28]) func manyOfNoOrderDifferInColourShapeAndDash(count: Int) {
    let palette = Palette(count: count, isOrdered: false)
    #expect(!palette.isRamp)
    let symbols = zip(palette.colours, palette.shapes).map { "\($0) \($1)" }
    #expect(Set(symbols).count == count)
    let lines = zip(palette.colours, palette.dashes).map { "\($0) \($1)" }
    #expect(Set(lines).count == count)
    // The circle is the baseline's.
    #expect(!palette.shapes.contains(.circle))
    #expect(palette.colours.prefix(7) == Palette(count: 7).colours.prefix(7))
  }

  @Test func pointsShrinkAndFadeSmoothly() {
    var last = PointStyle(count: 1, panelWidth: 110)
    for exponent in 1...24 {
      let style = PointStyle(
        count: Int(Elementary.pow(10, Double(exponent) / 4)), panelWidth: 110)
      #expect(style.size <= last.size && style.alpha <= last.alpha)
      #expect(style.size > 0.6 * last.size && style.alpha > 0.6 * last.alpha)
      #expect(style.size >= 0.6 && style.alpha >= 0.1 && style.alpha <= 1)
      last = style
    }
    #expect(PointStyle(count: 0, panelWidth: 110) == PointStyle(count: 1, panelWidth: 110))
  }

  @Test func hexadecimalComponents() {
    let colour = Colour(0x336699, alpha: 0.25)
    #expect(agree(colour.red, 0.2, relative: 1e-9))
    #expect(agree(colour.green, 0.4, relative: 1e-9))
    #expect(agree(colour.blue, 0.6, relative: 1e-9))
    #expect(colour.with(alpha: 1).alpha == 1)
    #expect(Colour.grey(0.5).red == 0.5)
  }
}
