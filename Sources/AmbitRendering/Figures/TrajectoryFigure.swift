/// The way of the checkpoints through one plane: centroids joined by arrows, each on the outline of its
/// cloud, and beside it how far the clouds spread against the training step.
///
/// The series stands in a panel of its own beside the plane, not over it: an inset would cover
/// outlines.
public struct TrajectoryFigure: Figure {
  /// `trajectory`
  public static let name = "trajectory"

  /// Spread against step.
  public struct Series: Sendable, Hashable, Codable {
    /// Above the frame, such as "log dispersion".
    public var label: String
    /// One a checkpoint; nil for checkpoints by name, side by side.
    public var positions: [Double]?
    /// Below the frame.
    public var positionLabel: String
    /// Whether steps stand a logarithm apart.
    public var isLogarithmic: Bool
    /// One a checkpoint.
    public var values: [Estimate?]
    /// Where values lie that differ from the baseline by chance alone.
    public var null: ClosedRange<Double>?
    /// The baseline's value, or 0 for effects: a thin line.
    public var reference: Double?

    /// A series.
    public init(
      label: String, positions: [Double]? = nil, positionLabel: String = "training step",
      isLogarithmic: Bool = false, values: [Estimate?], null: ClosedRange<Double>? = nil,
      reference: Double? = nil
    ) {
      self.label = label
      self.positions = positions
      self.positionLabel = positionLabel
      self.isLogarithmic = isLogarithmic
      self.values = values
      self.null = null
      self.reference = reference
    }
  }

  /// All of the study.
  public var checkpoints: FigureCheckpoints
  /// With the variance explained.
  public var xLabel: String
  /// As for x.
  public var yLabel: String
  /// One a checkpoint.
  public var centroids: [SIMD2<Double>]
  /// The corners of a hull or of an ellipse, one list a checkpoint; empty for none.
  public var outlines: [[SIMD2<Double>]]
  /// Such as "95 % hull".
  public var outlineLabel: String
  /// The checkpoints through which the arrows lead, in order.
  public var path: [Int]
  /// Beside the plane; nil for the plane alone.
  public var series: Series?
  /// Around the panels.
  public var text: FigureText

  /// A way through all checkpoints in order, unless a path is given.
  public init(
    checkpoints: FigureCheckpoints, xLabel: String, yLabel: String, centroids: [SIMD2<Double>],
    outlines: [[SIMD2<Double>]], outlineLabel: String = "95 % hull", path: [Int]? = nil,
    series: Series? = nil, text: FigureText = FigureText()
  ) {
    precondition(
      centroids.count == checkpoints.names.count && outlines.count == centroids.count,
      "a centroid and an outline a checkpoint")
    self.checkpoints = checkpoints
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.centroids = centroids
    self.outlines = outlines
    self.outlineLabel = outlineLabel
    self.path = path ?? Array(checkpoints.names.indices)
    self.series = series
    self.text = text
  }

  /// - Throws: `RenderingError` of code `empty` for no checkpoint, `notFinite` for NaN or infinity.
  public func validate() throws(RenderingError) {
    if centroids.isEmpty { throw RenderingError.nothingToDraw(Self.name, "checkpoint") }
    for (index, outline) in outlines.enumerated() {
      for point in outline + [centroids[index]] where !(point.x.isFinite && point.y.isFinite) {
        throw RenderingError(
          .notFinite, subject: "\(Self.name) of \(checkpoints.names[index])",
          problem: "expected finite coordinates, found (\(point.x), \(point.y))",
          hint: "look for NaN or infinity in this checkpoint's vectors")
      }
    }
  }

  /// The figure.
  public func drawing(_ settings: FigureSettings) -> Scene {
    let style = CheckpointStyle(checkpoints, theme: settings.theme)
    let plane = Self.limits(outlines + centroids.map { [$0] })
    let isWide = !settings.isNarrow
    let frameWidth = settings.width * 72 * (series != nil && isWide ? 0.4 : 0.86)
    let aspect = min(max(plane.height / plane.width, 0.6), 1)
    let limits = plane.widened(toAspect: aspect)
    var panels = [
      Chart.Panel(
        name: StyledText(label: yLabel).plain, x: .linear(limits.x, label: xLabel),
        y: .linear(limits.y)
      ) { frame, scene in
        drawPlane(style, in: frame, on: &scene)
      }
    ]
    if let series, !series.values.extremes.isEmpty {
      let lines = MetricLinesFigure(
        checkpoints: checkpoints, positions: series.positions,
        positionLabel: series.positionLabel, isLogarithmic: series.isLogarithmic, lines: [path],
        panels: [
          .init(
            label: series.label, values: series.values, null: series.null,
            reference: series.reference)
        ])
      var panel = lines.chart(settings).panels[0]
      if !isWide { panel.height = frameWidth * 0.45 }
      panels.append(panel)
    }
    var chart = Chart(panels: panels, columns: isWide ? panels.count : 1, text: text)
    chart.aspect = aspect
    let font = settings.font(-1)
    chart.legend = [style.legend(checkpoints.baselineFirst, font: font), signs(settings)]
    return chart.scene(settings)
  }

