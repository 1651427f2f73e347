/// The frame, ticks and tick labels of a panel. Thin, grey, and labelled only where asked.
struct PanelAxes {
  let xTicks: AxisTicks
  let yTicks: AxisTicks
  let font: Font
  let theme: Theme
  let lineWidth = 0.5
  let tickLength = 2.2

  /// Ticks for panels of the given size. Both axes have the same step, unless that
  /// gives y, where labels stand closer, fewer than three.
  init(
    limits: DataLimits, width: Double, height: Double, font: Font, theme: Theme, margin: Double,
    measure: TextMeasure
  ) {
    self.font = font
    self.theme = theme
    xTicks = AxisTicks.fitting(
      limits: limits.x, length: width, margin: margin, gap: font.size * 0.7
    ) { measure.width(of: $0, font: font) }
    let same = AxisTicks(limits: limits.y, step: xTicks.step)
    yTicks =
      same.values.count > 2
      ? same
      : AxisTicks.fitting(
        limits: limits.y, length: height, margin: 1, gap: font.size * 0.4
      ) { _ in font.size }
  }

  /// The widest label beside the frame, in points.
  func labelWidth(_ measure: TextMeasure) -> Double {
    yTicks.labels.map { measure.width(of: $0, font: font) }.max() ?? 0
  }

  /// Draws the axes of `panel`. A tick whose label would reach further than `margin` beyond the
  /// frame sideways is left out, so that neighbours never touch.
  func draw(
    on scene: inout Scene, panel: Panel, labelsX: Bool, labelsY: Bool, margin: Double,
    measure: TextMeasure
  ) {
    let frame = panel.frame
    let line = Stroke(theme.frame, width: lineWidth)
    let height = measure.extent(of: "0", font: font)
    for (value, label) in zip(xTicks.values, xTicks.labels) where labelsX {
      let x = panel.page(SIMD2(value, 0)).x
      let half = measure.width(of: label, font: font) / 2
      guard x - half >= frame.x - margin, x + half <= frame.maxX + margin else { continue }
      scene.stroke(
        .line(from: SIMD2(x, frame.maxY), to: SIMD2(x, frame.maxY + tickLength)), line)
      scene.write(
        StyledText(label), at: SIMD2(x, frame.maxY + tickLength + 1 + height.ascent), font: font,
        colour: theme.ink, anchor: .middle)
    }
    for (value, label) in zip(yTicks.values, yTicks.labels) where labelsY {
      let y = panel.page(SIMD2(0, value)).y
      scene.stroke(.line(from: SIMD2(frame.x - tickLength, y), to: SIMD2(frame.x, y)), line)
      // Digits stand about 0.73 em above the baseline: half of that centres them on the tick.
      scene.write(
        StyledText(label), at: SIMD2(frame.x - tickLength - 1.5, y + font.size * 0.365),
        font: font, colour: theme.ink, anchor: .end)
    }
    scene.stroke(.rectangle(frame), line)
  }
}
