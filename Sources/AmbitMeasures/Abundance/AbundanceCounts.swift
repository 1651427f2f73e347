/// How many kinds occur once, twice, … among some draws: n-grams of a text, clusters of outputs.
///
/// Every estimate from counts alone depends on nothing else, so equal counts are added up once.
package struct AbundanceCounts: Equatable, Sendable {
  /// How many draws there are.
  package private(set) var total = 0
  /// How many different kinds they hold.
  package private(set) var kinds = 0
  /// `kinds(k)` at place k − 1, for counts up to `tabulated`.
  private var common = [Int](repeating: 0, count: Self.tabulated)
  /// Counts above that, one a kind.
  private var large: [Int] = []

  private static let tabulated = 32

  /// Nothing counted yet.
  package init() {}

  /// The counts of given abundances, zeros left out.
  package init(_ abundances: some Sequence<Int>) {
    for count in abundances where count > 0 { record(count) }
  }

  /// Adds a kind that occurs `count` > 0 times.
  mutating func record(_ count: Int) {
    kinds += 1
    total += count
    if count <= Self.tabulated { common[count - 1] += 1 } else { large.append(count) }
  }

  /// How many kinds occur exactly once.
  package var once: Int { common[0] }
  /// How many occur exactly twice.
  package var twice: Int { common[1] }

  /// `Σ` over kinds of a function of their count.
  package func sum(_ term: (Int) -> Double) -> Double {
    var sum = 0.0
    for (place, kinds) in common.enumerated() where kinds > 0 {
      sum += Double(kinds) * term(place + 1)
    }
    for count in large { sum += term(count) }
    return sum
  }
}
