/// `cluster_count`: how many kinds the outputs of a checkpoint are of.
///
/// `within`: the distinct kinds among a prompt's samples, the mean over prompts; it grows with the
/// samples, so only equal numbers compare. `pooled`: expected distinct clusters, `equal_n` at the size
/// of the smallest checkpoint (Hurlbert's rarefaction, the mean over all subsamples), `equal_coverage`
/// in subsamples that cover the share of their law that the least complete checkpoint covers. At equal
/// size a sample tells nearly all of a narrow model and less of a wide one, so `equal_n` understates a
/// loss; `equal_coverage` does not. Invariant to rotation and to the length of each row.
struct ClusterCount: ClusterMeasure {
  enum Form: String, Sendable {
    case perPrompt = ""
    case equalSize = "equal_n"
    case equalCoverage = "equal_coverage"
  }

  let form: Form
  let id = "cluster_count"
  let polarity = Polarity.higher

  init(_ form: Form) { self.form = form }

  var variant: String { form.rawValue }
  var scope: Scope { form == .perPrompt ? .within : .pooled }
  var effectKind: EffectKind { form == .perPrompt ? .meanLogRatio : .logRatio }
  var dependsOnCount: Bool { form == .perPrompt }
  /// Finding the size of a coverage takes a hundred times as long as counting.
  var permutationLimit: Int { form == .equalCoverage ? 999 : .max }

  var source: String {
    form == .equalCoverage
      ? "Chao & Jost 2012, Ecology 93:2533" : "Hurlbert 1971, Ecology 52:577 (rarefaction)"
  }

  var summary: String {
    switch form {
    case .perPrompt: "distinct kinds among a prompt's answers, complete linkage at a cosine radius"
    case .equalSize: "distinct clusters among as many outputs as every checkpoint has"
    case .equalCoverage: "distinct clusters in samples that cover equal shares of their laws"
    }
  }

  func value(of counts: AbundanceCounts, at levels: ClusterLevels) -> Double {
    guard counts.total > 1 else { return .nan }
    switch form {
    case .perPrompt: return Double(counts.kinds)
    case .equalSize:
      let rarefaction = Rarefaction(counts)
      return rarefaction.kinds(at: min(levels.size, counts.total))
    case .equalCoverage: return Rarefaction(counts).kinds(atCoverage: levels.coverage)
    }
  }
}
