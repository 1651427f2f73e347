import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

@Suite struct RarefactionCurveTests {
  private let workers = Workers(threadCount: 2)

  /// An unbiased statistic keeps its value at every size; a biased one falls as its bias says.
  @Test func randomSubsetsKeepWhatIsUnbiased() {
    var random = SplitMix64(seed: 62)
    let values = (0..<60).map { _ in random.normal() }
    let sizes = [2, 5, 20, 59, 60]
    let variance = RarefactionCurve(of: 60, sizes: sizes, draws: 400, seed: 1, workers: workers) {
      rows in
      SampleMoments(rows.map { values[$0] }).variance
    }
    let whole = SampleMoments(values).variance
    let biased = RarefactionCurve(of: 60, sizes: sizes, draws: 400, seed: 1, workers: workers) {
      rows in
      SampleMoments(rows.map { values[$0] }).squares / Double(rows.count)
    }
    for (index, size) in sizes.enumerated() {
      let error = variance.standardErrors[index]
      #expect(abs(variance.expected[index] - whole) <= 4 * error, "\(size)")
      #expect(
        agree(
          biased.expected[index], variance.expected[index] * Double(size - 1) / Double(size),
          relative: 1e-9))
      #expect((error == 0) == (size == 60))
    }
    #expect(variance.expected[4] == whole && variance.bands[4] == nil && variance.bands[0] != nil)
  }

  /// The expected distinct number by random subsets is the exact one.
  @Test func randomSubsetsAgreeWithTheClosedForm() {
    let counts = [10, 6, 5, 2, 1, 1, 1]
    let kinds = counts.enumerated().flatMap { [Int](repeating: $0.offset, count: $0.element) }
    let sizes = [1, 3, 10, 26]
    let exact = Rarefaction(AbundanceCounts(counts))
    let drawn = RarefactionCurve(of: 26, sizes: sizes, draws: 2000, seed: 3, workers: workers) {
      rows in
      Double(Set(rows.map { kinds[$0] }).count)
    }
    for index in sizes.indices {
      #expect(
        abs(drawn.expected[index] - exact.kinds(at: sizes[index]))
          <= 4 * drawn.standardErrors[index] + 1e-9)
    }
    let again = RarefactionCurve(
      of: 26, sizes: sizes, draws: 2000, seed: 3, workers: Workers(threadCount: 1)
    ) { rows in Double(Set(rows.map { kinds[$0] }).count) }
    #expect(again == drawn)
  }

  @Test func undefinedSubsetsAreLeftOut() {
    let curve = RarefactionCurve(of: 10, sizes: [3], draws: 100, seed: 4, workers: workers) {
      rows in
      rows.contains(0) ? .nan : 2
    }
    #expect(curve.expected == [2])
  }
}