  private static func limits(_ groups: [[SIMD2<Double>]]) -> DataLimits {
    DataLimits.robust(for: [groups.flatMap { $0 }]).padded(by: 0.05)
  }

  private func signs(_ settings: FigureSettings) -> [Legend.Entry] {
    let ink = settings.theme.ink
    var entries: [Legend.Entry] = []
    if outlines.contains(where: { $0.count > 1 }) {
      entries.append(.line(outlineLabel, Stroke(ink, width: 1)))
    }
    if checkpoints.isOrdered, path.count > 1 { entries.append(.arrow("centroid path", settings)) }
    if let series, series.null != nil {
      entries.append(.swatch("null band: the baseline against itself", settings.theme.null))
    }
    return entries
  }

  private func drawPlane(
    _ style: CheckpointStyle, in frame: ChartFrame, on scene: inout Scene
  ) {
    let panel = frame.panel
    let isCrowded = checkpoints.names.count > 8
    let width = frame.settings.fontSize * (isCrowded ? 0.08 : 0.13)
    let theme = frame.theme
    let order = checkpoints.baselineFirst
    scene.clip(to: frame.frame) { scene in
      for index in order where !isCrowded {
        scene.fill(panel.outline(outlines[index]), style.colour(index).with(alpha: 0.06))
      }
      for index in order {
        scene.stroke(panel.outline(outlines[index]), style.line(index, width: width))
      }
    }
    let places = centroids.map(panel.page)
    let inset = inset(of: places, in: panel, frame.settings)
    scene.clip(to: frame.frame) { scene in
      if let inset { inset.draw(frame.settings, on: &scene) }
      drawWay(places, style, frame.settings, on: &scene)
    }
    if let inset {
      scene.clip(to: inset.frame) { scene in
        drawWay(places.map(inset.page), style, frame.settings, on: &scene)
      }
    }
    scene.add(panel.outsideMarks(of: centroids, size: 4, colour: theme.mark))
  }

  /// Centroids that are crowded in the plane are shown once more, enlarged, in a corner.
  private func inset(
    of places: [SIMD2<Double>], in panel: Panel, _ settings: FigureSettings
  ) -> Inset? {
    Inset(
      of: places, in: panel.frame, avoiding: outlines.map(panel.page),
      reach: 0.5 * largest(settings) + 1, labelSize: Inset.labelSize(settings))
  }

  private func largest(_ settings: FigureSettings) -> Double { settings.fontSize * 0.62 }

  /// Draws the arrows from place to place, and the symbols.
  private func drawWay(
    _ places: [SIMD2<Double>], _ style: CheckpointStyle, _ settings: FigureSettings,
    on scene: inout Scene
  ) {
    let theme = settings.theme
    let largest = largest(settings)
    let way = CentroidPath(places: places, order: checkpoints.isOrdered ? path : [])
    let arrows = way.arrows(Stroke(theme.mark, width: 0.6), headLength: 4, largest: largest)
    let isDense = Self.length(way) < Double(way.steps.count) * 2.2 * largest
    if isDense {
      drawLine(way, theme, on: &scene)
    } else {
      scene.add(arrows.flatMap { $0.casing(theme.background) })
      scene.add(arrows.flatMap(\.marks))
    }
    for index in checkpoints.baselineFirst {
      let own = way.markerSize(of: index, largest: largest)
      let size = isDense ? max(own, largest * 0.45) : own
      scene.add(
        .symbols(
          style.shape(index), size: size, colour: style.colour(index), theme,
          at: [way.places[index]]))
    }
  }

  private static func length(_ way: CentroidPath) -> Double {
    way.steps.reduce(0) { sum, step in
      let line = way.places[step.end] - way.places[step.start]
      return sum + (line * line).sum().squareRoot()
    }
  }

  /// Many short steps are one line: arrows between them would be crumbs.
  private func drawLine(_ way: CentroidPath, _ theme: Theme, on scene: inout Scene) {
    let line = Path.polyline(path.map { way.places[$0] })
    scene.stroke(line, Stroke(theme.background.with(alpha: 0.9), width: 2.4))
    scene.stroke(line, Stroke(theme.mark, width: 0.8))
  }
}
