/// NoveltyBench's `generations.jsonl` and `scores.jsonl`: a prompt a line with a list of generations.
struct NoveltyBenchFormat: RowFormat {
  let name = "NoveltyBench"

  func recognise(_ preview: ContentPreview) -> Recognition? {
    guard preview.isJSON, ["id", "prompt", "generations"].allSatisfy(preview.allHave) else {
      return nil
    }
    return Recognition(80, "\(preview.why) with `id`, `prompt` and a list `generations`")
  }

  func plan(_ preview: ContentPreview, options: ReadingOptions) throws -> FieldPlan {
    var plan = try FieldPlan(fields: preview.fields, options: options, path: preview.path)
    plan.text = plan.text ?? FieldPath("generations")
    plan.textIsList = true
    plan.idIsCertain = true
    if plan.score == nil, preview.allHave("generation_scores") {
      plan.score = FieldPath("generation_scores")
    }
    return plan
  }
}
