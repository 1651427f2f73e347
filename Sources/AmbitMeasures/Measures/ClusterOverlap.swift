/// `clusters_kept`, `clusters_lost`, `clusters_gained`: what became of the reference's clusters.
///
/// Clusters of one joint k-means. A cluster is in a checkpoint's support where it has at least three of
/// its outputs (3/n of them, where the other set is smaller). Kept: both support it. Lost: the reference
/// supports it and the checkpoint does not, with Fisher's exact test below 5 % after Benjamini and
/// Hochberg; gained: the other way round. Rows count as independent there, which errs on the side of
/// caution where both answer the same prompts. The null band, of halves, has fewer clusters large enough
/// to be in a support.
struct ClusterOverlap: ClusterPairMeasure {
  enum Part: String, Sendable { case kept, lost, gained }

  let part: Part

  init(_ part: Part) { self.part = part }

  var id: String { "clusters_\(part.rawValue)" }
  let source =
    "Wu et al. 2025, arXiv:2507.14843 (the sets); Fisher 1935; Benjamini & Hochberg 1995"

  var polarity: Polarity { part == .lost ? .lower : .higher }

  var summary: String {
    switch part {
    case .kept: "clusters of outputs that both checkpoints reach"
    case .lost: "clusters of the reference that the checkpoint no longer reaches (Fisher, BH 5 %)"
    case .gained: "clusters of the checkpoint that the reference does not reach (Fisher, BH 5 %)"
    }
  }

  var tail: PermutationTest.Tail { part == .kept ? .low : .high }

  func upperBound(clusters: Int) -> Double { Double(clusters) }

  func value(of table: ClusterTable) -> Double {
    switch part {
    case .kept: Double(table.supports.both)
    case .lost: Double(table.changes.count(where: \.isLost))
    case .gained: Double(table.changes.count { !$0.isLost })
    }
  }
}
