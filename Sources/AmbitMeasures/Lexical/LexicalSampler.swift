/// Takes lexical statistics of outputs of one checkpoint; owns the room for counting, one a thread.
struct LexicalSampler {
  private let rows: LexicalRows
  private let vocabulary: Int
  private let scratch: LexicalScratch

  init(_ rows: LexicalRows, vocabulary: Int) {
    self.rows = rows
    self.vocabulary = vocabulary
    scratch = LexicalScratch(for: [rows])
  }

  /// The statistics of some outputs; NaN where a measure needs more of them.
  mutating func values(
    _ statistics: [LexicalStatistic], of outputs: [Int], byteBudgets: [Int]? = nil
  ) -> [Double] {
    var samples = [0, 1].map { view in
      LexicalSample(
        rows, view: rows.views[view], outputs: outputs, vocabulary: vocabulary,
        byteBudget: byteBudgets?[view], scratch: scratch)
    }
    return statistics.map { statistic in
      guard outputs.count >= statistic.measure.samplesNeeded else { return .nan }
      return statistic.measure.value(of: &samples[statistic.isWindowed ? 1 : 0])
    }
  }

  /// The mean of the statistics over several sets of outputs.
  mutating func values(
    _ statistics: [LexicalStatistic], averagedOver sets: [[Int]], byteBudgets: [Int]
  ) -> [Double] {
    var sums = [Double](repeating: 0, count: statistics.count)
    for outputs in sets {
      let values = values(statistics, of: outputs, byteBudgets: byteBudgets)
      for index in sums.indices { sums[index] += values[index] }
    }
    return sums.map { $0 / Double(sets.count) }
  }
}
