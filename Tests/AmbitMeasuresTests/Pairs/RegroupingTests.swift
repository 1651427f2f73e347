import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

/// Many groupings at once are the same as each alone.
@Suite struct RegroupingTests {
  private let workers = Workers(threadCount: 2)

  /// Points on a grid, so that many distances are equal and some are 0.
  private func points(_ count: Int, side: Int, seed: UInt64) -> Matrix {
    var random = SplitMix64(seed: seed)
    return Matrix(
      rowCount: count, columnCount: 3,
      values: (0..<3 * count).map { _ in Float(random.index(below: side)) })
  }

  /// Groups 0, 1 and 2 in shares that differ from grouping to grouping, some of them with few rows.
  private static func write(_ number: Int, _ groups: inout [UInt8], leavesOut: Bool) {
    var random = SplitMix64(seed: 11, stream: UInt64(number))
    let share = Double(number % 10 + 1) / 12
    for row in groups.indices {
      let draw = random.uniform()
      groups[row] = draw < share ? 0 : (draw < 0.95 || !leavesOut ? 1 : 2)
    }
    if number % 16 == 3 { for row in groups.indices { groups[row] = row < 4 ? 0 : 1 } }
  }

  @Test(arguments: [(60, 3), (90, 100), (12, 2)]) func neighbourCountsOfManyGroupings(
    _ count: Int, _ side: Int
  ) {
    let lists = NeighbourLists(
      squaredDistances: points(count, side: side, seed: 3).symmetricSquaredDistances(
        workers: workers),
      workers: workers)
    for k in [1, 5, 8] {
      let many = NeighbourCounts.all(lists, 150, k: k, workers: workers) {
        Self.write($0, &$1, leavesOut: true)
      }
      #expect(many.count == 150)
      for number in 0..<150 {
        var groups = [UInt8](repeating: 2, count: count)
        Self.write(number, &groups, leavesOut: true)
        #expect(many[number] == NeighbourCounts(lists, groups: groups, k: k), "\(k), \(number)")
      }
      #expect(k > 5 || many.contains { $0.isDefined })
    }
  }

  /// The fifth of a set of few rows lies beyond the entries that are kept.
  @Test func neighboursBeyondTheListsAreFound() {
    let count = 1400
    let lists = NeighbourLists(
      squaredDistances: points(count, side: 40, seed: 5).symmetricSquaredDistances(
        workers: workers),
      workers: workers)
    func write(_ number: Int, _ groups: inout [UInt8]) {
      for row in groups.indices { groups[row] = row % 200 == number ? 0 : 1 }
    }
    let many = NeighbourCounts.all(lists, 3, k: 5, workers: workers) { number, groups in
      for row in groups.indices { groups[row] = row % 200 == number ? 0 : 1 }
    }
    for number in 0..<3 {
      var groups = [UInt8](repeating: 2, count: count)
      write(number, &groups)
      #expect(many[number] == NeighbourCounts(lists, groups: groups, k: 5))
      #expect(many[number].isDefined)
    }
  }

  @Test(arguments: [false, true]) func meansOfManyGroupings(leavesOut: Bool) {
    let matrix = PairMatrix(
      distancesOf: points(300, side: 50, seed: 7).symmetricSquaredDistances(workers: workers),
      workers: workers)
    let many = matrix.means(300, workers: workers) { Self.write($0, &$1, leavesOut: leavesOut) }
    for number in 0..<300 {
      var groups = [UInt8](repeating: 2, count: 300)
      Self.write(number, &groups, leavesOut: leavesOut)
      let alone = matrix.means(of: groups)
      for (first, second) in [
        (many[number].base, alone.base), (many[number].tuned, alone.tuned),
        (many[number].between, alone.between),
      ] {
        #expect(agree(first, second, relative: 2e-6), "\(number)")
      }
    }
  }

  /// Where every prompt has one output in both checkpoints, a relabelling exchanges some of them: the same
  /// means by another sum.
  @Test(arguments: [2, 40, 300]) func meansOfExchangedPairs(_ prompts: Int) {
    let matrix = PairMatrix(
      distancesOf: points(2 * prompts, side: 50, seed: 9).symmetricSquaredDistances(
        workers: workers), workers: workers)
    let design = Design(
      checkpoints: ["base", "tuned"], baseline: 0, promptIDs: (0..<prompts).map { "p\($0)" },
      promptOffsets: Array(0...prompts))
    let labels = StratifiedLabels(design, checkpoint: 1, reference: 0, seed: 5)
    let quick = matrix.means(270, of: labels, workers: workers)
    let general = matrix.means(270, workers: workers) { labels.write($0, to: &$1) }
    #expect(quick.count == 270)
    for (found, expected) in zip(quick, general) {
      for (first, second) in [
        (found.base, expected.base), (found.tuned, expected.tuned),
        (found.between, expected.between),
      ] {
        #expect(agree(first, second, relative: 1e-6))
      }
    }
  }
}
