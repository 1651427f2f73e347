package import AmbitMatrix

/// Page's test for a trend over ordered checkpoints, with prompts as blocks.
///
/// `L = Σ_k k · R_k`, where R_k sums over prompts the rank of checkpoint k among the checkpoints of that
/// prompt (ties get their mean rank). Only the order within each prompt counts, so prompts of any scale
/// weigh the same. Source: Page 1963, J. Am. Stat. Assoc. 58:216.
package struct PageTrend: Equatable, Sendable {
  /// Page's L.
  package let statistic: Double
  /// `(L − E L) / sd L` under no trend, ties accounted for; its sign is that of the trend. 0 where all
  /// prompts are tied throughout.
  package let z: Double
  /// Two-sided, from `permutations` shuffles of the checkpoints within every prompt; `nil` for fewer
  /// than six prompts or three checkpoints.
  package let p: Double?

  /// - Parameter values: for each prompt, one value a checkpoint, in order; no NaN.
  /// - Complexity: O(permutations · prompts · checkpoints).
  package init(
    _ values: [[Double]], permutations: Int, seed: UInt64, workers: Workers
  ) {
    let stages = values.first?.count ?? 0
    precondition(values.allSatisfy { $0.count == stages }, "one value a checkpoint and prompt")
    let ranks = values.map(Self.ranks)
    let middle = Double(stages + 1) / 2
    let contrasts = (0..<stages).map { Double($0 + 1) - middle }
    let spread = contrasts.reduce(0) { $0 + $1 * $1 }
    @Sendable func score(_ order: (Int) -> [Double]) -> Double {
      var sum = 0.0
      for prompt in ranks.indices {
        let row = order(prompt)
        for stage in contrasts.indices { sum += contrasts[stage] * row[stage] }
      }
      return sum
    }
    let observed = score { ranks[$0] }
    let variance = ranks.reduce(0.0) { sum, row in
      sum + spread * row.reduce(0) { $0 + ($1 - middle) * ($1 - middle) }
        / Double(max(1, stages - 1))
    }
    statistic = observed + Double(values.count) * Double(stages) * middle * middle
    z = variance > 0 ? observed / variance.squareRoot() : 0
    guard values.count >= SignFlipTest.fewestPrompts, stages >= 3 else {
      p = nil
      return
    }
    let replicates = workers.map(permutations) { replicate in
      var random = SeedStream.permutation.generator(seed: seed, replicate: replicate)
      return score { prompt in
        var row = ranks[prompt]
        random.shuffle(&row)
        return row
      }
    }
    p = PermutationTest.pValue(
      observed: observed, replicates: replicates, tail: .twoSided, isExhaustive: false)
  }

  /// 1-based ranks, ties sharing their mean.
  static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var ranks = [Double](repeating: 0, count: values.count)
    var first = 0
    while first < order.count {
      var last = first
      while last + 1 < order.count && values[order[last + 1]] == values[order[first]] { last += 1 }
      for place in first...last { ranks[order[place]] = Double(first + last) / 2 + 1 }
      first = last + 1
    }
    return ranks
  }
}
