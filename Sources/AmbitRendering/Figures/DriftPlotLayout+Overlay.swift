extension DriftPlotLayout {
  /// Draws the last panel: every 95 % hull, and arrows from centroid to centroid.
  func drawOverlay(on scene: inout Scene) {
    let position = order.count
    let panel = panel(at: position)
    let isCrowded = palette.isRamp
    scene.clip(to: panel.frame) { scene in
      for index in order {
        let isBaseline = index == data.baseline
        scene.stroke(
          panel.outline(data.checkpoints[index].hull95),
          Stroke(
            colour(of: index), width: isCrowded ? 0.7 : 1,
            dash: isBaseline ? Self.ghostDash : []))
      }
      drawArrows(in: panel, on: &scene)
      for index in order {
        drawCentroid(
          at: panel.page(data.checkpoints[index].centroid), shape: shape(of: index),
          colour: colour(of: index), on: &scene)
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
          clearance: settings.fontSize * 0.4
        ).marks)
    }
  }
}
