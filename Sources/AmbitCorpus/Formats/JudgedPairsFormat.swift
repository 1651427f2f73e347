/// Two outputs for one prompt and a judgement: to calibrate a threshold with, not checkpoints to compare.
struct JudgedPairsFormat: RowFormat {
  let name = "judged pairs"
  let kind = OutputFile.Kind.judgedPairs

  private static let pairs = [
    ("output_a", "output_b"), ("output_1", "output_2"), ("response_a", "response_b"),
    ("response_1", "response_2"), ("answer_a", "answer_b"), ("text_a", "text_b"),
    ("completion_a", "completion_b"), ("generation_0", "generation_1"), ("chosen", "rejected"),
  ]

  /// The two fields of a pair, as they are spelt in `fields`.
  static func fields(among fields: [String]) -> (String, String)? {
    for (first, second) in pairs {
      if let a = FieldNames.first(of: [first], in: fields),
        let b = FieldNames.first(of: [second], in: fields)
      {
        return (a, b)
      }
    }
    return nil
  }

  func recognise(_ preview: ContentPreview) -> Recognition? {
    guard preview.isJSON, let (a, b) = Self.fields(among: preview.fields) else { return nil }
    guard preview.allHave(a), preview.allHave(b) else { return nil }
    return Recognition(85, "\(preview.why) with two outputs a row, `\(a)` and `\(b)`")
  }

  func plan(_ preview: ContentPreview, options: ReadingOptions) throws -> FieldPlan {
    var plan = try FieldPlan(fields: preview.fields, options: options, path: preview.path)
    let (a, b) = Self.fields(among: preview.fields)!
    plan.text = FieldPath(a)
    plan.otherText = FieldPath(b)
    plan.silent = ["pair_id"]
    return plan
  }
}
