package import AmbitMatrix

/// The cosine distance up to which two outputs to a prompt count as one kind.
///
/// Where people have judged pairs of outputs for the embedder, it is the distance at which same and
/// different are equally likely (`Benchmarks/clusters.md`). For other embedders it is a fifth of the
/// median distance between the baseline's outputs to different prompts, which is the scale of an
/// embedder's distances: of two sentence embedders the calibrated radius is 0.20 to 0.22 of it.
package struct ClusterRadius: Equatable, Sendable {
  /// The radius; NaN where there are no two prompts to take it from.
  package let value: Double
  /// Whether people's judgements gave it.
  package let isCalibrated: Bool

  /// The share of the median distance.
  static let share = 0.2
  /// The most pairs that the median is taken of.
  static let mostPairs = 100_000

  /// A radius that people's judgements gave.
  package init(calibrated value: Double) {
    self.value = value
    isCalibrated = true
  }

  /// By the rule, from a checkpoint's rows; pairs are drawn by `seed` where they are many.
  package init(of rows: Matrix, offsets: [Int], seed: UInt64) {
    isCalibrated = false
    let count = rows.rowCount
    let norms = (0..<count).map { Reductions.squaredNorm(rows.row($0)) }
    var prompts: [Int] = []
    for prompt in 0..<offsets.count - 1 {
      prompts += [Int](repeating: prompt, count: offsets[prompt + 1] - offsets[prompt])
    }
    var distances: [Double] = []
    func take(_ first: Int, _ second: Int) {
      guard prompts[first] != prompts[second] else { return }
      distances.append(
        CosineGeometry.distance(
          rows.row(first), rows.row(second), squaredNorms: (norms[first], norms[second])))
    }
    if count * (count - 1) / 2 <= Self.mostPairs {
      for first in 0..<count { for second in 0..<first { take(first, second) } }
    } else {
      var random = SeedStream.clustering.generator(seed: seed, replicate: 1)
      for _ in 0..<Self.mostPairs {
        take(random.index(below: count), random.index(below: count))
      }
    }
    value = Quantile.median(distances).map { Self.share * $0 } ?? .nan
  }
}
