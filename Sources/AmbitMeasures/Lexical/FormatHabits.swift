/// Which Markdown habits an output has.
struct FormatHabits: OptionSet, Sendable {
  let rawValue: UInt8

  /// A line begins with `-`, `*`, `+` or `•` and a space, or with a number, `.` or `)` and a space.
  static let lists = FormatHabits(rawValue: 1)
  /// A line begins with one to six `#` and a space.
  static let headings = FormatHabits(rawValue: 2)
  /// A line holds `**` twice with something between.
  static let bold = FormatHabits(rawValue: 4)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The habits of a text; blanks before a line's first sign do not count. O(bytes).
  init(of bytes: UnsafeBufferPointer<UInt8>) {
    self = []
    var start = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count && bytes[end] != 0x0A { end += 1 }
      formUnion(Self.habits(ofLine: bytes[start..<end]))
      start = end + 1
    }
  }

  private static func habits(ofLine line: Slice<UnsafeBufferPointer<UInt8>>) -> FormatHabits {
    let text = line.drop { $0 == 0x20 || $0 == 0x09 }
    guard let first = text.first else { return [] }
    var habits: FormatHabits = []
    switch first {
    case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"):
      if startsWithBlank(text.dropFirst()) { habits.insert(.lists) }
    case 0xE2:
      if text.starts(with: "•".utf8) { habits.insert(.lists) }
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      let rest = text.drop { (0x30...0x39).contains($0) }
      if let sign = rest.first, sign == UInt8(ascii: ".") || sign == UInt8(ascii: ")"),
        startsWithBlank(rest.dropFirst())
      {
        habits.insert(.lists)
      }
    case UInt8(ascii: "#"):
      let rest = text.drop { $0 == UInt8(ascii: "#") }
      if text.count - rest.count <= 6 && startsWithBlank(rest) { habits.insert(.headings) }
    default: break
    }
    if hasBold(text) { habits.insert(.bold) }
    return habits
  }

  private static func startsWithBlank(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    text.first == 0x20 || text.first == 0x09
  }

  /// Whether `**`, something, `**` stand in a line.
  private static func hasBold(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    var opening: Int?
    var index = text.startIndex
    while index + 1 < text.endIndex {
      if text[index] == UInt8(ascii: "*") && text[index + 1] == UInt8(ascii: "*") {
        if let opening, index > opening + 2 { return true }
        opening = opening ?? index
        index += 2
      } else {
        index += 1
      }
    }
    return false
  }
}
