/// The names of categories along an axis: side by side in up to two lines where all fit, else upright,
/// and where even that is too dense only every second, third, … name.
package struct CategoryLabels: Sendable, Equatable {
  /// One list of lines a category; empty where the name is left out.
  package let lines: [[String]]
  /// Whether the names are turned by a right angle.
  package let isUpright: Bool
  /// The room that they take across the axis.
  package let room: Double
  package let lineHeight: Double

  /// Names below a horizontal axis with `slot` points for each.
  init(_ names: [String], slot: Double, font: Font, measure: TextMeasure) {
    let flat = names.map { measure.whole($0, font: font, width: slot - 3, lineCount: 2) }
    let extents = names.map { measure.extent(of: StyledText($0), font: font) }
    lineHeight = extents.map(\.height).reduce(font.size * 1.2, max)
    // A word broken in its middle is worse than one that stands upright.
    let words = names.flatMap { $0.split { " -_/.:=,".contains($0) } }
    let isShort = names.allSatisfy { measure.width(of: $0, font: font) <= slot - 3 }
    let areWhole = words.allSatisfy { measure.width(of: $0 + "-", font: font) <= slot - 3 }
    if isShort || areWhole, flat.allSatisfy({ $0 != nil }) {
      lines = flat.map { $0 ?? [] }
      isUpright = false
      room = Double(lines.map(\.count).max() ?? 0) * lineHeight
      return
    }
    isUpright = true
    let step = Self.step(slot: slot, lineHeight: lineHeight)
    lines = names.enumerated().map { index, name in
      index % step == 0
        ? measure.fit(name, font: font, width: Self.uprightRoom * font.size) : []
    }
    room = lines.joined().map { measure.width(of: $0, font: font) }.max() ?? 0
  }

  /// Names beside a vertical axis with `slot` points for each and at most `room` points of width.
  init(beside names: [String], slot: Double, room: Double, font: Font, measure: TextMeasure) {
    let extents = names.map { measure.extent(of: StyledText($0), font: font) }
    let lineHeight = extents.map(\.height).reduce(font.size * 1.15, max)
    self.lineHeight = lineHeight
    isUpright = false
    let step = Self.step(slot: slot, lineHeight: lineHeight)
    let lineCount = max(1, min(3, Int(slot / lineHeight)))
    lines = names.enumerated().map { index, name in
      index % step == 0 ? measure.fit(name, font: font, width: room, lineCount: lineCount) : []
    }
    self.room = lines.joined().map { measure.width(of: $0, font: font) }.max() ?? 0
  }

  /// Upright names longer than this many letter sizes are shortened.
  private static let uprightRoom = 9.0

  private static func step(slot: Double, lineHeight: Double) -> Int {
    max(1, Int((lineHeight / max(slot, 0.1)).rounded(.up)))
  }
}
