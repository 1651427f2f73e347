/// What no installed font can draw, and what a figure would show as an empty box.
public enum MissingGlyphs {
  /// The characters of `strings` that would be drawn as boxes, each once, in order of appearance.
  ///
  /// A line feed counts as a space, as it does in names. What is found depends on the fonts
  /// installed, as the picture itself does.
  ///
  /// - Complexity: one text layout a string.
  public static func characters(in strings: [String]) -> [Character] {
    var found: [Character] = []
    for string in strings {
      let clean = String(string.map { $0.isNewline ? " " : $0 })
      let offsets = PangoLine(StyledText(clean), font: Font()).unknownGlyphOffsets
      if offsets.isEmpty { continue }
      var end = 0
      for character in clean {
        let start = end
        end += character.utf8.count
        let isMissing = offsets.contains { (start..<end).contains($0) }
        if isMissing, !found.contains(character) { found.append(character) }
      }
    }
    return found
  }
}
