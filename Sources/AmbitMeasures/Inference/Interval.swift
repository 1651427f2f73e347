internal import AmbitMatrix

/// A two-sided interval on the scale of its statistic.
public struct Interval: Equatable, Sendable {
  /// The lower end.
  public var low: Double
  /// The upper end, not below `low`.
  public var high: Double

  package init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  /// Whether the interval holds `value`, ends included.
  public func contains(_ value: Double) -> Bool { low <= value && value <= high }

  /// The same interval after a change of sign where `sign` is −1.
  func aligned(_ sign: Double) -> Interval {
    // −0 would print as "-0".
    sign < 0 ? Interval(low: 0 - high, high: 0 - low) : self
  }

  /// Of a logarithm, the interval of what it is the logarithm of.
  var exponential: Interval { Interval(low: Elementary.exp(low), high: Elementary.exp(high)) }

  /// The share that intervals and bands hold.
  package static let level = 0.95

  /// The largest share of replicates that may be undefined. They are those of least spread (a log
  /// ratio of what is not positive), so leaving out more would cut one end of the interval off.
  package static let undefinedShare = 0.01

  /// The replicates with a value, ascending; `nil` where more than `undefinedShare` have none or
  /// fewer than 20 are left.
  private static func sortedValues(of replicates: [Double]) -> [Double]? {
    let sorted = replicates.filter { !$0.isNaN }.sorted()
    let undefined = Double(replicates.count - sorted.count)
    guard sorted.count >= 20, undefined <= undefinedShare * Double(replicates.count) else {
      return nil
    }
    return sorted
  }

  /// The central 95 % of replicates: percentile bootstrap, or a null band. `nil` where more than 1 %
  /// of the replicates are NaN or fewer than 20 are not; the others are left out.
  package static func percentile(_ replicates: [Double]) -> Interval? {
    guard let sorted = sortedValues(of: replicates) else { return nil }
    let tail = (1 - level) / 2
    return Interval(
      low: Quantile.ofSorted(sorted, tail), high: Quantile.ofSorted(sorted, 1 - tail))
  }

  /// Efron's bias-corrected and accelerated bootstrap interval; `nil` where `percentile` is.
  ///
  /// - Parameters:
  ///   - replicates: the statistic on bootstrap samples; NaN are left out where they are few.
  ///   - estimate: the statistic on the data.
  ///   - leaveOneOut: the statistic without each unit in turn; gives the acceleration.
  /// Source: Efron 1987; Efron & Tibshirani 1993, (14.10) and (14.15).
  package static func biasCorrected(
    _ replicates: [Double], estimate: Double, leaveOneOut: [Double]
  ) -> Interval? {
    guard let sorted = sortedValues(of: replicates), let first = sorted.first,
      let last = sorted.last
    else { return nil }
    if first == last { return Interval(low: first, high: last) }
    var below = 0.0
    for value in sorted { below += value < estimate ? 1 : (value == estimate ? 0.5 : 0) }
    let count = Double(sorted.count)
    let share = min(max(below / count, 0.5 / count), 1 - 0.5 / count)
    let bias = NormalDistribution.quantile(share)
    let usable = leaveOneOut.filter { !$0.isNaN }
    let mean = usable.reduce(0, +) / Double(max(1, usable.count))
    var squares = 0.0
    var cubes = 0.0
    for value in usable {
      let difference = mean - value
      squares += difference * difference
      cubes += difference * difference * difference
    }
    let acceleration = squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
    func end(_ z: Double) -> Double {
      let shifted = bias + z
      let adjusted = bias + shifted / (1 - acceleration * shifted)
      return Quantile.ofSorted(sorted, NormalDistribution.cumulative(adjusted))
    }
    let z = NormalDistribution.quantile((1 + level) / 2)
    return Interval(low: end(-z), high: end(z))
  }

  /// Student's interval for the mean of independent values; `nil` for fewer than three.
  package static func studentT(_ values: [Double]) -> Interval? {
    guard values.count >= 3 else { return nil }
    let moments = SampleMoments(values)
    return studentT(
      estimate: moments.mean, variance: moments.varianceOfMean, degrees: moments.count - 1)
  }

  /// `estimate` plus and minus Student's t times a standard error.
  package static func studentT(
    estimate: Double, variance: Double, degrees: Double
  ) -> Interval? {
    guard degrees >= 1, variance >= 0, variance.isFinite, estimate.isFinite else { return nil }
    let reach = StudentT.quantile(central: level, degrees: degrees) * variance.squareRoot()
    return Interval(low: estimate - reach, high: estimate + reach)
  }
}
