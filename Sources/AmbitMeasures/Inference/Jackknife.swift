internal import AmbitMatrix

/// Jackknives over independent units (prompts, or rows where there are none).
///
/// Delete-one is for smooth statistics and for the hull of all points, whose area only the owners of a
/// corner can change. For a peeled hull delete-one is inconsistent, as for any quantile: which points
/// are peeled jumps. Simulated for log area ratios with m = 30 to 250 prompts, its standard error was
/// 1.3 to 2.6 times the true one at 95 % and 50 %, that of delete-half 1.0 to 1.3 times; on the hull of
/// all points delete-one gave 1.0 to 1.2, delete-half down to 0.84 with heavy tails. So each has its
/// place; the table is in `Benchmarks/validation.md`.
package enum Jackknife {
  /// The variance `(m − 1)/m · Σ (θ₍ᵢ₎ − θ̄)²` from the leave-one-out values; `nil` where one of them
  /// is not finite. Source: Efron & Stein 1981, who show that it errs on the high side.
  package static func variance(_ leaveOneOut: [Double]) -> Double? {
    guard leaveOneOut.count >= 2, leaveOneOut.allSatisfy(\.isFinite) else { return nil }
    let moments = SampleMoments(leaveOneOut)
    return (moments.count - 1) / moments.count * moments.squares
  }

  /// The variance from statistics of random halves, `(m − d)/d` times their variance, where each left
  /// `dropped` of `units` out. `nil` where one is not finite. About their mean, since a hull of fewer
  /// points is smaller. Source: Shao & Wu 1989 (the delete-d jackknife).
  package static func variance(ofHalves values: [Double], units: Int, dropped: Int) -> Double? {
    guard values.count >= 20, dropped >= 1, dropped < units, values.allSatisfy(\.isFinite) else {
      return nil
    }
    return SampleMoments(values).variance * Double(units - dropped) / Double(dropped)
  }

  /// Marks a random half of `units` (rounded down) to be left out; a function of seed and replicate.
  package static func writeHalf(
    _ replicate: Int, units: Int, seed: UInt64, to isDropped: inout [Bool]
  ) {
    var random = SeedStream.halfSamples.generator(seed: seed, replicate: replicate)
    isDropped = (0..<units).map { $0 < units / 2 }
    random.shuffle(&isDropped)
  }

  /// How many groups of units leave in turn where a statistic is too dear for each alone. With Student's
  /// t of so few degrees the intervals of densities, trees and α-shapes hold 94 to 99 % of effects.
  package static let groupCount = 10

  /// How many random halves are taken: their variance is then known to about 10 %.
  package static let halfCount = 200
}
