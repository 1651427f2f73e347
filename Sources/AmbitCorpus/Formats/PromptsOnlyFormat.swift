/// Prompts without outputs, such as FastChat's `question.jsonl`.
struct PromptsOnlyFormat: RowFormat {
  let name = "prompts only"
  let kind = OutputFile.Kind.promptsOnly

  func recognise(_ preview: ContentPreview) -> Recognition? {
    guard preview.isJSON, preview.objects != nil else { return nil }
    let fields = preview.fields
    if preview.allHave("question_id"), preview.allHave("text") || preview.allHave("turns"),
      FieldNames.first(of: FieldNames.generator + ["answer_id"], in: fields) == nil
    {
      let field = preview.allHave("text") ? "text" : "turns"
      return Recognition(60, "\(preview.why) with `question_id` and `\(field)` but no answers")
    }
    guard let prompt = FieldNames.first(of: FieldNames.prompt, in: fields),
      GenericRows.textField(preview) == nil
    else { return nil }
    return Recognition(40, "\(preview.why) with `\(prompt)` but no field for outputs")
  }

  func plan(_ preview: ContentPreview, options: ReadingOptions) throws -> FieldPlan {
    var plan = try FieldPlan(fields: preview.fields, options: options, path: preview.path)
    if plan.prompt == nil { plan.prompt = FieldPath(preview.allHave("text") ? "text" : "turns") }
    return plan
  }
}
