/// `srr`, `ndr`, `sds`: how much of the reference's support is retained, and how much is discovered.
///
/// With B and T the clusters in the supports of reference and checkpoint (see `ClusterOverlap`):
/// support retention rate `#(B∩T) / #B`, net discovery rate `#(T∖B) / #T`, support dynamic score their
/// harmonic mean. The authors count solutions; here a cluster of a joint k-means stands for one, at equal
/// mass whatever its size. A share of two noisy sets is below 1 even where nothing changed.
package struct SupportDynamics: ClusterPairMeasure {
  package enum Part: Sendable { case retention, discovery, score }

  package let part: Part

  package init(_ part: Part) { self.part = part }

  package var id: String {
    switch part {
    case .retention: "srr"
    case .discovery: "ndr"
    case .score: "sds"
    }
  }

  package let source = "Wu et al. 2025, arXiv:2507.14843"

  package var polarity: Polarity { part == .score ? .neither : .higher }

  package var summary: String {
    switch part {
    case .retention: "share of the reference's clusters that the checkpoint reaches, #(B∩T)/#B"
    case .discovery: "share of the checkpoint's clusters new to the reference, #(T∖B)/#T"
    case .score: "harmonic mean of support retention and discovery"
    }
  }

  package var tail: PermutationTest.Tail { part == .retention ? .low : .high }

  package func upperBound(clusters: Int) -> Double { 1 }

  package func value(of table: ClusterTable) -> Double {
    let (both, base, tuned) = table.supports
    guard base > 0, tuned > 0 else { return .nan }
    let retention = Double(both) / Double(base)
    let discovery = Double(tuned - both) / Double(tuned)
    switch part {
    case .retention: return retention
    case .discovery: return discovery
    case .score:
      let sum = retention + discovery
      return sum > 0 ? 2 * retention * discovery / sum : 0
    }
  }
}
