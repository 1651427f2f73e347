extension DriftPlotLayout {
  /// Draws the last panel: every 95 % hull, and arrows from centroid to centroid.
  func drawOverlay(on scene: inout Scene) {
    let position = order.count
    let panel = panel(at: position)
    let isCrowded = palette.isRamp
    scene.clip(to: panel.frame) { scene in
      for index in order {
        let stroke =
          index == data.baseline
          ? ghostStroke
          : Stroke(colour(of: index), width: (isCrowded ? 0.7 : 1.1) * inkScale)
        scene.stroke(panel.outline(data.checkpoints[index].hull95), stroke)
      }
      if isCrowded {
        drawWay(in: panel, on: &scene)
      } else {
        drawArrows(in: panel, on: &scene)
        for index in order {
          drawCentroid(
            at: panel.page(data.checkpoints[index].centroid), shape: shape(of: index),
            colour: colour(of: index), size: settings.fontSize * 0.58, on: &scene)
        }
      }
    }
    drawAxes(of: panel, at: position, on: &scene)
  }

  private func drawArrows(in panel: Panel, on scene: inout Scene) {
    for (start, end) in zip(data.centroidPath, data.centroidPath.dropFirst()) {
      scene.add(
        Arrow(
          start: panel.page(data.checkpoints[start].centroid),
          end: panel.page(data.checkpoints[end].centroid),
          stroke: Stroke(PanelAxes.ink, width: 0.6), headLength: 3.5,
          clearance: settings.fontSize * 0.36
        ).marks)
    }
  }

  /// The way of many centroids: one line with a head at its end, since there is no room for arrows.
  private func drawWay(in panel: Panel, on scene: inout Scene) {
    let places = data.centroidPath.map { panel.page(data.checkpoints[$0].centroid) }
    let stroke = Stroke(Self.centroidInk, width: 0.6)
    let headLength = 3.5
    scene.stroke(.polyline(places), Stroke(.grey(1, alpha: 0.8), width: 1.8))
    scene.stroke(.polyline(places), stroke)
    guard let end = places.last else { return }
    let start = places.last { point in
      let way = end - point
      return (way * way).sum() >= headLength * headLength
    }
    guard let start else { return }
    scene.add(
      Arrow(start: start, end: end, stroke: stroke, headLength: headLength, clearance: 0).marks)
  }
}
