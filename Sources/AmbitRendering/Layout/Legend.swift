/// What signs mean: short keys with labels, set in lines like words.
struct Legend {
  /// One key and its label.
  struct Entry {
    /// The width of the key in units of the font size.
    var keyWidth: Double = 2
    var label: String
    /// Draws the key into its box.
    var key: (Rectangle) -> [Mark]
  }

  /// A line of entries, each at its distance from the left.
  private struct Line {
    var items: [(entry: Int, x: Double)] = []
    var width = 0.0
  }

  /// Each group begins a new line, unless everything fits into one.
  var groups: [[Entry]]
  let font: Font
  let measure: TextMeasure

  private var entries: [Entry] { groups.flatMap { $0 } }
  private var keyGap: Double { font.size * 0.5 }
  private var entryGap: Double { font.size * 1.3 }
  private var lineHeight: Double { font.size * 1.55 }

  /// The labels, shortened where one alone would be wider than the space.
  private func labels(width: Double) -> [String] {
    entries.map {
      let room = width - $0.keyWidth * font.size - keyGap
      return measure.fit($0.label, font: font, width: room).first ?? ""
    }
  }

  private func lines(labels: [String], width: Double) -> [Line] {
    let together = lines(of: 0..<labels.count, labels: labels, width: width)
    if together.count <= 1 { return together }
    var start = 0
    return groups.flatMap { group in
      defer { start += group.count }
      return lines(of: start..<start + group.count, labels: labels, width: width)
    }
  }

  private func lines(of range: Range<Int>, labels: [String], width: Double) -> [Line] {
    if range.isEmpty { return [] }
    var lines = [Line()]
    for index in range {
      let label = labels[index]
      let length =
        entries[index].keyWidth * font.size + keyGap + measure.width(of: label, font: font)
      let last = lines[lines.count - 1]
      let x = last.items.isEmpty ? 0 : last.width + entryGap
      if !last.items.isEmpty, x + length > width {
        lines.append(Line(items: [(index, 0)], width: length))
      } else {
        lines[lines.count - 1].items.append((index, x))
        lines[lines.count - 1].width = x + length
      }
    }
    return lines
  }

  /// The height that the legend needs in `width` points.
  func height(width: Double) -> Double {
    Double(lines(labels: labels(width: width), width: width).count) * lineHeight
  }

  /// Draws the legend with its top left corner at the corner of `space`.
  func draw(on scene: inout Scene, in space: Rectangle) {
    let labels = labels(width: space.width)
    for (row, line) in lines(labels: labels, width: space.width).enumerated() {
      let middle = space.y + (Double(row) + 0.5) * lineHeight
      for (index, x) in line.items {
        let entry = entries[index]
        let box = Rectangle(
          x: space.x + x, y: middle - font.size / 2, width: entry.keyWidth * font.size,
          height: font.size)
        scene.add(entry.key(box))
        scene.write(
          StyledText(labels[index]), at: SIMD2(box.maxX + keyGap, middle + font.size * 0.35),
          font: font, colour: PanelAxes.ink)
      }
    }
  }
}
