extension Inset {
  private static func font(_ settings: FigureSettings) -> Font { settings.font(-2) }

  /// Of the widest magnification that is written.
  static func labelSize(_ settings: FigureSettings) -> SIMD2<Double> {
    let extent = TextMeasure().extent(of: "×0000", font: font(settings))
    return SIMD2(extent.width, extent.height)
  }

  /// Draws the source's outline, and the empty frame with its magnification.
  func draw(_ settings: FigureSettings, on scene: inout Scene) {
    let theme = settings.theme
    let line = Stroke(theme.frame, width: 0.4)
    scene.stroke(.rectangle(source), line)
    scene.fill(.rectangle(frame), theme.background.with(alpha: 0.8))
    scene.stroke(.rectangle(frame), line)
    let font = Self.font(settings)
    let extent = TextMeasure().extent(of: "0", font: font)
    let number = DecimalText.short(magnification, decimals: 1)
    scene.write(
      StyledText("×\(number)"), at: SIMD2(frame.x + 1.5, frame.y + extent.ascent), font: font,
      colour: theme.ink)
  }
}
