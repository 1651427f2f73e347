internal import AmbitFormats

/// Two texts that a person judged to say the same or not.
public struct JudgedPair: Equatable, Sendable {
  /// One text.
  public let first: String
  /// The other.
  public let second: String
  /// Whether they were judged the same.
  public let isSame: Bool

  /// Two texts and the judgement.
  public init(first: String, second: String, isSame: Bool) {
    self.first = first
    self.second = second
    self.isSame = isSame
  }

  /// Reads a file of JSON Lines with `output_a`, `output_b` and `similar` (1 or true, 0 or false).
  ///
  /// Throws `InputError` with the file, the line and the field.
  public static func read(path: String) throws -> [JudgedPair] {
    let file = try InputFile(path: path)
    let parser = JSONParser()
    var pairs: [JudgedPair] = []
    for (index, range) in file.contents.lineRanges.enumerated()
    where !file.contents.isBlank(range) {
      do {
        let record = try parser.parse(file.contents, in: range)
        pairs.append(
          JudgedPair(
            first: try text("output_a", of: record), second: try text("output_b", of: record),
            isSame: try judgement(of: record)))
      } catch let error as InputError {
        throw error.located(path: path, line: index + 1)
      }
    }
    guard !pairs.isEmpty else {
      throw InputError(.empty, path: path, "no pairs", hint: hint)
    }
    return pairs
  }

  private static let hint =
    #"give JSON lines such as {"output_a":"…","output_b":"…","similar":1}"#

  private static func text(_ field: String, of record: JSONValue) throws -> String {
    guard let text = record.member(field)?.string else {
      throw InputError(.missingField, field: field, "expected a string with a text", hint: hint)
    }
    return text
  }

  private static func judgement(of record: JSONValue) throws -> Bool {
    let value = record.member("similar")
    if let judgement = value?.boolean { return judgement }
    guard let number = value?.integer, (0...1).contains(number) else {
      throw InputError(.missingField, field: "similar", "expected 0 or 1", hint: hint)
    }
    return number == 1
  }
}
