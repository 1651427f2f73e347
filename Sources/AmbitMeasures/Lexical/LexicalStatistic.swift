/// One row of the lexical tables: a measure of whole outputs or of outputs cut at the window.
struct LexicalStatistic: Sendable {
  let measure: any LexicalMeasure
  let isWindowed: Bool

  /// The measure's variant, with `_w` where outputs are cut; `w` alone where it has none.
  var variant: String {
    guard isWindowed else { return measure.variant }
    return measure.variant.isEmpty ? "w" : measure.variant + "_w"
  }

  /// Every measure of whole outputs, and beside it of cut ones where that says something.
  static func all(_ measures: [any LexicalMeasure]) -> [LexicalStatistic] {
    measures.flatMap { measure in
      (measure.hasWindow ? [false, true] : [false]).map {
        LexicalStatistic(measure: measure, isWindowed: $0)
      }
    }
  }

  /// The scale on which two values are compared: their logarithm, or they themselves.
  func scaled(_ value: Double) -> Double {
    measure.effectKind == .difference ? value : measure.effectKind.effect(of: value, against: 1)
  }
}
