extension DriftPlotLayout {
  /// First the signs, then the checkpoints.
  func legendGroups() -> [[Legend.Entry]] { [signEntries(), checkpointEntries()] }

  private func signEntries() -> [Legend.Entry] {
    let ink = theme.ink
    var entries = [
      lineEntry("95 % hull", Stroke(ink, width: boldWidth)),
      lineEntry("100 % hull", Stroke(ink, width: thinWidth)),
      symbolEntry("centroid", .cross, theme.mark, keyWidth: 2),
    ]
    if hasOverlay {
      entries.insert(ghostEntry(), at: 2)
      if hasArrows { entries.append(.arrow("centroid path", settings)) }
    }
    if outsideCount > 0 {
      entries.append(symbolEntry("outside the frame", .triangleUp, ink, keyWidth: 2))
    }
    return entries
  }

  private func ghostEntry() -> Legend.Entry {
    let stroke = ghostStroke
    let fill = theme.ghost.with(alpha: 0.5)
    return Legend.Entry(label: "baseline, 95 % hull") { box in
      let dots = [0.15, 0.5, 0.85].map {
        SIMD2(box.x + box.width * $0, box.midY + box.height * ($0 == 0.5 ? 0.3 : -0.3))
      }
      return [
        .markers(Markers(.circle, size: 1.8, fill: fill, at: dots)),
        .path(
          .line(from: SIMD2(box.x, box.midY), to: SIMD2(box.maxX, box.midY)), fill: nil,
          stroke: stroke),
      ]
    }
  }

  private func checkpointEntries() -> [Legend.Entry] {
    let isBar = palette.isRamp && order.count > Legend.namedCount
    return (isBar ? [data.baseline] : order).map { index in
      let suffix = index == data.baseline && hasOverlay ? " (baseline)" : ""
      return checkpointEntry(data.checkpoints[index].name + suffix, of: index)
    } + (isBar ? [.ramp(data.others.map { data.checkpoints[$0].name }, palette.colours)] : [])
  }

  /// The symbol of a checkpoint, on its line where lines are dashed to be told apart.
  private func checkpointEntry(_ label: String, of index: Int) -> Legend.Entry {
    let symbol = symbolEntry(label, shape(of: index), colour(of: index), keyWidth: 0.9)
    guard palette.dashes.contains(where: { !$0.isEmpty }) else { return symbol }
    let line = lineEntry(label, overlayStroke(of: index))
    return Legend.Entry(keyWidth: 2.4, label: label) { line.key($0) + symbol.key($0) }
  }

  private func lineEntry(_ label: String, _ stroke: Stroke) -> Legend.Entry {
    Legend.Entry(label: label) { box in
      [
        .path(
          .line(from: SIMD2(box.x, box.midY), to: SIMD2(box.maxX, box.midY)), fill: nil,
          stroke: stroke)
      ]
    }
  }

  private func symbolEntry(
    _ label: String, _ shape: MarkerShape, _ colour: Colour, keyWidth: Double
  ) -> Legend.Entry {
    .symbol(label, shape, colour, size: settings.fontSize * 0.62, keyWidth: keyWidth)
  }
}
