public import AmbitMatrix

/// What a measure would have been with fewer outputs: its expected value at m of n, without replacement.
///
/// The one fair comparison of sets of unequal size, and the curve that shows whether more outputs would
/// still find more. The average over subsets of a statistic of m outputs is a U-statistic: unbiased for
/// what m outputs of the same law give, in the mean.
public struct RarefactionCurve: Equatable, Sendable {
  /// The sizes m.
  public let sizes: [Int]
  /// The expected value at each size.
  public let expected: [Double]
  /// The standard error of `expected` that drawing subsets at random leaves; 0 at the full size.
  public let standardErrors: [Double]
  /// The central 95 % of the subsets' values; `nil` at the full size and where they are too few.
  public let bands: [Interval?]

  /// By random subsets: draw b orders all outputs at random, and its subset of size m is the first m.
  ///
  /// Draws are functions of the seed and their number, so results do not depend on threads, and two
  /// checkpoints with as many outputs see the same subsets.
  ///
  /// - Parameters:
  ///   - count: the number of outputs (or of prompts) n.
  ///   - sizes: from 1 to n; at n there is one subset, taken once.
  ///   - statistic: the value of a subset given by its places, ascending; subsets where it is NaN are
  ///     left out.
  /// - Precondition: sizes within 1…n, at least one draw.
  public init(
    of count: Int, sizes: [Int], draws: Int, seed: UInt64, workers: Workers,
    statistic: @Sendable ([Int]) -> Double
  ) {
    precondition(sizes.allSatisfy { $0 >= 1 && $0 <= count }, "sizes lie within the set")
    precondition(draws >= 1, "at least one draw")
    let partial = sizes.filter { $0 < count }
    let values = workers.map(partial.isEmpty ? 0 : draws) { draw in
      var random = SeedStream.subsets.generator(seed: seed, replicate: draw)
      var order = Array(0..<count)
      random.shuffle(&order)
      return partial.map { statistic(order[..<$0].sorted()) }
    }
    let whole = sizes.contains(count) ? statistic(Array(0..<count)) : .nan
    let columns = sizes.map { size -> [Double] in
      guard let place = partial.firstIndex(of: size) else { return [whole] }
      return values.map { $0[place] }.filter { !$0.isNaN }
    }
    self.sizes = sizes
    expected = columns.map { SampleMoments($0).mean }
    standardErrors = columns.map {
      $0.count > 1 ? SampleMoments($0).varianceOfMean.squareRoot() : 0
    }
    bands = columns.map { Interval.percentile($0) }
  }
}
