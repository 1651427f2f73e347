extension DriftPlotLayout {
  /// Draws the last panel: every 95 % hull, and arrows from centroid to centroid; where these are
  /// crowded, once more and enlarged in a corner.
  func drawOverlay(on scene: inout Scene) {
    let position = order.count
    let panel = panel(at: position)
    let inset = overlayInset
    scene.clip(to: panel.frame) { scene in
      for index in order {
        scene.stroke(panel.outline(data.checkpoints[index].hull95), overlayStroke(of: index))
      }
      if let inset { inset.draw(settings, on: &scene) }
      draw(overlayPath, on: &scene)
    }
    if let inset {
      scene.clip(to: inset.frame) { scene in draw(path(in: inset), on: &scene) }
    }
    drawAxes(of: panel, at: position, on: &scene)
  }

  /// Whether there is any arrow, in the overlay or in its inset.
  var hasArrows: Bool {
    guard hasOverlay else { return false }
    return !overlayPath.steps.isEmpty
      || overlayInset.map { !path(in: $0).steps.isEmpty } ?? false
  }

  func overlayStroke(of index: Int) -> Stroke {
    guard let place = data.others.firstIndex(of: index) else { return ghostStroke }
    let width = order.count > Self.crowdCount ? 0.8 : 1.1
    return Stroke(
      palette.colours[place], width: width * inkScale,
      dash: palette.dashes[place].map { $0 * inkScale })
  }

  /// So many outlines in one panel are drawn thinner.
  private static let crowdCount = 8

  private var overlayPath: CentroidPath {
    let panel = panel(at: order.count)
    return CentroidPath(
      places: data.checkpoints.map { panel.page($0.centroid) },
      order: data.isOrdered ? data.centroidPath : [])
  }

  private func path(in inset: Inset) -> CentroidPath {
    CentroidPath(
      places: overlayPath.places.map(inset.page), order: data.isOrdered ? data.centroidPath : [])
  }

  private var overlayInset: Inset? {
    let panel = panel(at: order.count)
    return Inset(
      of: overlayPath.places, in: panel.frame,
      avoiding: data.checkpoints.map { panel.page($0.hull95) },
      reach: 0.5 * largestCentroid + 1, labelSize: Inset.labelSize(settings))
  }

  private var largestCentroid: Double { settings.fontSize * 0.5 * (inkScale + 1) / 2 }

  private func draw(_ path: CentroidPath, on scene: inout Scene) {
    let arrows = path.arrows(
      Stroke(theme.mark, width: 0.6), headLength: 4, largest: largestCentroid)
    scene.add(arrows.flatMap { $0.casing(theme.background) })
    scene.add(arrows.flatMap(\.marks))
    for index in order {
      let size = path.markerSize(of: index, largest: largestCentroid)
      scene.add(
        .markers(
          Markers(
            shape(of: index), size: size, fill: colour(of: index),
            edge: Stroke(theme.background, width: 0.1 * size), at: [path.places[index]])))
    }
  }
}
