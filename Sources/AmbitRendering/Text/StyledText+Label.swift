extension StyledText {
  /// A label as it is written by hand: `_{…}` lowers, `^{…}` raises, and a hyphen before a digit, at the
  /// start or behind a space or bracket, is a minus. Anything else stays: `step-500`, `hull_area`.
  ///
  ///     StyledText(label: "D_{2} (10^{-3})")
  package init(label: String) {
    var pieces: [Piece] = []
    var plain = ""
    var rest = Substring(label)
    while let first = rest.first {
      let script: Script? = first == "_" ? .subscript : first == "^" ? .superscript : nil
      if let script, rest.dropFirst().first == "{", let end = rest.firstIndex(of: "}") {
        if !plain.isEmpty { pieces.append(Piece(Self.typographic(plain))) }
        plain = ""
        let inside = String(rest[rest.index(rest.startIndex, offsetBy: 2)..<end])
        if !inside.isEmpty { pieces.append(Piece(Self.typographic(inside), script: script)) }
        rest = rest[rest.index(after: end)...]
      } else {
        plain.append(first)
        rest = rest.dropFirst()
      }
    }
    if !plain.isEmpty || pieces.isEmpty { pieces.append(Piece(Self.typographic(plain))) }
    self.init(pieces: pieces)
  }

  /// `text` with a real minus for each hyphen that stands for one.
  package static func typographic(_ text: String) -> String {
    let characters = Array(text)
    return String(
      characters.indices.map { index in
        guard characters[index] == "-", index + 1 < characters.count,
          characters[index + 1].isNumber,
          index == 0 || " ([{…,;=".contains(characters[index - 1])
        else { return characters[index] }
        return "−"
      })
  }
}
