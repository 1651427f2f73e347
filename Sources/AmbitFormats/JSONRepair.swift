/// How often each lenience was needed while reading JSON.
public struct JSONRepairs: Sendable, Equatable {
  /// Bytes that are not UTF-8, replaced by U+FFFD.
  public var invalidBytes = 0
  /// Halves of surrogate pairs without the other half, replaced by U+FFFD.
  public var loneSurrogates = 0
  /// `NaN` and infinities, read as null.
  public var nonFiniteNumbers = 0
  /// Integers beyond 64 bits, read as strings.
  public var largeIntegers = 0
  /// Raw control characters inside strings.
  public var controlCharacters = 0

  /// Nothing repaired.
  public init() {}

  /// Adds the counts of `other`.
  public mutating func add(_ other: JSONRepairs) {
    invalidBytes += other.invalidBytes
    loneSurrogates += other.loneSurrogates
    nonFiniteNumbers += other.nonFiniteNumbers
    largeIntegers += other.largeIntegers
    controlCharacters += other.controlCharacters
  }
}

/// A strict walk over one document that mends what is lenient and says where the rest is wrong.
///
/// Runs only on documents that simdjson refused: it is the slow way, about a tenth as fast.
struct JSONRepair {
  struct Fault: Error {
    var offset: Int
    var message: String
    var isTooDeep = false
  }

  static let deepest = 1_000

  /// The mended bytes of the document in `range`; throws where it is broken.
  static func repaired(
    _ input: InputBytes, in range: Range<Int>
  ) throws(Fault) -> (bytes: [UInt8], repairs: JSONRepairs) {
    var walk = JSONRepair(source: Array(input.bytes[range]), offset: range.lowerBound)
    walk.skipSpace()
    try walk.value(depth: 0)
    walk.skipSpace()
    guard walk.peek == nil else { throw walk.fault("more follows after the value") }
    return (walk.output, walk.repairs)
  }

  private let source: [UInt8]
  private let offset: Int
  private var index = 0
  private var output: [UInt8] = []
  private var repairs = JSONRepairs()

  private init(source: [UInt8], offset: Int) {
    self.source = source
    self.offset = offset
    output.reserveCapacity(source.count + 64)
  }

  private var peek: UInt8? { index < source.count ? source[index] : nil }

  private func fault(_ message: String, at index: Int? = nil) -> Fault {
    Fault(offset: offset + (index ?? self.index), message: message)
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || (0x09...0x0D).contains(byte) && byte != 0x0B,
      byte != 0x0C
    {
      index += 1
    }
  }

  private mutating func copy() {
    output.append(source[index])
    index += 1
  }

  private mutating func value(depth: Int) throws(Fault) {
    guard depth < Self.deepest else {
      var fault = fault("nested deeper than \(Self.deepest) levels")
      fault.isTooDeep = true
      throw fault
    }
    switch peek {
    case UInt8(ascii: "{"): try container(closedBy: UInt8(ascii: "}"), depth: depth)
    case UInt8(ascii: "["): try container(closedBy: UInt8(ascii: "]"), depth: depth)
    case UInt8(ascii: "\""): try string()
    case nil: throw fault("the document ends where a value is expected")
    default: try word()
    }
  }

