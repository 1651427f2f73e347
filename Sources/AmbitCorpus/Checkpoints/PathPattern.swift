import AmbitFormats

/// A path with named gaps, such as `gens/{run}/step-{step}.jsonl`.
///
/// `{step}` stands for digits, any other gap for one or more characters within one part of the path; a gap
/// that stands twice has one value. `*` and `?` mean what they mean to a shell.
package struct PathPattern: Sendable {
  /// A file that matches, with what stands in the gaps.
  package struct Match: Equatable {
    package let path: String
    package let values: [String: String]
  }

  private enum Token: Equatable {
    case byte(UInt8)
    case anyByte
    case anyRun
    case gap(String)
  }

  /// The names of the gaps, in order, each once.
  package let gaps: [String]
  private let tokens: [Token]
  private let shellPattern: String

  /// Whether the text has a gap: a name in braces.
  package static func hasGaps(_ text: String) -> Bool { text.contains(gap) }

  private static var gap: Regex<(Substring, Substring)> { /\{([A-Za-z_][A-Za-z0-9_]*)\}/ }

  package init(_ text: String) {
    var tokens: [Token] = []
    var names: [String] = []
    var rest = text[...]
    func literal(_ part: Substring) {
      tokens += part.utf8.map { byte in
        switch byte {
        case UInt8(ascii: "*"): .anyRun
        case UInt8(ascii: "?"): .anyByte
        default: .byte(byte)
        }
      }
    }
    while let match = rest.firstMatch(of: Self.gap) {
      literal(rest[..<match.range.lowerBound])
      let name = String(match.output.1)
      tokens.append(.gap(name))
      if !names.contains(name) { names.append(name) }
      rest = rest[match.range.upperBound...]
    }
    literal(rest)
    gaps = names
    self.tokens = tokens
    shellPattern = text.replacing("[", with: "\\[").replacing(Self.gap, with: "*")
  }

  /// The existing files that match, in natural order.
  package func matches() -> [Match] {
    let found = Glob.paths(shellPattern).filter { System.kind(of: $0) == .file }.compactMap {
      path in
      values(of: path).map { Match(path: path, values: $0) }
    }
    let ordered = CheckpointInput.inOrder(found.map { CheckpointInput(path: $0.path) })
    return ordered.compactMap { input in found.first { $0.path == input.path } }
  }

  /// What stands in the gaps of a path or name; nil where it does not match. Where several readings are
  /// possible, the earlier gap takes the most.
  package func values(of text: String) -> [String: String]? {
    var values: [String: ArraySlice<UInt8>] = [:]
    let bytes = Array(text.utf8)
    guard match(bytes[...], tokens[...], &values) else { return nil }
    return values.mapValues { String(decoding: $0, as: UTF8.self) }
  }

  private func match(
    _ bytes: ArraySlice<UInt8>, _ tokens: ArraySlice<Token>,
    _ values: inout [String: ArraySlice<UInt8>]
  ) -> Bool {
    guard let token = tokens.first else { return bytes.isEmpty }
    let slash = UInt8(ascii: "/")
    switch token {
    case .byte(let byte):
      return bytes.first == byte && match(bytes.dropFirst(), tokens.dropFirst(), &values)
    case .anyByte:
      return bytes.first.map { $0 != slash } == true
        && match(bytes.dropFirst(), tokens.dropFirst(), &values)
    case .anyRun:
      let longest = bytes.prefix { $0 != slash }.count
      return (0...longest).reversed().contains {
        match(bytes.dropFirst($0), tokens.dropFirst(), &values)
      }
    case .gap(let name):
      if let known = values[name] {
        return bytes.starts(with: known)
          && match(bytes.dropFirst(known.count), tokens.dropFirst(), &values)
      }
      let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
      let longest = bytes.prefix { name == "step" ? digits.contains($0) : $0 != slash }.count
      for length in (0..<longest).map({ longest - $0 }) {
        values[name] = bytes.prefix(length)
        if match(bytes.dropFirst(length), tokens.dropFirst(), &values) { return true }
      }
      values[name] = nil
      return false
    }
  }

  /// A text whose gaps are filled; a gap without a value stays as it is.
  package static func filled(_ text: String, with values: [String: String]) -> String {
    text.replacing(gap) { values[String($0.output.1)] ?? String($0.output.0) }
  }

  /// The gaps of a text, in order, each once.
  package static func gaps(in text: String) -> [String] { PathPattern(text).gaps }
}
