/// Text in a terminal's cells, for aligned columns.
extension TerminalText {
  /// The cells that a text takes: two for East Asian wide characters and emoji, none for combining
  /// marks and control characters.
  package static func width(_ text: String) -> Int {
    text.reduce(0) { total, character in
      guard let first = character.unicodeScalars.first else { return total }
      if first.properties.generalCategory == .control { return total }
      return total
        + (isWide(first) || character.unicodeScalars.contains { $0 == "\u{FE0F}" } ? 2 : 1)
    }
  }

  /// The text, with its middle replaced by `…` where it takes more than `limit` cells, and without
  /// control characters.
  package static func shortened(_ text: String, to limit: Int) -> String {
    let clean = String(text.map { $0.isNewline ? " " : $0 }).filter {
      $0.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }
    guard width(clean) > limit else { return clean }
    var head = ""
    var tail = ""
    for character in clean {
      guard width(head) + width(String(character)) <= limit / 2 else { break }
      head.append(character)
    }
    for character in clean.reversed() {
      guard width(tail) + width(String(character)) <= limit - 1 - limit / 2 else { break }
      tail.insert(character, at: tail.startIndex)
    }
    return head + "…" + tail
  }

  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F9FF,
      0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
