extension DriftPlotLayout {
  var boldWidth: Double { 1.3 }
  var thinWidth: Double { 0.5 }
  static let ghostDash = [2.4, 1.6]

  func colour(of checkpoint: Int) -> Colour {
    data.others.firstIndex(of: checkpoint).map { palette.colours[$0] } ?? Palette.baseline
  }

  func shape(of checkpoint: Int) -> MarkerShape {
    guard let place = data.others.firstIndex(of: checkpoint) else { return .circle }
    // The circle is the baseline's, unless colours alone tell the steps of a ramp.
    return palette.isRamp ? .circle : MarkerShape.allCases[place + 1]
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
      if index != data.baseline { drawGhost(in: panel, on: &scene) }
      scene.add(
        .markers(
          Markers(
            shape(of: index), size: style.size, fill: colour.with(alpha: style.alpha),
            at: visible(checkpoint.points, in: panel))))
      scene.stroke(panel.outline(checkpoint.hull100), Stroke(colour, width: thinWidth))
      // A white line under the bold one keeps it apart from a dense cloud.
      let outline = panel.outline(checkpoint.hull95)
      scene.stroke(outline, Stroke(.grey(1, alpha: 0.8), width: boldWidth + 1))
      scene.stroke(outline, Stroke(colour, width: boldWidth))
      drawCentroid(at: panel.page(checkpoint.centroid), shape: .cross, colour: colour, on: &scene)
    }
    scene.add(panel.outsideMarks(of: checkpoint.points, size: 3, colour: colour))
    drawAxes(of: panel, at: position, on: &scene)
  }

  /// The baseline's points and 95 % hull in grey.
  private func drawGhost(in panel: Panel, on scene: inout Scene) {
    let baseline = data.checkpoints[data.baseline]
    let style = style(of: data.baseline)
    scene.add(
      .markers(
        Markers(
          .circle, size: style.size, fill: Palette.ghost.with(alpha: style.alpha * 0.55),
          at: visible(baseline.points, in: panel))))
    scene.stroke(
      panel.outline(baseline.hull95),
      Stroke(Palette.baseline, width: 0.8, dash: Self.ghostDash))
  }

  private func visible(_ points: [SIMD2<Double>], in panel: Panel) -> [SIMD2<Double>] {
    panel.page(points.filter(limits.contains))
  }

  func drawCentroid(
    at place: SIMD2<Double>, shape: MarkerShape, colour: Colour, on scene: inout Scene
  ) {
    let size = settings.fontSize * 0.7
    scene.add(
      .markers(
        Markers(shape, size: size, fill: .white, edge: Stroke(.white, width: 1.6), at: [place])))
    scene.add(.markers(Markers(shape, size: size, fill: colour, at: [place])))
  }

  func drawAxes(of panel: Panel, at position: Int, on scene: inout Scene) {
    axes.draw(
      on: &scene, panel: panel, labelsX: grid.isLowestOfColumn(position),
      labelsY: position % grid.columns == 0, margin: grid.gap / 2 - 1, measure: measure)
  }
}
