/// Reasoning that models write before their answer, between `<think>` and `</think>`.
package enum Thinking {
  private static let open = "<think>"
  private static let close = "</think>"

  /// The text without its reasoning. A closing mark without an opening one ends reasoning that began in
  /// the prompt; an opening mark without a closing one means that only reasoning was written.
  package static func stripped(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "<")) else { return text }
    var rest = Substring(text)
    var kept = ""
    while let mark = firstMark(rest) {
      if mark.isOpening {
        kept += rest[..<mark.range.lowerBound]
        guard let end = range(of: close, in: rest[mark.range.upperBound...]) else {
          return TextTrimming.trimmed(kept)
        }
        rest = rest[end.upperBound...]
      } else {
        kept = ""
        rest = rest[mark.range.upperBound...]
      }
    }
    return rest.startIndex == text.startIndex ? text : TextTrimming.trimmed(kept + rest)
  }

  private static func firstMark(
    _ text: Substring
  ) -> (range: Range<Substring.Index>, isOpening: Bool)? {
    let opening = range(of: open, in: text)
    let closing = range(of: close, in: text)
    switch (opening, closing) {
    case (let opening?, let closing?):
      return opening.lowerBound < closing.lowerBound ? (opening, true) : (closing, false)
    case (let opening?, nil): return (opening, true)
    case (nil, let closing?): return (closing, false)
    case (nil, nil): return nil
    }
  }

  private static func range(of mark: String, in text: Substring) -> Range<Substring.Index>? {
    let bytes = text.utf8
    let wanted = Array(mark.utf8)
    var index = bytes.startIndex
    while let start = bytes[index...].firstIndex(of: wanted[0]) {
      if bytes[start...].starts(with: wanted) {
        return start..<bytes.index(start, offsetBy: wanted.count)
      }
      index = bytes.index(after: start)
    }
    return nil
  }
}
