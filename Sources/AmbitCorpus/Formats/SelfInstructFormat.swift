/// Self-Instruct's predictions. `response` is the model's output; `target` is the human reference. The
/// prompt is instruction and input: `prompt` is the same in the template sent to the model.
struct SelfInstructFormat: RowFormat {
  let name = "Self-Instruct"

  func recognise(_ preview: ContentPreview) -> Recognition? {
    guard preview.isJSON,
      ["instruction", "input", "response", "target"].allSatisfy(preview.allHave)
    else { return nil }
    return Recognition(
      80, "\(preview.why) with `instruction`, `input`, `response` and `target` (the reference)")
  }

  func plan(_ preview: ContentPreview, options: ReadingOptions) throws -> FieldPlan {
    var plan = try FieldPlan(fields: preview.fields, options: options, path: preview.path)
    if options.promptField == nil {
      plan.prompt = FieldPath("instruction")
      plan.promptAddition = FieldPath("input")
    }
    plan.text = plan.text ?? FieldPath("response")
    return plan
  }
}
