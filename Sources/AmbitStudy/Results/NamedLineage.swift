import AmbitFormats
import AmbitMeasures

/// A lineage of the study, read as a whole.
struct NamedLineage {
  /// What the user calls it; nil where it is all checkpoints of the study.
  let name: String?
  let lineage: Lineage

  /// What several lineages say together, such as the seeds of one recipe; nil for fewer than two.
  ///
  /// Each lineage is one run of training: their range says how far runs differ, and no interval over so few
  /// is given.
  static func together(_ lineages: [NamedLineage]) -> String? {
    let changes = lineages.map(\.lineage.change)
    guard changes.count > 1, let low = changes.min(), let high = changes.max() else { return nil }
    let mean = changes.reduce(0, +) / Double(changes.count)
    return """
      Over \(changes.count) lineages the change of dispersion within prompts is \
      \(Ratio(logarithm: mean).text) on average (of logarithms), from \(Ratio(logarithm: low).text) to \
      \(Ratio(logarithm: high).text).
      """
  }
}
