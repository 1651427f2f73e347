import AmbitFormats

/// Finds the text in the shapes in which people keep it.
enum TextExtraction {
  /// The text of a string (null is an empty one), of an object by its telling member, or of chat
  /// messages: the last one of the assistant.
  ///
  /// Throws `InputError.wrongType` for anything else; the caller adds where.
  static func text(_ value: JSONValue, field: String, hint: String? = nil) throws -> String {
    switch value.kind {
    case .string: return value.string!
    case .null: return ""
    case .object:
      for name in ["content", "text", "output", "answer", "generated_text", "response"] {
        if let member = value.member(name), member.kind == .string { return member.string! }
      }
      if let turns = value.member("turns"), let first = turns.elements.first(where: { _ in true }) {
        return try text(first, field: field, hint: hint)
      }
      for name in ["message", "content"] {
        if let member = value.member(name), member.kind == .object || member.kind == .array {
          return try text(member, field: field, hint: hint)
        }
      }
    case .array:
      if let last = ChatMessages(value)?.output { return last }
      // OpenAI's content parts: [{"type": "text", "text": "…"}].
      let parts = value.elements.filter { $0.member("type")?.string == "text" }
        .compactMap { $0.member("text")?.string }
      if !parts.isEmpty, parts.count == value.childCount { return parts.joined() }
    default: break
    }
    throw InputError(
      .wrongType, field: field, "expected a string, found \(value.kind.described)", hint: hint)
  }

  /// The text of a prompt: a string, or chat messages, whose contents are joined by blank lines.
  static func prompt(_ value: JSONValue, field: String) throws -> String {
    if value.kind == .array {
      if let messages = ChatMessages(value) { return messages.joined }
      // MT-Bench asks in turns; outputs are read for the first.
      if let first = value.elements.first(where: { _ in true })?.string, field == "turns" {
        return first
      }
    }
    return try text(
      value, field: field, hint: "--prompt-field NAME names the field that holds the prompt")
  }

  /// A string or a number as an identifier.
  static func identifier(_ value: JSONValue, field: String) throws -> String? {
    switch value.kind {
    case .null: return nil
    case .string: return value.string!
    case .integer: return value.integer.map { String($0) } ?? DecimalText.shortest(value.number!)
    case .number: return DecimalText.shortest(value.number!)
    default:
      throw InputError(
        .wrongType, field: field,
        "expected a string or a number, found \(value.kind.described)",
        hint: "--id-field NAME names the field that identifies the prompt")
    }
  }

  /// A whole number, also one in quotes.
  static func sample(_ value: JSONValue, field: String) throws -> Int? {
    switch value.kind {
    case .null: return nil
    case .integer: if let integer = value.integer { return integer }
    case .number: if let integer = Int(exactly: value.number!) { return integer }
    case .string: if let integer = Int(value.string!) { return integer }
    default: break
    }
    throw InputError(
      .wrongType, field: field, "expected a whole number, found \(value.kind.described)",
      hint: "--sample-field NAME names the field that numbers the samples")
  }

  /// A finite number, also one in quotes or a truth value; nil for null.
  static func score(_ value: JSONValue, field: String) throws -> Double? {
    switch value.kind {
    case .null: return nil
    case .boolean: return value.boolean! ? 1 : 0
    case .integer, .number: return value.number
    case .string: if let number = Double(value.string!) { return number.isFinite ? number : nil }
    default: break
    }
    throw InputError(
      .wrongType, field: field, "expected a number, found \(value.kind.described)",
      hint: "--score-field NAME names the field that holds the score")
  }
}

/// A conversation: prompt is what precedes the last message of the assistant, which is the output.
struct ChatMessages {
  private var messages: [(role: String, content: String)] = []

  /// Nil where the value is no list of messages with a role each.
  init?(_ value: JSONValue) {
    guard value.kind == .array else { return nil }
    for message in value.elements {
      guard let role = (message.member("role") ?? message.member("from"))?.string,
        let content = message.member("content") ?? message.member("value"),
        let text = try? TextExtraction.text(content, field: "content")
      else { return nil }
      messages.append((role, text))
    }
    if messages.isEmpty { return nil }
  }

  private var lastAnswer: Int? {
    messages.lastIndex { ["assistant", "gpt", "model", "bot"].contains($0.role) }
  }

  /// The last message of the assistant; nil where there is none.
  var output: String? { lastAnswer.map { messages[$0].content } }

  /// What precedes the output: the one message, or all with their roles where there are several.
  var prompt: String {
    let before = messages[..<(lastAnswer ?? messages.count)]
    return before.count == 1
      ? before.first!.content
      : before.map { "\($0.role): \($0.content)" }.joined(separator: "\n\n")
  }

  /// The contents of all messages, joined by blank lines.
  var joined: String { messages.map(\.content).joined(separator: "\n\n") }
}
