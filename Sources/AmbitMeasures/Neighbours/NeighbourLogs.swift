internal import AmbitMatrix

/// Sums over two sets of the logarithms of distances to k-th nearest neighbours, and what follows from
/// them: entropies and divergences in nats.
package struct NeighbourLogs: Sendable {
  private let k: Int
  private let dimension: Double
  /// Rows, summed logarithms to the own set's k-th nearest and to the other's; reference first.
  private var sizes = [0, 0]
  private var own = [0.0, 0]
  private var other = [0.0, 0]

  /// Walks the lists: about 4k steps a row.
  ///
  /// - Parameter groups: 0 for rows of the reference, 1 for those of the other set, 2 for neither.
  package init(_ distances: NearestDistances, groups: [UInt8], k: Int) {
    precondition(groups.count == distances.count, "one group a row")
    self.k = k
    dimension = Double(distances.dimension)
    for group in groups where group < 2 { sizes[Int(group)] += 1 }
    groups.withUnsafeBufferPointer { groups in
      for row in groups.indices where groups[row] < 2 {
        let group = Int(groups[row])
        let logs = distances.logs(
          of: row, k: k, groups: groups, sizes: (sizes[group], sizes[1 - group]))
        own[group] += logs.own ?? .nan
        other[group] += logs.other ?? .nan
      }
    }
  }

  /// `ψ(n) − ψ(k) + ln V_d + (d/n) Σ ln ρ_k` of the reference (0) or the other set (1); NaN where it has
  /// no more than k rows, −∞ where more than k coincide.
  package func entropy(of set: Int) -> Double {
    guard sizes[set] > k else { return .nan }
    let digammas = (k..<sizes[set]).reduce(0.0) { $0 + 1 / Double($1) }
    let volume =
      dimension / 2 * Elementary.log(Double.pi) - Elementary.logGamma(dimension / 2 + 1)
    return digammas + volume + dimension / Double(sizes[set]) * own[set]
  }

  /// `(d/n) Σ ln(ν_k/ρ_k) + ln(m/(n − 1))` from set `set` to the other one; NaN where it is undefined.
  package func divergence(from set: Int) -> Double {
    let (n, m) = (Double(sizes[set]), Double(sizes[1 - set]))
    guard sizes[set] > k, sizes[1 - set] >= k else { return .nan }
    return dimension / n * (other[set] - own[set]) + Elementary.log(m / (n - 1))
  }
}
