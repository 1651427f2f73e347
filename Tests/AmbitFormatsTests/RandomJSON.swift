import AmbitFormats
import AmbitMatrix

/// Random values for property tests.
enum RandomJSON {
  static let alphabet: [Unicode.Scalar] = [
    "a", "b", "Z", "0", " ", "\"", "\\", "/", "\n", "\r", "\t", "\0", "\u{1F}", "\u{7F}", "\u{85}",
    "é", "e\u{301}".unicodeScalars.last!, "ß", "漢", "ع", "\u{2028}", "\u{2029}", "\u{FFFD}", "😀",
    "\u{10FFFF}", ",", ":", "{", "}", "[", "]",
  ]

  static func text(_ random: inout SplitMix64, upTo length: Int = 20) -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<random.index(below: length) {
      text.append(alphabet[random.index(below: alphabet.count)])
    }
    return String(text)
  }

  static func value(_ random: inout SplitMix64, depth: Int = 0) -> JSON {
    switch random.index(below: depth > 4 ? 5 : 7) {
    case 0: return .null
    case 1: return .boolean(random.index(below: 2) == 0)
    case 2:
      return .integer(Int(truncatingIfNeeded: random.next()) >> Int(random.index(below: 64)))
    case 3:
      while true {
        let number = Double(bitPattern: random.next())
        // A whole number reads back as an integer.
        if number.isFinite, number != number.rounded() { return .number(number) }
      }
    case 4: return .string(text(&random))
    case 5:
      return .array((0..<random.index(below: 5)).map { _ in value(&random, depth: depth + 1) })
    default:
      var object = JSONObject()
      for _ in 0..<random.index(below: 5) {
        object[text(&random)] = value(&random, depth: depth + 1)
      }
      return .object(object)
    }
  }
}
