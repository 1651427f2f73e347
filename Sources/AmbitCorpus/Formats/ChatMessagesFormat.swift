import AmbitFormats

/// Chat messages: the last one of the assistant is the output, what precedes it is the prompt. Also
/// Arena-Hard's newer answers, whose content is an object with `answer`.
struct ChatMessagesFormat: RowFormat {
  let name = "chat messages"

  func name(for preview: ContentPreview) -> String {
    isArenaHard(preview) ? "Arena-Hard answers" : name
  }

  func recognise(_ preview: ContentPreview) -> Recognition? {
    guard preview.isJSON else { return nil }
    if preview.rows.allSatisfy({ Self.areMessages($0) }) {
      return Recognition(70, "\(preview.why), each a list of messages with roles")
    }
    guard let field = Self.field(preview) else { return nil }
    let what = isArenaHard(preview) ? "whose `content` has an `answer`" : "with roles"
    return Recognition(70, "\(preview.why), `\(field)` holds messages \(what)")
  }

  func plan(_ preview: ContentPreview, options: ReadingOptions) throws -> FieldPlan {
    guard let field = Self.field(preview) else {
      var plan = FieldPlan()
      plan.messages = FieldPath("messages")
      return plan
    }
    var plan = try FieldPlan(fields: preview.fields, options: options, path: preview.path)
    if options.promptField == nil { plan.prompt = nil }
    plan.messages = FieldPath(field)
    plan.text = nil
    plan.silent = ["ans_id", "answer_id", "tstamp"]
    return plan
  }

  private static func field(_ preview: ContentPreview) -> String? {
    let named = FieldNames.first(of: FieldNames.messages, in: preview.fields)
    guard let named, preview.objects?.allSatisfy({ $0[named].map(areMessages) ?? false }) == true
    else { return nil }
    return named
  }

  private static func areMessages(_ value: JSON) -> Bool {
    guard let first = value.array?.first else { return false }
    return (first["role"] ?? first["from"])?.string != nil
      && (first["content"] ?? first["value"]) != nil
  }

  private func isArenaHard(_ preview: ContentPreview) -> Bool {
    guard let field = Self.field(preview) else { return false }
    return preview.rows.allSatisfy { $0[field]?.array?.last?["content"]?["answer"] != nil }
  }
}
