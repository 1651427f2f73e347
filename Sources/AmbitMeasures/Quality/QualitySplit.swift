internal import AmbitMatrix

/// The four sets of a comparison, of one prompt, each rarefied to the number of the smallest.
struct QualitySplit: Sendable {
  /// A set: whose outputs, and whether only passing ones.
  struct Part: Sendable {
    let isTuned: Bool
    let passes: Bool

    fileprivate var index: Int { (isTuned ? 2 : 0) + (passes ? 1 : 0) }
  }

  /// Per set and statistic, the mean over subsets of the value and of its logarithm.
  private var values: [[Double]] = []
  private var logs: [[Double]] = []
  /// Per statistic, whether a subset was below the floor.
  private(set) var isFloored = [Bool](repeating: false, count: PairStatistic.allCases.count)

  /// - Parameters:
  ///   - passing: of the reference and of the checkpoint, the outputs that pass; two at least.
  ///   - floors: per statistic, what logarithms are taken of where a value is smaller.
  ///   - prompt: names the stream that subsets are drawn from, the same in every study.
  init(
    base: PairTerms, tuned: PairTerms, sizes: (base: Int, tuned: Int),
    passing: (base: [Int], tuned: [Int]), floors: [Double], prompt: Int
  ) {
    let size = min(passing.base.count, passing.tuned.count)
    let sets = [
      (base, Array(0..<sizes.base)), (base, passing.base), (tuned, Array(0..<sizes.tuned)),
      (tuned, passing.tuned),
    ]
    for (index, (terms, outputs)) in sets.enumerated() {
      var random = SeedStream.rarefaction.generator(seed: 0, replicate: 4 * prompt + index)
      let subsets = PairTerms.subsets(of: outputs, size: size, random: &random)
      var sums = [Double](repeating: 0, count: floors.count)
      var logSums = sums
      for subset in subsets {
        for (statistic, value) in terms.values(of: subset).enumerated() {
          if value < floors[statistic] { isFloored[statistic] = true }
          sums[statistic] += value
          logSums[statistic] += Elementary.log(
            value < floors[statistic] ? floors[statistic] : value)
        }
      }
      values.append(sums.map { $0 / Double(subsets.count) })
      logs.append(logSums.map { $0 / Double(subsets.count) })
    }
  }

  func value(_ part: Part, _ statistic: Int) -> Double { values[part.index][statistic] }
  func log(_ part: Part, _ statistic: Int) -> Double { logs[part.index][statistic] }
}
