/// A few prompts, each in a panel of its own: what every checkpoint answered to it, with outlines. All
/// panels have the same scale, each about its own middle, so that sizes compare between prompts.
public struct PromptPanelsFigure: Figure {
  /// `prompt_panels`
  public static let name = "prompt_panels"

  /// One checkpoint's answers to one prompt.
  public struct Cloud: Sendable, Hashable, Codable {
    /// Empty where the checkpoint has none.
    public var points: [SIMD2<Double>]
    /// The corners of their hull, in order; fewer than three if degenerate.
    public var outline: [SIMD2<Double>]

    /// A cloud.
    public init(points: [SIMD2<Double>], outline: [SIMD2<Double>] = []) {
      self.points = points
      self.outline = outline
    }
  }

  /// One prompt.
  public struct Panel: Sendable, Hashable, Codable {
    /// The prompt; shortened where it does not fit into three lines.
    public var title: String
    /// Why it is shown, such as "largest loss"; none if empty.
    public var role: String
    /// One a checkpoint.
    public var clouds: [Cloud]

    /// A panel.
    public init(title: String, role: String = "", clouds: [Cloud]) {
      self.title = title
      self.role = role
      self.clouds = clouds
    }
  }

  /// All of the study.
  public var checkpoints: FigureCheckpoints
  /// Usually six to twelve.
  public var panels: [Panel]
  /// Below the panels.
  public var xLabel: String
  /// Beside the panels.
  public var yLabel: String
  /// Around the panels.
  public var text: FigureText

  /// Panels of prompts.
  public init(
    checkpoints: FigureCheckpoints, panels: [Panel], xLabel: String, yLabel: String,
    text: FigureText = FigureText()
  ) {
    precondition(
      panels.allSatisfy { $0.clouds.count == checkpoints.names.count }, "a cloud a checkpoint")
    self.checkpoints = checkpoints
    self.panels = panels
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.text = text
  }

  /// - Throws: `RenderingError` of code `empty` for no point, `notFinite` for NaN or infinity.
  public func validate() throws(RenderingError) {
    if shown.isEmpty { throw RenderingError.nothingToDraw(Self.name, "point") }
    for panel in panels {
      for point in panel.clouds.flatMap({ $0.points + $0.outline })
      where !(point.x.isFinite && point.y.isFinite) {
        throw RenderingError(
          .notFinite, subject: "\(Self.name) of \(panel.title)",
          problem: "expected finite coordinates, found (\(point.x), \(point.y))",
          hint: "look for NaN or infinity in the vectors of this prompt's outputs")
      }
    }
  }

  private var shown: [Panel] {
    panels.filter { panel in panel.clouds.contains { !$0.points.isEmpty } }
  }

  /// The figure.
  public func drawing(_ settings: FigureSettings) -> Scene {
    let style = CheckpointStyle(checkpoints, theme: settings.theme)
    let shown = self.shown
    let boxes = shown.map { DataLimits.robust(for: $0.clouds.map(\.points)).padded(by: 0.07) }
    let span = boxes.map { max($0.width, $0.height) }.max() ?? 1
    let small = settings.font(-1)
    let drawn = checkpoints.baselineFirst.filter { index in
      shown.contains { !$0.clouds[index].points.isEmpty }
    }
    var chart = Chart(
      panels: zip(shown, boxes).enumerated().map { number, pair in
        let (panel, box) = pair
        let middle = SIMD2(
          (box.x.lowerBound + box.x.upperBound) / 2, (box.y.lowerBound + box.y.upperBound) / 2)
        return Chart.Panel(
          name: panel.title.isEmpty ? " " : panel.title,
          x: .bare((middle.x - span / 2)...(middle.x + span / 2), label: xLabel),
          y: .bare((middle.y - span / 2)...(middle.y + span / 2))
        ) { frame, scene in
          draw(panel, drawn, style, in: frame, on: &scene)
          if number == 0 { drawScale(span, in: frame, on: &scene) }
        }
      }, text: text)
    chart.aspect = 1
    chart.yLabel = yLabel
    chart.hidesY = true
    chart.border = .all
    chart.preferredWidth = 13.5
    chart.headRoom = shown.contains { !$0.role.isEmpty } ? TextBlock.lineHeight(small) : 0
    chart.legend = [style.legend(drawn, font: small)]
    return chart.scene(settings)
  }

  private func draw(
    _ panel: Panel, _ drawn: [Int], _ style: CheckpointStyle, in frame: ChartFrame,
    on scene: inout Scene
  ) {
    let plane = frame.panel
    let total = panel.clouds.reduce(0) { $0 + $1.points.count }
    let points = PointStyle(count: total, panelWidth: frame.frame.width)
    let width = frame.settings.fontSize * (drawn.count > 8 ? 0.07 : 0.11)
    scene.clip(to: frame.frame) { scene in
      for index in drawn {
        let cloud = panel.clouds[index]
        if drawn.count <= 8 {
          scene.fill(plane.outline(cloud.outline), style.colour(index).with(alpha: 0.05))
        }
        scene.add(
          plane.cloud(
            cloud.points, style.shape(index), size: points.size, colour: style.colour(index),
            alpha: points.alpha, theme: frame.theme))
      }
      for index in drawn {
        scene.stroke(
          plane.outline(panel.clouds[index].outline), style.line(index, width: width))
      }
    }
    for index in drawn {
      scene.add(
        plane.outsideMarks(
          of: panel.clouds[index].points, size: 3, colour: style.colour(index)))
    }
    if panel.role.isEmpty { return }
    let small = frame.settings.font(-1, .bold)
    let role =
      TextMeasure().fit(panel.role, font: small, width: frame.frame.width).first ?? ""
    scene.write(
      StyledText(StyledText.typographic(role)),
      at: SIMD2(frame.frame.x, frame.frame.y - small.size * 0.4), font: small,
      colour: frame.theme.ink)
  }

  /// A bar of a round length in a corner of the first panel, with its length.
  private func drawScale(_ span: Double, in frame: ChartFrame, on scene: inout Scene) {
    let length = AxisTicks.roundStep(length: span, atMost: 8)
    let ticks = AxisTicks(limits: 0...length, step: length)
    let small = frame.settings.font(-2)
    let end = SIMD2(frame.frame.maxX - 4, frame.frame.maxY - 4)
    let start = end - SIMD2(length / span * frame.frame.width, 0)
    scene.stroke(.line(from: start, to: end), Stroke(frame.theme.mark, width: 1))
    let number = StyledText(ticks.labels.last ?? "")
    let label = ticks.exponentLabel.map { number + StyledText(" ") + $0 } ?? number
    scene.write(
      label, at: SIMD2(end.x, end.y - 2.5), font: small, colour: frame.theme.ink, anchor: .end)
  }
}
