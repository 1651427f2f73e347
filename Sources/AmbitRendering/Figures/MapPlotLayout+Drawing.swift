extension MapPlotLayout {
  /// Draws the whole figure.
  func draw(on scene: inout Scene) {
    title.draw(on: &scene, x: Self.margin, top: Self.margin)
    for (position, index) in order.enumerated() { drawPanel(of: index, at: position, on: &scene) }
    if hasOverview { drawOverview(on: &scene) }
    for position in names.lines.indices {
      let index = position < order.count && data.valueLabel == nil ? order[position] : nil
      names.draw(
        position, above: grid.frame(position), shape: index.map(shape), colour: index.map(colour),
        theme: settings.theme, on: &scene)
    }
    legend.draw(
      on: &scene, in: Rectangle(x: Self.margin, y: legendTop, width: fullWidth, height: 0))
    caption.draw(on: &scene, x: Self.margin, top: captionTop)
  }

  private func style(_ count: Int) -> PointStyle {
    PointStyle(count: count, panelWidth: grid.panelWidth)
  }

  /// One checkpoint over the pale points of all others.
  private func drawPanel(of index: Int, at position: Int, on scene: inout Scene) {
    let panel = panel(at: position)
    let checkpoint = data.checkpoints[index]
    let ghosts = order.filter { $0 != index }.flatMap { data.checkpoints[$0].points }
    let ghostStyle = style(ghosts.count)
    scene.clip(to: panel.frame) { scene in
      scene.add(
        panel.cloud(
          ghosts, .circle, size: ghostStyle.size, colour: settings.theme.ghost,
          alpha: ghostStyle.alpha, strength: 0.45, theme: settings.theme))
      let count = checkpoint.points.count
      if count > DensityImage.pointLimit {
        scene.add(density(of: [index], count: count, in: panel))
      } else {
        let rows = Array(checkpoint.points.indices)
        scene.add(marks(of: index, rows: rows, in: panel, style(count)))
      }
    }
    scene.add(panel.outsideMarks(of: checkpoint.points, size: 3, colour: colour(of: index)))
    drawFrame(of: panel, on: &scene)
  }

  /// All checkpoints, painted in turns so that none lies on top of the others.
  private func drawOverview(on scene: inout Scene) {
    let panel = panel(at: order.count)
    let count = data.checkpoints.reduce(0) { $0 + $1.points.count }
    let style = style(count)
    scene.clip(to: panel.frame) { scene in
      if count > DensityImage.pointLimit {
        return scene.add(density(of: order, count: count, in: panel))
      }
      for turn in 0..<Self.turnCount {
        for index in order {
          let count = data.checkpoints[index].points.count
          let rows = stride(from: turn, to: count, by: Self.turnCount)
          scene.add(marks(of: index, rows: Array(rows), in: panel, style))
        }
      }
    }
    for index in order {
      scene.add(
        panel.outsideMarks(
          of: data.checkpoints[index].points, size: 3, colour: colour(of: index)))
    }
    drawFrame(of: panel, on: &scene)
  }

  private static let turnCount = 8
  /// Steps of the ramp in which values are drawn.
  private static let valueSteps = 32

  /// The points of some rows of a checkpoint; of each value's step at once where they are coloured so.
  private func marks(of index: Int, rows: [Int], in panel: Panel, _ style: PointStyle) -> [Mark] {
    let checkpoint = data.checkpoints[index]
    let visible = rows.filter { limits.contains(checkpoint.points[$0]) }
    func markers(_ rows: [Int], _ shape: MarkerShape, _ colour: Colour) -> Mark {
      .markers(
        Markers(
          shape, size: style.size, fill: colour.with(alpha: style.alpha),
          at: panel.page(rows.map { checkpoint.points[$0] })))
    }
    guard let range = data.valueRange else {
      return [markers(visible, shape(of: index), colour(of: index))]
    }
    return steps(of: visible, index, range).enumerated().filter { !$0.element.isEmpty }.map {
      step, rows in markers(rows, .circle, Self.valueColour(step, settings.theme))
    }
  }

  private static func valueColour(_ step: Int, _ theme: Theme) -> Colour {
    theme.ramp(at: Double(step) / Double(valueSteps - 1))
  }

  /// The rows whose values fall into each step of the ramp.
  private func steps(
    of rows: [Int], _ index: Int, _ range: ClosedRange<Double>
  ) -> [[Int]] {
    let length = range.upperBound - range.lowerBound
    let values = data.checkpoints[index].values
    var steps = [[Int]](repeating: [], count: Self.valueSteps)
    for row in rows {
      let share = length > 0 ? (values[row] - range.lowerBound) / length : 0.5
      steps[min(Int(share * Double(Self.valueSteps)), Self.valueSteps - 1)].append(row)
    }
    return steps
  }

  /// Very many points of some checkpoints, or of their values, as one picture.
  private func density(of checkpoints: [Int], count: Int, in panel: Panel) -> Mark {
    let image = DensityImage(panel, count: count, theme: settings.theme)
    let clouds = checkpoints.flatMap { index -> [(points: [SIMD2<Double>], colour: Colour)] in
      let points = data.checkpoints[index].points
      guard let range = data.valueRange else { return [(points, colour(of: index))] }
      return steps(of: Array(points.indices), index, range).enumerated().map { step, rows in
        (rows.map { points[$0] }, Self.valueColour(step, settings.theme))
      }
    }
    return clouds.count == 1 ? image.mark(clouds[0].points, clouds[0].colour) : image.mark(clouds)
  }

  private func drawFrame(of panel: Panel, on scene: inout Scene) {
    scene.stroke(.rectangle(panel.frame), Stroke(settings.theme.frame, width: 0.5))
  }
}
