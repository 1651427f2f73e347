/// The share of outputs with a Markdown habit: lists, headings or bold. A change of format moves
/// embeddings and n-grams without any change of content.
struct FormatShare: LexicalMeasure {
  let habit: FormatHabits
  let variant: String
  let id = "format_share"
  let polarity = Polarity.neither
  let comparesOutputs = false
  let hasWindow = false
  var summary: String { "share of outputs with \(variant) in Markdown" }
  let source = "elementary: a count"

  static let all = [
    FormatShare(habit: .lists, variant: "lists"),
    FormatShare(habit: .headings, variant: "headings"),
    FormatShare(habit: .bold, variant: "bold"),
  ]

  func value(of sample: inout LexicalSample) -> Double {
    sample.mean { sample.rows.tokens.habits[$0].contains(habit) ? 1 : 0 }
  }
}
