/// Measures that answer the same kind of question, under one word.
public struct MeasureFamily: Sendable {
  /// The word that chooses the whole family; no measure has it as its id.
  public let id: String
  /// What the family is about, as a heading.
  public let title: String
  /// In the order of the rows.
  public let measures: [any Measure]

  /// Gathers measures.
  public init(id: String, title: String, measures: [any Measure]) {
    self.id = id
    self.title = title
    self.measures = measures
  }
}
