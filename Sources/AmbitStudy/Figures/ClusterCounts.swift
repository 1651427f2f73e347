import AmbitCorpus
import AmbitMeasures
import AmbitRendering

/// The joint clusters of a study, counted by checkpoint: what curves of richness are drawn from.
struct ClusterCounts {
  let counts: [[Int]]
  /// Per checkpoint, the counts without each group of prompts in turn; of single outputs where there are
  /// no prompts.
  private let without: [[[Int]]]

  /// More units than this leave in groups: the standard error is then known to 5 %.
  private static let mostGroups = 200

  /// Nil where outputs were not clustered.
  init?(_ findings: StudyFindings) {
    guard let clustering = findings.measured.clustering, !clustering.labels.isEmpty,
      let clusterCount = clustering.clusterCount
    else { return nil }
    func counted(_ labels: some Sequence<Int>) -> [Int] {
      var counts = [Int](repeating: 0, count: clusterCount)
      for label in labels { counts[label] += 1 }
      return counts
    }
    let counts = clustering.labels.map(counted)
    let corpus = findings.corpus
    self.counts = counts
    without = clustering.labels.indices.map { checkpoint in
      let labels = clustering.labels[checkpoint]
      let offsets = corpus.hasPrompts ? corpus.promptOffsets[checkpoint] : Array(0...labels.count)
      let units = zip(offsets, offsets.dropFirst()).filter { $0 < $1 }
      let groups = min(units.count, Self.mostGroups)
      return (0..<groups).map { group in
        let left = units[group * units.count / groups..<(group + 1) * units.count / groups]
        let gone = counted(left.flatMap { labels[$0.0..<$0.1] })
        return zip(counts[checkpoint], gone).map(-)
      }
    }
  }

  /// What a function says of a checkpoint's counts, each number with Student's interval from the jackknife
  /// over prompts; without one for fewer than six.
  func estimates(of checkpoint: Int, _ statistic: ([Int]) -> [Double]) -> [Estimate] {
    let leftOut = without[checkpoint].map(statistic)
    return statistic(counts[checkpoint]).enumerated().map { place, value in
      guard leftOut.count >= SignFlipTest.fewestPrompts,
        let variance = Jackknife.variance(leftOut.map { $0[place] }),
        let interval = Interval.studentT(
          estimate: value, variance: variance, degrees: Double(leftOut.count - 1))
      else { return Estimate(value) }
      return Estimate(value, low: max(0, interval.low), high: interval.high)
    }
  }
}
