import AmbitFormats

/// JSON Lines, a JSON array or a Parquet table with one row per output, or one per prompt with a list of outputs.
struct GenericRows: RowFormat {
  let name = "JSON rows"

  func name(for preview: ContentPreview) -> String { preview.layoutName }

  func recognise(_ preview: ContentPreview) -> Recognition? {
    guard preview.isJSON else { return nil }
    if preview.rows.allSatisfy({ $0.string != nil }) {
      return Recognition(50, "\(preview.why), each a string")
    }
    guard let field = Self.textField(preview) else {
      return Recognition(5, preview.why)
    }
    let shape = preview.isList(field) ? "a list of outputs" : "the output"
    return Recognition(50, "\(preview.why), `\(field)` holds \(shape)")
  }

  func plan(_ preview: ContentPreview, options: ReadingOptions) throws -> FieldPlan {
    if preview.rows.allSatisfy({ $0.string != nil }) { return FieldPlan() }
    guard !preview.fields.isEmpty else {
      let odd = preview.rows.first { $0.object == nil && $0.string == nil }
      throw InputError(
        .wrongType, path: preview.path,
        odd.map { "expected rows that are objects or strings, found \($0.kind.described)" }
          ?? "the rows are objects without fields",
        hint: "every row must be an object such as {\"prompt\": …, \"output\": …}")
    }
    var plan = try FieldPlan(fields: preview.fields, options: options, path: preview.path)
    if plan.text == nil { plan.text = Self.textField(preview).map { FieldPath($0) } }
    guard let text = plan.text else {
      throw InputError(
        .missingField, path: preview.path,
        "no field holds outputs; found \(preview.fields.joined(separator: ", "))",
        hint: "--text-field NAME names the field that holds the output")
    }
    plan.textIsList = preview.isList(text.name)
    if plan.prompt == text { plan.prompt = nil }
    return plan
  }

  /// The field with the outputs, by its name.
  static func textField(_ preview: ContentPreview) -> String? {
    let fields = preview.fields
    return FieldNames.first(of: FieldNames.text, in: fields)
      ?? FieldNames.first(of: FieldNames.textList, in: fields)
      ?? (holdsReplies(preview) ? "choices" : nil)
  }

  /// Whether rows are replies of an OpenAI server, whose `choices` are objects; those of a quiz are texts.
  private static func holdsReplies(_ preview: ContentPreview) -> Bool {
    let lists = preview.rows.compactMap { $0["choices"]?.array }
    return !lists.isEmpty
      && lists.allSatisfy { list in
        list.allSatisfy { $0["message"] != nil || $0["text"] != nil } && !list.isEmpty
      }
  }
}
