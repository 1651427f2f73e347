/// What signs mean: short keys with labels, set in rows like words.
struct Legend {
  /// One key and its label.
  struct Entry {
    /// The width of the key in units of the font size.
    var keyWidth: Double = 2
    var label: String
    /// Draws the key into its box.
    var key: (Rectangle) -> [Mark]
  }

  /// Entries side by side, each at its distance from the left; one that is wider than the space
  /// stands alone, in as many lines of text as it needs.
  private struct Row {
    var items: [(entry: Int, x: Double)] = []
    var width = 0.0
    var lineCount = 1
  }

  /// Each group begins a new row, unless everything fits into one.
  var groups: [[Entry]]
  let font: Font
  let theme: Theme
  let measure: TextMeasure

  private var entries: [Entry] { groups.flatMap { $0 } }
  private var keyGap: Double { font.size * 0.5 }
  private var entryGap: Double { font.size * 1.3 }
  private var lineHeight: Double { font.size * 1.55 }

  /// The labels, broken where one alone would be wider than the space.
  private func labels(width: Double) -> [[String]] {
    entries.map {
      let room = width - $0.keyWidth * font.size - keyGap
      return measure.fit($0.label, font: font, width: room, lineCount: Self.lineLimit)
    }
  }

  /// A label of more lines is no name any more.
  private static let lineLimit = 12

  /// Whether every label stands in one line of a space of `width` points.
  func fitsUnbroken(width: Double) -> Bool { labels(width: width).allSatisfy { $0.count <= 1 } }

  private func rows(labels: [[String]], width: Double) -> [Row] {
    let together = rows(of: 0..<labels.count, labels: labels, width: width)
    if together.count <= 1 { return together }
    var start = 0
    return groups.flatMap { group in
      defer { start += group.count }
      return rows(of: start..<start + group.count, labels: labels, width: width)
    }
  }

  private func rows(of range: Range<Int>, labels: [[String]], width: Double) -> [Row] {
    if range.isEmpty { return [] }
    var rows = [Row()]
    for index in range {
      let longest = labels[index].map { measure.width(of: $0, font: font) }.max() ?? 0
      let length = entries[index].keyWidth * font.size + keyGap + longest
      let last = rows[rows.count - 1]
      let x = last.items.isEmpty ? 0 : last.width + entryGap
      let isAlone = last.lineCount > 1 || labels[index].count > 1
      if !last.items.isEmpty, isAlone || x + length > width {
        rows.append(Row(items: [(index, 0)], width: length))
      } else {
        rows[rows.count - 1].items.append((index, x))
        rows[rows.count - 1].width = x + length
      }
      rows[rows.count - 1].lineCount = max(1, labels[index].count)
    }
    return rows
  }

  /// The height that the legend needs in `width` points.
  func height(width: Double) -> Double {
    rows(labels: labels(width: width), width: width).reduce(0) {
      $0 + Double($1.lineCount) * lineHeight
    }
  }

  /// Draws the legend with its top left corner at the corner of `space`.
  func draw(on scene: inout Scene, in space: Rectangle) {
    let labels = labels(width: space.width)
    var top = space.y
    for row in rows(labels: labels, width: space.width) {
      let middle = top + 0.5 * lineHeight
      for (index, x) in row.items {
        let entry = entries[index]
        let box = Rectangle(
          x: space.x + x, y: middle - font.size / 2, width: entry.keyWidth * font.size,
          height: font.size)
        scene.add(entry.key(box))
        for (line, text) in labels[index].enumerated() {
          let place = SIMD2(
            box.maxX + keyGap, middle + Double(line) * lineHeight + font.size * 0.35)
          scene.write(StyledText(text), at: place, font: font, colour: theme.ink)
        }
      }
      top += Double(row.lineCount) * lineHeight
    }
  }
}
