/// Measures and fits text. Sizes are in points and do not depend on the resolution of the output.
///
/// What it measures depends on the fonts installed, as the picture itself does.
public struct TextMeasure: Sendable {
  /// A measure of the fonts installed.
  public init() {}

  /// The size of one line.
  public func extent(of text: StyledText, font: Font) -> TextExtent {
    PangoLine(text, font: font).extent
  }

  /// The width of one line of plain text, in points.
  public func width(of string: String, font: Font) -> Double {
    extent(of: StyledText(string), font: font).width
  }

  /// `string` in lines of at most `width` points, broken between words where possible and inside a
  /// word where not. Line feeds break too. Spaces at line ends are dropped.
  public func wrap(_ string: String, font: Font, width: Double) -> [String] {
    if string.isEmpty { return [] }
    return PangoLine(StyledText(string), font: font).lines(of: string, width: width)
  }

  /// `name` in at most `lineCount` lines of `width` points. Where it does not fit, its middle gives
  /// way to "…", as little as is needed: both ends of a checkpoint's name tell it apart.
  ///
  /// - Complexity: O(log n) layouts for a name of n characters.
  public func fit(_ name: String, font: Font, width: Double, lineCount: Int = 1) -> [String] {
    if let lines = whole(name, font: font, width: width, lineCount: lineCount) { return lines }
    let clean = Self.onOneLine(name)
    let characters = Array(clean)
    var best = lines("…", font: font, width: width, atMost: lineCount) ?? []
    var (low, high) = (1, characters.count - 1)
    while low <= high {
      let kept = (low + high) / 2
      let head = (kept + 1) / 2
      let shortened =
        String(characters.prefix(head)) + "…" + String(characters.suffix(kept - head))
      if let lines = lines(shortened, font: font, width: width, atMost: lineCount) {
        best = lines
        low = kept + 1
      } else {
        high = kept - 1
      }
    }
    return best
  }

  /// `name` in at most `lineCount` lines of `width` points with nothing left out, broken after a
  /// hyphen, underscore, full stop or slash where possible; none where it does not fit.
  func whole(_ name: String, font: Font, width: Double, lineCount: Int) -> [String]? {
    lines(Self.onOneLine(name), font: font, width: width, atMost: lineCount)
  }

  private static func onOneLine(_ name: String) -> String {
    String(name.map { $0.isNewline ? " " : $0 })
  }

  /// The zero-width space, at which a line may break and which is not seen.
  private static let breakMark: Unicode.Scalar = "\u{200B}"

  /// `name` with a place to break after each separator, since checkpoint names have no spaces.
  private static func breakable(_ name: String) -> String {
    var text = ""
    for character in name {
      text.append(character)
      if "-_/.:=,".contains(character) { text.unicodeScalars.append(breakMark) }
    }
    return text
  }

  private func lines(
    _ string: String, font: Font, width: Double, atMost lineCount: Int
  ) -> [String]? {
    if self.width(of: string, font: font) <= width { return [string] }
    if lineCount == 1 { return nil }
    let lines = wrap(Self.breakable(string), font: font, width: width).map {
      String(String.UnicodeScalarView($0.unicodeScalars.filter { $0 != Self.breakMark }))
    }
    let fits = lines.allSatisfy { self.width(of: $0, font: font) <= width }
    return lines.count <= lineCount && fits ? lines : nil
  }
}
