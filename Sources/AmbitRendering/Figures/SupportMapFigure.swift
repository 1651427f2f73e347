/// What was kept, lost and gained: the baseline's outputs on the map, those of lost clusters marked, with
/// the checkpoint's outputs of gained clusters; below, two bars with the shares of each cloud's outputs in
/// lost, kept and gained clusters.
public struct SupportMapFigure: Figure {
  /// `support_map`
  public static let name = "support_map"

  /// Shares of one cloud's outputs. They sum to 1 where every output is in a cluster.
  public struct Mass: Sendable, Hashable, Codable {
    /// In clusters that the checkpoint lost.
    public var lost: Double
    /// In clusters that both have.
    public var kept: Double
    /// In clusters that the checkpoint gained.
    public var gained: Double

    /// Shares in 0…1.
    public init(lost: Double, kept: Double, gained: Double) {
      self.lost = lost
      self.kept = kept
      self.gained = gained
    }
  }

  /// One checkpoint against the baseline.
  public struct Panel: Sendable, Hashable, Codable {
    /// Its index.
    public var checkpoint: Int
    /// The baseline's outputs in lost clusters.
    public var lost: [SIMD2<Double>]
    /// The baseline's other outputs.
    public var kept: [SIMD2<Double>]
    /// The checkpoint's outputs in gained clusters.
    public var gained: [SIMD2<Double>]
    /// The checkpoint's other outputs.
    public var shared: [SIMD2<Double>]
    /// Of the baseline's outputs: the upper bar.
    public var baselineMass: Mass
    /// Of the checkpoint's outputs: the lower bar.
    public var checkpointMass: Mass

    /// A panel.
    public init(
      checkpoint: Int, lost: [SIMD2<Double>], kept: [SIMD2<Double>], gained: [SIMD2<Double>],
      shared: [SIMD2<Double>], baselineMass: Mass, checkpointMass: Mass
    ) {
      self.checkpoint = checkpoint
      self.lost = lost
      self.kept = kept
      self.gained = gained
      self.shared = shared
      self.baselineMass = baselineMass
      self.checkpointMass = checkpointMass
    }

    fileprivate var all: [SIMD2<Double>] { lost + kept + gained + shared }
  }

  /// All of the study, with its baseline.
  public var checkpoints: FigureCheckpoints
  /// Below the panels.
  public var xLabel: String
  /// Beside the panels.
  public var yLabel: String
  /// One a compared checkpoint.
  public var panels: [Panel]
  /// Around the panels.
  public var text: FigureText

  /// A map.
  public init(
    checkpoints: FigureCheckpoints, xLabel: String, yLabel: String, panels: [Panel],
    text: FigureText = FigureText()
  ) {
    precondition(
      panels.allSatisfy { checkpoints.names.indices.contains($0.checkpoint) },
      "no such checkpoint")
    self.checkpoints = checkpoints
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.panels = panels
    self.text = text
  }

  /// - Throws: `RenderingError` of code `empty` for no point, `notFinite` for NaN or infinity.
  public func validate() throws(RenderingError) {
    guard panels.contains(where: { !$0.all.isEmpty }) else {
      throw RenderingError.nothingToDraw(Self.name, "point")
    }
    for panel in panels {
      for point in panel.all where !(point.x.isFinite && point.y.isFinite) {
        throw RenderingError(
          .notFinite, subject: "\(Self.name) of \(checkpoints.names[panel.checkpoint])",
          problem: "expected finite coordinates, found (\(point.x), \(point.y))",
          hint: "look for NaN or infinity in this checkpoint's vectors")
      }
    }
  }

  /// The figure.
  public func drawing(_ settings: FigureSettings) -> Scene {
    let style = CheckpointStyle(checkpoints, theme: settings.theme)
    let tight = DataLimits.robust(for: panels.map(\.all)).padded(by: 0.05)
    // One panel has the whole width, and would take a whole page.
    let aspect = min(max(tight.height / tight.width, 0.6), panels.count == 1 ? 0.65 : 1.1)
    let limits = tight.widened(toAspect: aspect)
    var chart = Chart(
      panels: panels.map { panel in
        Chart.Panel(
          name: checkpoints.names[panel.checkpoint],
          symbol: (style.shape(panel.checkpoint), style.colour(panel.checkpoint)),
          x: .bare(limits.x, label: xLabel), y: .bare(limits.y)
        ) { frame, scene in
          draw(panel, in: frame, on: &scene)
          let (height, gap) = (settings.fontSize * 0.95, settings.fontSize * 0.35)
          let bars = [
            (checkpoints.baseline, panel.baselineMass), (panel.checkpoint, panel.checkpointMass),
          ]
          for (number, bar) in bars.enumerated() {
            let top = frame.frame.maxY + gap + Double(number) * (height + gap)
            let box = Rectangle(
              x: frame.frame.x, y: top, width: frame.frame.width, height: height)
            draw(bar.1, symbolOf: bar.0, style, in: box, frame.settings, on: &scene)
          }
        }
      }, text: text)
    chart.aspect = aspect
    chart.yLabel = yLabel
    chart.hidesY = true
    chart.border = .all
    chart.preferredWidth = 18
    chart.footRoom = settings.fontSize * 2.9
    chart.legend = [legend(settings)]
    return chart.scene(settings)
  }

