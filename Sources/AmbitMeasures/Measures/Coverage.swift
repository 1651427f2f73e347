/// `coverage` [k5]: the share of the reference's outputs that have a checkpoint output in their k-ball.
///
/// `mean_i 1[min_j d(xᵢ, yⱼ) < r_k(xᵢ)]` with x the reference, y the checkpoint. In [0, 1]. For N and M
/// independent rows of one law its mean is `1 − Π_{i=1..k} (N − i)/(N + M − i)`, whatever the law and the
/// dimension: 0.969 for k = 5 and equal numbers. It falls to the share of modes kept when modes are
/// lost; a contraction does not lower it. Invariant to rotation, translation and a common scale.
/// Source: Naeem et al. 2020.
package struct Coverage: NeighbourMeasure {
  package let id = "coverage"
  package let polarity = Polarity.higher
  package let summary =
    "share of the reference's outputs with a checkpoint output in their k-nearest-neighbour ball"
  package let source = "Naeem et al. 2020, arXiv:2002.09797"
  package let tail = PermutationTest.Tail.low

  package func value(of counts: NeighbourCounts) -> Double {
    Double(counts.coveredBase) / Double(counts.base)
  }

  /// The mean for `base` and `tuned` independent rows of one continuous law.
  package static func expectation(base: Int, tuned: Int, k: Int) -> Double {
    var missed = 1.0
    for index in 1...k { missed *= Double(base - index) / Double(base + tuned - index) }
    return 1 - missed
  }

  package func shiftOfNull(halves: (Int, Int), sets: (Int, Int), k: Int) -> Double {
    guard min(halves.0, sets.0) > k else { return 0 }
    return Self.expectation(base: sets.0, tuned: sets.1, k: k)
      - Self.expectation(base: halves.0, tuned: halves.1, k: k)
  }
}
