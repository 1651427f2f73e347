import AmbitRendering
import AmbitTestSupport
import Testing

@Suite struct ThemeTests {
  /// WCAG 2's contrast ratio of two opaque colours.
  private static func contrast(_ first: Colour, _ second: Colour) -> Double {
    func luminance(_ colour: Colour) -> Double {
      let linear = [colour.red, colour.green, colour.blue].map {
        $0 <= 0.04045 ? $0 / 12.92 : power(($0 + 0.055) / 1.055)
      }
      return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
    let (a, b) = (luminance(first), luminance(second))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  private static func power(_ base: Double) -> Double { base * base * base.squareRoot() * 0.98 }

  @Test(arguments: Theme.allCases) func textIsReadableAndColoursAreSeen(theme: Theme) {
    #expect(Self.contrast(theme.text, theme.background) > 12)
    #expect(Self.contrast(theme.ink, theme.background) > 7)
    // Sky blue on white is the weakest of Okabe and Ito's.
    for colour in theme.categories { #expect(Self.contrast(colour, theme.background) > 2) }
    for step in 0...10 {
      let colour = theme.ramp(at: Double(step) / 10)
      #expect(Self.contrast(colour, theme.background) > 1.9, "step \(step)")
    }
  }

  @Test func theRampLeadsAwayFromTheBackground() {
    let light = (0...20).map { OKLab(Theme.light.ramp(at: Double($0) / 20)).lightness }
    let dark = (0...20).map { OKLab(Theme.dark.ramp(at: Double($0) / 20)).lightness }
    for (first, second) in zip(light, light.dropFirst()) { #expect(second < first) }
    for (first, second) in zip(dark, dark.dropFirst()) { #expect(second > first) }
  }

  @Test(arguments: Theme.allCases) func categoriesAreApart(theme: Theme) {
    let all = ([theme.baseline] + theme.categories).map { OKLab($0) }
    #expect(all.count == 8)
    for (index, first) in all.enumerated() {
      for second in all.dropFirst(index + 1) {
        let (l, a, b) = (first.lightness - second.lightness, first.a - second.a, first.b - second.b)
        #expect((l * l + a * a + b * b).squareRoot() > 0.08)
      }
    }
  }

  /// Every colour of a dark figure is one of the theme's: nothing is left in ink for white paper.
  @Test func aDarkFigureHasALightTextOnADarkPage() throws {
    let settings = FigureSettings(width: 3.25, theme: .dark)
    let scene = try Clouds.family(names: ["base", "sft"], caption: "n = 60").scene(settings)
    #expect(scene.background == Theme.dark.background)
    for run in scene.textRuns {
      #expect(Self.contrast(run.colour, scene.background) > 7, "\(run.text.plain)")
    }
    let picture = try DecodedPNG(scene.png(dpi: 72))
    #expect(picture.pixel(0, 0).allSatisfy { $0 < 40 })
  }
}
