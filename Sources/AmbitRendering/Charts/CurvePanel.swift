/// Curves of checkpoints in one frame: a line with its band each, symbols at chosen values of x.
struct CurvePanel {
  /// One checkpoint's curve.
  struct Curve {
    var checkpoint: Int
    var xs: [Double]
    var values: [Estimate?]
    /// Behind this value the line is dotted; nil for none of it.
    var solidUntil: Double?
    /// Where the checkpoint's symbol stands on the line.
    var symbolsAt: [Double] = []
  }

  let curves: [Curve]
  let style: CheckpointStyle
  let settings: FigureSettings

  /// More bands than this over one another are mud.
  private static let bandLimit = 6

  private var lineWidth: Double { (curves.count > 12 ? 0.08 : 0.13) * settings.fontSize }
  private var symbolSize: Double { settings.fontSize * 0.55 }

  /// Draws bands, then lines, then symbols; the baseline below the others.
  func draw(in frame: ChartFrame, on scene: inout Scene) {
    let ordered =
      curves.filter { $0.checkpoint == style.checkpoints.baseline }
      + curves.filter { $0.checkpoint != style.checkpoints.baseline }
    scene.clip(to: frame.frame.inset(by: -1)) { scene in
      for curve in ordered where curves.count <= Self.bandLimit {
        let colour = style.colour(curve.checkpoint).with(alpha: 0.16)
        scene.add(frame.bands(ChartFrame.stretches(curve.xs, curve.values), colour))
      }
      for curve in ordered { scene.add(lines(of: curve, in: frame)) }
    }
    for curve in ordered {
      let places = curve.symbolsAt.compactMap { x in
        value(of: curve, at: x).map { frame.page(x, $0) }
      }
      scene.add(
        frame.symbols(
          style.shape(curve.checkpoint), size: symbolSize, colour: style.colour(curve.checkpoint),
          at: places))
    }
  }

  private func lines(of curve: Curve, in frame: ChartFrame) -> [Mark] {
    var stroke = Stroke(style.colour(curve.checkpoint), width: lineWidth)
    if curve.checkpoint != style.checkpoints.baseline { stroke.dash = style.dash(curve.checkpoint) }
    guard let limit = curve.solidUntil else {
      return frame.lines(ChartFrame.stretches(curve.xs, curve.values), stroke)
    }
    func part(_ isIn: (Double) -> Bool) -> [Mark] {
      let middle = value(of: curve, at: limit)
      let points =
        zip(curve.xs, curve.xs.indices.map { curve.values.finite($0) })
        .filter { isIn($0.0) && $0.0 != limit } + (middle.map { [(limit, Estimate($0))] } ?? [])
      let sorted = points.sorted { $0.0 < $1.0 }
      return frame.lines(ChartFrame.stretches(sorted.map(\.0), sorted.map(\.1)), stroke)
    }
    let solid = part { $0 <= limit }
    stroke.dash = [1.2 * lineWidth, 2.2 * lineWidth]
    return solid + part { $0 >= limit }
  }

  /// The value of a curve at `x`, on the straight line between its neighbours.
  func value(of curve: Curve, at x: Double) -> Double? {
    let points = curve.xs.indices.compactMap { index in
      curve.values.finite(index).map { (curve.xs[index], $0.value) }
    }
    if let exact = points.first(where: { $0.0 == x }) { return exact.1 }
    for (first, second) in zip(points, points.dropFirst()) where first.0 < x && x < second.0 {
      return first.1 + (second.1 - first.1) * (x - first.0) / (second.0 - first.0)
    }
    return nil
  }
}

/// Names at the right ends of curves, joined to them by leaders where they had to move.
struct CurveNames {
  let names: [(checkpoint: Int, name: String)]
  let room: Double
  private let settings: FigureSettings
  private let measure = TextMeasure()

  /// More names than this stand in a legend.
  private static let limit = 8
  private static let leaderLength = 9.0

  private var font: Font { settings.font(-1) }

  /// nil where a legend serves better: many curves, or curves that end at different places.
  init?(_ curves: [CurvePanel.Curve], _ checkpoints: FigureCheckpoints, settings: FigureSettings) {
    self.settings = settings
    let ends = curves.compactMap { curve in
      curve.xs.indices.last { curve.values.finite($0) != nil }.map { curve.xs[$0] }
    }
    guard curves.count <= Self.limit, ends.count == curves.count, Set(ends).count == 1 else {
      return nil
    }
    let measure = TextMeasure()
    let limit = settings.width * 72 * 0.26
    let font = settings.font(-1)
    names = curves.map { curve in
      let name = checkpoints.names[curve.checkpoint]
      return (curve.checkpoint, measure.fit(name, font: font, width: limit).first ?? "")
    }
    room =
      (names.map { measure.width(of: $0.name, font: font) }.max() ?? 0)
      + Self.leaderLength + 2
  }

  /// Writes the names to the right of the frame, at the heights of the curves' ends.
  func draw(_ panel: CurvePanel, in frame: ChartFrame, on scene: inout Scene) {
    let ends = panel.curves.map { curve in
      let index = curve.xs.indices.last { curve.values.finite($0) != nil }!
      return frame.page(curve.xs[index], curve.values[index]!.value)
    }
    let height = names.map { measure.extent(of: StyledText($0.name), font: font).height }
      .reduce(TextBlock.lineHeight(font), max)
    let range = (frame.frame.y - height / 2)...(frame.frame.maxY + height / 2)
    let middles = LabelSpread.middles(ends.map(\.y), height: height, in: range)
    for (index, end) in ends.enumerated() {
      let start = SIMD2(max(end.x, frame.frame.maxX) + 1.5, end.y)
      let place = SIMD2(frame.frame.maxX + Self.leaderLength, middles[index])
      let colour = panel.style.colour(names[index].checkpoint)
      scene.stroke(
        .polyline([start, place - SIMD2(1.5, 0)]), Stroke(colour, width: 0.5))
      scene.write(
        StyledText(names[index].name), at: place + SIMD2(1, font.size * 0.35), font: font,
        colour: settings.theme.ink)
    }
  }
}
