/// AlpacaEval's `model_outputs.json`: instruction, output and generator; the output may be a list.
struct AlpacaEvalFormat: RowFormat {
  let name = "AlpacaEval"

  func recognise(_ preview: ContentPreview) -> Recognition? {
    guard preview.isJSON, ["instruction", "output", "generator"].allSatisfy(preview.allHave) else {
      return nil
    }
    return Recognition(80, "\(preview.why) with `instruction`, `output` and `generator`")
  }

  func plan(_ preview: ContentPreview, options: ReadingOptions) throws -> FieldPlan {
    try GenericRows().plan(preview, options: options)
  }
}