  private func draw(_ panel: Panel, in frame: ChartFrame, on scene: inout Scene) {
    let plane = frame.panel
    let theme = frame.theme
    let style = PointStyle(count: panel.all.count, panelWidth: frame.frame.width)
    let layers = [
      Layer(panel.kept, .circle, theme.kept, alpha: style.alpha * 0.8, scale: 1),
      Layer(panel.shared, .circle, theme.ink, alpha: style.alpha * 0.5, scale: 0.6),
      Layer(panel.gained, .triangleUp, theme.gained, alpha: max(style.alpha, 0.5), scale: 1.15),
      Layer(panel.lost, .triangleDown, theme.lost, alpha: max(style.alpha, 0.5), scale: 1.15),
    ]
    scene.clip(to: frame.frame) { scene in
      for layer in layers {
        scene.add(
          plane.cloud(
            layer.points, layer.shape, size: style.size * layer.scale, colour: layer.colour,
            alpha: layer.alpha, theme: theme))
      }
    }
    for layer in layers {
      scene.add(plane.outsideMarks(of: layer.points, size: 3, colour: layer.colour))
    }
  }

  /// Points of one fate.
  private struct Layer {
    var points: [SIMD2<Double>]
    var shape: MarkerShape
    var colour: Colour
    var alpha: Double
    var scale: Double

    init(
      _ points: [SIMD2<Double>], _ shape: MarkerShape, _ colour: Colour, alpha: Double,
      scale: Double
    ) {
      self.points = points
      self.shape = shape
      self.colour = colour
      self.alpha = alpha
      self.scale = scale
    }
  }

  /// A bar behind the symbol of its cloud, with the shares that fit written into it.
  private func draw(
    _ mass: Mass, symbolOf index: Int?, _ style: CheckpointStyle, in box: Rectangle,
    _ settings: FigureSettings, on scene: inout Scene
  ) {
    let theme = settings.theme
    let size = settings.fontSize * 0.6
    let indent = settings.fontSize
    if let index {
      scene.add(
        .markers(
          Markers(
            style.shape(index), size: size, fill: style.colour(index),
            at: [SIMD2(box.x + size * 0.6, box.midY)])))
    }
    let font = settings.font(-2)
    let measure = TextMeasure()
    var left = box.x + indent
    let parts = [
      (mass.kept, theme.kept), (mass.lost, theme.lost), (mass.gained, theme.gained),
    ]
    for (share, colour) in parts where share.isFinite && share > 0 {
      let width = min(share, 1) * (box.width - indent)
      let part = Rectangle(x: left, y: box.y, width: width, height: box.height)
      scene.fill(.rectangle(part), colour)
      let label = StyledText("\(DecimalText.fixed(100 * share, decimals: 0)) %")
      if measure.extent(of: label, font: font).width + 3 < width {
        scene.write(
          label, at: SIMD2(part.midX, part.midY + font.size * 0.36), font: font,
          colour: theme.ink(on: colour), anchor: .middle)
      }
      left += width
    }
  }

  private func legend(_ settings: FigureSettings) -> [Legend.Entry] {
    let theme = settings.theme
    let size = settings.fontSize * 0.6
    let baseline = checkpoints.baseline.map { checkpoints.names[$0] } ?? "baseline"
    return [
      .symbol("\(baseline), kept", .circle, theme.kept, size: size),
      .symbol("\(baseline), lost", .triangleDown, theme.lost, size: size),
      .symbol("checkpoint, gained", .triangleUp, theme.gained, size: size),
      .symbol("checkpoint, shared", .circle, theme.ink.with(alpha: 0.5), size: size * 0.7),
      .swatch("bars: shares of each one's outputs", theme.kept),
    ]
  }
}
