/// How scores of two sets compare, pair by pair, within the folds of a cross-validation.
///
/// A pair is a row of the reference and a row of the checkpoint in one fold. It is won where the
/// checkpoint's row has the higher score, half won where both are equal. The share of pairs won is the
/// area under the receiver operating characteristic. Pairs across folds are left out: their scores are
/// of different fits.
package struct FoldWins: Equatable, Sendable {
  package private(set) var wins = 0.0
  package private(set) var pairs = 0.0

  /// The share of pairs won; NaN where there are none.
  package var share: Double { wins / pairs }

  /// Per row, the pairs that it is in and how much of them the checkpoint wins.
  package struct OfRows: Sendable {
    var wins: [Double]
    var pairs: [Double]
  }

  /// Adds the pairs of one fold. O(base · tuned).
  mutating func add(base: UnsafeBufferPointer<Float>, tuned: UnsafeBufferPointer<Float>) {
    wins += Self.doubledWins(base: base, tuned: tuned) / 2
    pairs += Double(base.count) * Double(tuned.count)
  }

  /// Twice the wins: pairs above, and again pairs above or equal.
  static func doubledWins(
    base: UnsafeBufferPointer<Float>, tuned: UnsafeBufferPointer<Float>
  ) -> Double {
    typealias Lanes = SIMD16<Float>
    var total = 0.0
    let whole = base.count / 16 * 16
    for score in tuned {
      let own = Lanes(repeating: score)
      // Lane counts stay far below what single precision counts exactly.
      var counts = Lanes(repeating: 0)
      var index = 0
      while index < whole {
        let other = UnsafeRawPointer(base.baseAddress! + index).loadUnaligned(as: Lanes.self)
        counts += Lanes(repeating: 0).replacing(with: 1, where: other .< own)
        counts += Lanes(repeating: 0).replacing(with: 1, where: other .<= own)
        index += 16
      }
      total += Double(counts.sum())
      while index < base.count {
        total += (base[index] < score ? 1 : 0) + (base[index] <= score ? 1 : 0)
        index += 1
      }
    }
    return total
  }

  /// All pairs of all folds.
  package init(_ scores: [Double], groups: [UInt8], folds: [[Int]]) {
    let rows = Self.ofRows(scores, groups: groups, folds: folds)
    for row in groups.indices where groups[row] == 1 {
      wins += rows.wins[row]
      pairs += rows.pairs[row]
    }
  }

  init() {}

  /// The pairs of every row.
  package static func ofRows(
    _ scores: [Double], groups: [UInt8], folds: [[Int]]
  ) -> OfRows {
    var result = OfRows(
      wins: [Double](repeating: 0, count: groups.count),
      pairs: [Double](repeating: 0, count: groups.count))
    for rows in folds {
      let base = rows.filter { groups[$0] == 0 }
      let tuned = rows.filter { groups[$0] == 1 }
      for high in tuned {
        for low in base {
          let win = Self.win(scores[high], over: scores[low])
          result.wins[high] += win
          result.wins[low] += win
        }
        result.pairs[high] = Double(base.count)
      }
      for low in base { result.pairs[low] = Double(tuned.count) }
    }
    return result
  }

  private static func win(_ tuned: Double, over base: Double) -> Double {
    tuned > base ? 1 : (tuned == base ? 0.5 : 0)
  }

  /// The share of pairs won without each unit in turn, the scores as they are.
  ///
  /// - Parameter units: rows that lie in one fold, of either set or both.
  package static func leaveOneOut(
    _ units: [[Int]], scores: [Double], groups: [UInt8], folds: [[Int]]
  ) -> [Double] {
    let whole = FoldWins(scores, groups: groups, folds: folds)
    let rows = ofRows(scores, groups: groups, folds: folds)
    return units.map { unit in
      var (wins, pairs) = (whole.wins, whole.pairs)
      for row in unit where groups[row] < 2 {
        wins -= rows.wins[row]
        pairs -= rows.pairs[row]
        // A pair of two rows that both leave was taken away twice.
        if groups[row] == 1 {
          for other in unit where groups[other] == 0 {
            wins += win(scores[row], over: scores[other])
            pairs += 1
          }
        }
      }
      return wins / pairs
    }
  }
}
