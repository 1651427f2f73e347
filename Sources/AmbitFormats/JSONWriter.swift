/// Writes JSON so that the same value gives the same bytes, everywhere.
///
/// Numbers are the shortest decimal that reads back to the same value; members keep their order.
/// Numbers that JSON cannot hold (NaN, infinities) are written as null. The line separators U+0085,
/// U+2028 and U+2029 are escaped, so that readers which split at them do no harm.
public struct JSONWriter: Sendable {
  /// Whether containers spread over lines, indented by two blanks.
  public var isPretty: Bool

  /// Creates a writer; compact unless told otherwise.
  public init(isPretty: Bool = false) { self.isPretty = isPretty }

  /// The value as UTF-8, without a newline at its end.
  public func bytes(_ value: JSON) -> [UInt8] {
    var output: [UInt8] = []
    append(value, to: &output, depth: 0)
    return output
  }

  /// The value as text, without a newline at its end.
  public func string(_ value: JSON) -> String { String(decoding: bytes(value), as: UTF8.self) }

  /// The values as JSON Lines: one compact value a line, each line ended.
  public func lines(_ values: some Sequence<JSON>) -> [UInt8] {
    var output: [UInt8] = []
    let compact = JSONWriter()
    for value in values {
      compact.append(value, to: &output, depth: 0)
      output.append(UInt8(ascii: "\n"))
    }
    return output
  }

  private func append(_ value: JSON, to output: inout [UInt8], depth: Int) {
    switch value {
    case .null: output += "null".utf8
    case .boolean(let value): output += (value ? "true" : "false").utf8
    case .integer(let value): output += String(value).utf8
    case .number(let value):
      output += (value.isFinite ? DecimalText.shortest(value) : "null").utf8
    case .string(let value): Self.append(value, to: &output)
    case .array(let elements):
      append(elements, between: "[]", to: &output, depth: depth) { element, output in
        append(element, to: &output, depth: depth + 1)
      }
    case .object(let object):
      append(object.members, between: "{}", to: &output, depth: depth) { member, output in
        Self.append(member.name, to: &output)
        output += (isPretty ? ": " : ":").utf8
        append(member.value, to: &output, depth: depth + 1)
      }
    }
  }

  private func append<Element>(
    _ elements: [Element], between brackets: StaticString, to output: inout [UInt8], depth: Int,
    _ appendElement: (Element, inout [UInt8]) -> Void
  ) {
    output.append(brackets.utf8Start[0])
    for (index, element) in elements.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      breakLine(&output, depth: depth + 1)
      appendElement(element, &output)
    }
    if !elements.isEmpty { breakLine(&output, depth: depth) }
    output.append(brackets.utf8Start[1])
  }

  private func breakLine(_ output: inout [UInt8], depth: Int) {
    guard isPretty else { return }
    output.append(UInt8(ascii: "\n"))
    output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
  }

  private static func append(_ text: String, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\"".utf8
      case "\\": output += "\\\\".utf8
      case "\n": output += "\\n".utf8
      case "\r": output += "\\r".utf8
      case "\t": output += "\\t".utf8
      case "\0"..<" ", "\u{7F}", "\u{85}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        output += "\\u".utf8
        output.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: 4 - digits.utf8.count))
        output += digits.utf8
      default: output += UTF8.encode(scalar)!
      }
    }
    output.append(UInt8(ascii: "\""))
  }
}
