extension DriftPlotLayout {
  var boldWidth: Double { 1.3 * inkScale }
  var thinWidth: Double { 0.5 * inkScale }
  var ghostStroke: Stroke {
    Stroke(theme.baseline, width: 0.8 * inkScale, dash: Self.ghostDash.map { $0 * inkScale })
  }
  static let ghostDash = [2.4, 1.6]
  /// A cloud of more points is dense enough to swallow a line of its colour.
  private static let denseCount = 200
  var theme: Theme { settings.theme }

  func colour(of checkpoint: Int) -> Colour {
    palette.colour(ofOther: data.others.firstIndex(of: checkpoint))
  }

  func shape(of checkpoint: Int) -> MarkerShape {
    palette.shape(ofOther: data.others.firstIndex(of: checkpoint))
  }

  func style(of checkpoint: Int) -> PointStyle {
    PointStyle(count: data.checkpoints[checkpoint].points.count, panelWidth: grid.panelWidth)
  }

  /// Draws the panel of one checkpoint over the ghost of the baseline.
  func drawPanel(of index: Int, at position: Int, on scene: inout Scene) {
    let panel = panel(at: position)
    let checkpoint = data.checkpoints[index]
    let colour = colour(of: index)
    let style = style(of: index)
    scene.clip(to: panel.frame) { scene in
      if index != data.baseline { drawGhostPoints(in: panel, on: &scene) }
      scene.add(
        panel.cloud(
          checkpoint.points, shape(of: index), size: style.size, colour: colour,
          alpha: style.alpha, theme: theme))
      let outline = panel.outline(checkpoint.hull95)
      if checkpoint.points.count > Self.denseCount {
        // A white line under the bold one keeps it apart from a dense cloud; under all other lines,
        // so that it breaks none of them.
        scene.stroke(outline, Stroke(theme.background.with(alpha: 0.75), width: boldWidth + 1))
      }
      if index != data.baseline {
        scene.stroke(panel.outline(data.checkpoints[data.baseline].hull95), ghostStroke)
      }
      scene.stroke(panel.outline(checkpoint.hull100), Stroke(colour, width: thinWidth))
      scene.stroke(outline, Stroke(colour, width: boldWidth))
      drawCentroid(
        at: panel.page(checkpoint.centroid), shape: .cross, colour: theme.mark,
        size: settings.fontSize * 0.62, on: &scene)
    }
    scene.add(panel.outsideMarks(of: [checkpoint.centroid], size: 5, colour: theme.mark))
    scene.add(panel.outsideMarks(of: checkpoint.points, size: 3, colour: colour))
    drawAxes(of: panel, at: position, on: &scene)
  }

  /// The baseline's points in light grey.
  private func drawGhostPoints(in panel: Panel, on scene: inout Scene) {
    let baseline = data.checkpoints[data.baseline]
    let style = style(of: data.baseline)
    scene.add(
      panel.cloud(
        baseline.points, .circle, size: style.size, colour: theme.ghost, alpha: style.alpha,
        strength: 0.55, theme: theme))
  }

  func drawCentroid(
    at place: SIMD2<Double>, shape: MarkerShape, colour: Colour, size: Double,
    on scene: inout Scene
  ) {
    let scaled = size * (inkScale + 1) / 2
    scene.add(
      .markers(
        Markers(
          shape, size: scaled, fill: theme.background, edge: Stroke(theme.background, width: 1.6),
          at: [place])))
    scene.add(.markers(Markers(shape, size: scaled, fill: colour, at: [place])))
  }

  func drawAxes(of panel: Panel, at position: Int, on scene: inout Scene) {
    axes.draw(
      on: &scene, panel: panel, labelsX: grid.isLowestOfColumn(position),
      labelsY: position % grid.columns == 0, margin: grid.gap / 2 - 1, measure: measure)
  }
}
