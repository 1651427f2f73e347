extension Legend {
  /// More steps of a ramp than this are not named one by one; their names stand over the panels.
  static let namedCount = 16
}

extension Legend.Entry {
  /// A symbol of the given size in points.
  static func symbol(
    _ label: String, _ shape: MarkerShape, _ colour: Colour, size: Double, keyWidth: Double = 0.9
  ) -> Legend.Entry {
    Legend.Entry(keyWidth: keyWidth, label: label) { box in
      [.markers(Markers(shape, size: size, fill: colour, at: [SIMD2(box.midX, box.midY)]))]
    }
  }

  /// A line as it is drawn.
  static func line(_ label: String, _ stroke: Stroke) -> Legend.Entry {
    Legend.Entry(label: label) { box in
      [
        .path(
          .line(from: SIMD2(box.x, box.midY), to: SIMD2(box.maxX, box.midY)), fill: nil,
          stroke: stroke)
      ]
    }
  }

  /// An arrow of a centroid path.
  static func arrow(_ label: String, _ settings: FigureSettings) -> Legend.Entry {
    let colour = settings.theme.mark
    return Legend.Entry(label: label) { box in
      Arrow(
        start: SIMD2(box.x, box.midY), end: SIMD2(box.maxX, box.midY),
        stroke: Stroke(colour, width: 0.6), headLength: 4, clearance: 0
      ).marks
    }
  }

  /// A filled rectangle, for bands and bars.
  static func swatch(
    _ label: String, _ fill: Colour, edge: Stroke? = nil
  ) -> Legend.Entry {
    Legend.Entry(keyWidth: 1.4, label: label) { box in
      [
        .path(
          .rectangle(
            Rectangle(
              x: box.x, y: box.midY - box.height * 0.32, width: box.width,
              height: box.height * 0.64)), fill: fill, stroke: edge)
      ]
    }
  }

  /// One bar of all `colours`, left to right.
  static func bar(_ label: String, _ colours: [Colour]) -> Legend.Entry {
    Legend.Entry(keyWidth: 6, label: label) { box in
      let width = box.width / Double(colours.count)
      return colours.enumerated().map { index, colour in
        let swatch = Rectangle(
          x: box.x + Double(index) * width, y: box.midY - box.height * 0.3, width: width,
          height: box.height * 0.6)
        return .path(.rectangle(swatch), fill: colour, stroke: nil)
      }
    }
  }

  /// One bar for the steps of a ramp, with the names of its ends.
  static func ramp(_ names: [String], _ colours: [Colour]) -> Legend.Entry {
    bar("\(names.first ?? "") … \(names.last ?? "")", colours)
  }
}
