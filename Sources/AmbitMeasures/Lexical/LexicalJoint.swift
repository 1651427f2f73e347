/// What lexical measures of one checkpoint look at that is the same for all checkpoints of a study.
struct LexicalJoint: Sendable {
  /// How many different words all use: EAD's V.
  let vocabulary: Int
  /// The tokens of equal-token variants.
  let window: Int
  /// The most bytes of a set that are compressed: whole outputs, cut ones.
  let byteBudgets: [Int]

  init(_ texts: LexicalTexts, context: StudyContext) {
    let design = context.design
    vocabulary = texts.vocabulary
    window = texts.window
    let sets = design.checkpoints.indices.map { checkpoint in
      LexicalSets(unitOffsets: design.unitOffsets(of: checkpoint), seed: context.settings.seed)
    }
    byteBudgets = [nil, texts.window].map { window in
      LexicalSets.byteBudget(zip(sets, texts.checkpoints), window: window)
    }
  }

  /// What of it a statistic looks at, as a part of the name under which its rows are remembered.
  func dependence(of statistic: LexicalStatistic) -> String {
    var parts: [String] = []
    if statistic.isWindowed { parts.append("window \(window)") }
    if statistic.measure is ExpectationAdjustedDistinct { parts.append("words \(vocabulary)") }
    if statistic.measure is CompressionRatio {
      parts.append("bytes \(byteBudgets[statistic.isWindowed ? 1 : 0])")
    }
    return parts.joined(separator: ", ")
  }
}
