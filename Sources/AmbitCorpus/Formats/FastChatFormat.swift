/// FastChat's answers: v0 with `text`, later ones (MT-Bench, Arena-Hard v1) with `choices` of `turns`,
/// of which the first turn is read. Prompts stand in a separate question file.
struct FastChatFormat: RowFormat {
  let name = "FastChat answers"

  func recognise(_ preview: ContentPreview) -> Recognition? {
    guard preview.isJSON, preview.allHave("question_id"),
      preview.allHave("answer_id") || preview.allHave("model_id")
    else { return nil }
    if preview.allHave("choices") {
      return Recognition(80, "\(preview.why) with `question_id`, `choices` and who answered")
    }
    guard preview.allHave("text") else { return nil }
    return Recognition(80, "\(preview.why) with `question_id`, `text` and who answered")
  }

  func plan(_ preview: ContentPreview, options: ReadingOptions) throws -> FieldPlan {
    var plan = try FieldPlan(fields: preview.fields, options: options, path: preview.path)
    let hasChoices = preview.allHave("choices")
    plan.text = plan.text ?? FieldPath(hasChoices ? "choices" : "text")
    plan.textIsList = hasChoices
    plan.silent = ["answer_id"]
    return plan
  }
}
