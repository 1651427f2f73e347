import AmbitFormats
import AmbitMeasures

extension StudyNote {
  /// Says where no row can become significant, because there are too few permutations for so many rows.
  static func attainableSignificance(
    _ measurements: [Measurement], permutations: Int
  ) -> StudyNote? {
    let rows = measurements.count { $0.isPrimary && $0.p != nil }
    let smallest = min(1, Double(rows) / Double(permutations + 1))
    guard rows > 0, smallest > 0.05 else { return nil }
    return StudyNote(
      code: "few_permutations",
      text: """
        \(permutations) permutations cannot give an adjusted p below \
        \(DecimalText.significant(smallest, digits: 2)) in a table of \(rows) rows; \
        use --permutations 9999
        """)
  }
}
