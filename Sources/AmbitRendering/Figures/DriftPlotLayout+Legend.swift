extension DriftPlotLayout {
  /// First the signs, then the checkpoints.
  func legendEntries() -> [Legend.Entry] {
    signEntries() + (palette.isRamp ? [rampEntry()] : checkpointEntries())
  }

  private func signEntries() -> [Legend.Entry] {
    let ink = PanelAxes.ink
    var entries = [
      lineEntry("95 % hull", Stroke(ink, width: boldWidth)),
      lineEntry("100 % hull", Stroke(ink, width: thinWidth)),
      symbolEntry("centroid", .cross, ink),
    ]
    if hasOverlay {
      let dash = lineEntry(
        "baseline’s 95 % hull", Stroke(Palette.baseline, width: 0.8, dash: Self.ghostDash))
      entries.insert(dash, at: 2)
      if data.centroidPath.count > 1 {
        entries.append(
          Legend.Entry(label: "order of checkpoints") { box in
            Arrow(
              start: SIMD2(box.x, box.midY), end: SIMD2(box.maxX, box.midY),
              stroke: Stroke(ink, width: 0.6), headLength: 3.5, clearance: 0
            ).marks
          })
      }
    }
    if outsideCount > 0 { entries.append(symbolEntry("outside the frame", .triangleUp, ink)) }
    return entries
  }

  private func checkpointEntries() -> [Legend.Entry] {
    order.map { index in
      symbolEntry(data.checkpoints[index].name, shape(of: index), colour(of: index))
    }
  }

  /// One bar of all colours for the checkpoints of a ramp; their names stand over the panels.
  private func rampEntry() -> Legend.Entry {
    let colours = palette.colours
    let names = data.others.map { data.checkpoints[$0].name }
    return Legend.Entry(keyWidth: 6, label: "\(names.first ?? "") … \(names.last ?? "")") { box in
      let width = box.width / Double(colours.count)
      return colours.enumerated().map { index, colour in
        let swatch = Rectangle(
          x: box.x + Double(index) * width, y: box.midY - box.height * 0.3, width: width,
          height: box.height * 0.6)
        return .path(.rectangle(swatch), fill: colour, stroke: nil)
      }
    }
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

  private func symbolEntry(_ label: String, _ shape: MarkerShape, _ colour: Colour)
    -> Legend.Entry
  {
    let size = settings.fontSize * 0.62
    return Legend.Entry(keyWidth: 0.9, label: label) { box in
      [.markers(Markers(shape, size: size, fill: colour, at: [SIMD2(box.midX, box.midY)]))]
    }
  }
}