  private mutating func container(closedBy close: UInt8, depth: Int) throws(Fault) {
    let start = index
    let isObject = close == UInt8(ascii: "}")
    copy()
    skipSpace()
    if peek == close { return copy() }
    while true {
      if isObject {
        guard peek == UInt8(ascii: "\"") else {
          throw fault(peek == nil ? unclosed("object", start) : "expected a name in quotes")
        }
        try string()
        skipSpace()
        guard peek == UInt8(ascii: ":") else { throw fault("expected `:` after a name") }
        copy()
        skipSpace()
      }
      try value(depth: depth + 1)
      skipSpace()
      guard let byte = peek else { throw fault(unclosed(isObject ? "object" : "list", start)) }
      if byte == close { return copy() }
      guard byte == UInt8(ascii: ",") else {
        throw fault("expected `,` or `\(isObject ? "}" : "]")`")
      }
      copy()
      skipSpace()
    }
  }

  private func unclosed(_ kind: String, _ start: Int) -> String {
    "the document ends inside the \(kind) that begins at byte \(offset + start)"
  }

  private mutating func string() throws(Fault) {
    let start = index
    copy()
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "\""): return copy()
      case UInt8(ascii: "\\"): try escape()
      case 0x0A: throw fault("a string has no closing quote on its line", at: start)
      case 0..<0x20:
        let digits: [UInt8] = Array("0123456789abcdef".utf8)
        output += "\\u00".utf8
        output += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        repairs.controlCharacters += 1
        index += 1
      case 0..<0x80: copy()
      default: multibyte()
      }
    }
    throw fault("a string has no closing quote", at: start)
  }

  private mutating func multibyte() {
    let length = UTF8Repair.sequenceLength(source, at: index)
    if length > 0 {
      output += source[index..<index + length]
      index += length
    } else {
      output += UTF8Repair.replacement
      repairs.invalidBytes += 1
      index += 1
    }
  }

  private mutating func escape() throws(Fault) {
    let start = index
    guard start + 1 < source.count else { throw fault("a string has no closing quote") }
    switch source[start + 1] {
    case UInt8(ascii: "u"): break
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      copy()
      return copy()
    default: throw fault("an escape that JSON does not know")
    }
    guard let unit = hexadecimal(at: start + 2) else {
      throw fault("`\\u` must be followed by four hexadecimal digits")
    }
    var length = 6
    if (0xD800..<0xDC00).contains(unit), start + 7 < source.count,
      source[start + 6] == UInt8(ascii: "\\"), source[start + 7] == UInt8(ascii: "u"),
      let low = hexadecimal(at: start + 8), (0xDC00..<0xE000).contains(low)
    {
      length = 12
    } else if (0xD800..<0xE000).contains(unit) {
      output += UTF8Repair.replacement
      repairs.loneSurrogates += 1
      index += 6
      return
    }
    output += source[start..<start + length]
    index += length
  }

  private func hexadecimal(at start: Int) -> UInt16? {
    guard start + 4 <= source.count else { return nil }
    let digits = source[start..<start + 4]
    guard digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }) else { return nil }
    return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  private mutating func word() throws(Fault) {
    let start = index
    while let byte = peek,
      byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
        || Character(UnicodeScalar(byte)).isASCII && Character(UnicodeScalar(byte)).isLetter
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    {
      index += 1
    }
    let text = String(decoding: source[start..<index], as: UTF8.self)
    switch text {
    case "true", "false", "null": output += text.utf8
    case "NaN", "nan", "-NaN", "Infinity", "-Infinity", "inf", "-inf":
      output += "null".utf8
      repairs.nonFiniteNumbers += 1
    default:
      guard let number = JSONNumber(text) else {
        throw fault(
          text.isEmpty ? "expected a value" : "`\(text.prefix(40))` is not a value", at: start)
      }
      if number.isInteger, Int(text) == nil, UInt64(text) == nil {
        output += "\"\(text)\"".utf8
        repairs.largeIntegers += 1
      } else if !number.value.isFinite {
        output += "null".utf8
        repairs.nonFiniteNumbers += 1
      } else {
        output += text.utf8
      }
    }
  }
}

/// A number by JSON's grammar.
private struct JSONNumber {
  let value: Double
  let isInteger: Bool

  init?(_ text: String) {
    var rest = Substring(text)
    func digits() -> Substring {
      let run = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(run.count)
      return run
    }
    if rest.first == "-" { rest.removeFirst() }
    let whole = digits()
    guard !whole.isEmpty, whole.count == 1 || whole.first != "0" else { return nil }
    isInteger = rest.isEmpty
    if rest.first == "." {
      rest.removeFirst()
      guard !digits().isEmpty else { return nil }
    }
    if rest.first == "e" || rest.first == "E" {
      rest.removeFirst()
      if rest.first == "+" || rest.first == "-" { rest.removeFirst() }
      guard !digits().isEmpty else { return nil }
    }
    guard rest.isEmpty, let value = Double(text) else { return nil }
    self.value = value
  }
}
