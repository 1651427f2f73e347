internal import AmbitMatrix

/// The pairs of rows of one or two sets, and what a unit's leaving does to their means.
struct CosinePairs: Sendable {
  /// Per set, the rows of each unit.
  let units: [[[Int]]]
  /// Whether unit *u* of one set leaves together with unit *u* of the other.
  let isPaired: Bool

  init(units: [[[Int]]], isPaired: Bool) {
    self.units = units
    self.isPaired = isPaired
  }

  init(_ design: Design, checkpoint: Int, reference: Int) {
    units = [
      Self.rows(design.unitOffsets(of: reference), from: 0),
      Self.rows(
        design.unitOffsets(of: checkpoint), from: design.rowCount(of: reference)),
    ]
    isPaired = design.hasSamePrompts(checkpoint, reference)
  }

  static func rows(_ offsets: [Int], from start: Int) -> [[Int]] {
    zip(offsets, offsets.dropFirst()).map { range in
      (range.0..<range.1).map { start + $0 }
    }
  }

  /// The set that each row belongs to.
  var groups: [UInt8] {
    units.indices.flatMap { set in
      [UInt8](repeating: UInt8(set), count: rowCount(set))
    }
  }

  private func rowCount(_ set: Int) -> Int { units[set].reduce(0) { $0 + $1.count } }

  /// The terms of all pairs; across prompts, divided by the numbers of samples of both prompts and 0
  /// within a prompt, of either set.
  ///
  /// - Parameter samples: by how many samples of each unit of the first set it is divided; the unit's
  ///   own number where `nil`.
  func matrix(
    _ cosines: SymmetricMatrix, _ measure: any CosinePairMeasure, _ scope: Scope,
    samples: [Int]? = nil, workers: Workers
  ) -> PairMatrix {
    let count = cosines.count
    var unitOfRow = [Int](repeating: 0, count: count)
    var weights = [Double](repeating: 1, count: count)
    for (index, set) in units.enumerated() {
      for (unit, rows) in set.enumerated() {
        for row in rows {
          unitOfRow[row] = unit + (isPaired || index == 0 ? 0 : units[0].count)
          weights[row] = 1 / Double(samples?[unit] ?? rows.count)
        }
      }
    }
    let (unit, share) = (unitOfRow, weights)
    let isAcross = scope == .across
    let isWeighted = isAcross && weights.contains { $0 != 1 }
    let terms = cosines.mapped(workers: workers) { rows, columns, source, target in
      measure.write(termsOf: source, count: rows.count * columns.count, to: target)
      for row in rows {
        let start = (row - rows.lowerBound) * columns.count - columns.lowerBound
        if isWeighted {
          for column in columns {
            target[start + column] = Float(
              measure.term(cosine: Double(source[start + column])) * share[row] * share[column])
          }
        }
        if isAcross {
          for column in columns where unit[row] == unit[column] { target[start + column] = 0 }
        } else if columns.contains(row) {
          target[start + row] = 0
        }
      }
    }
    return PairMatrix(symmetric: terms, workers: workers)
  }

  /// Whether no unit has two rows in a set: then measures across prompts are those of all pairs.
  var isSingle: Bool { units.allSatisfy { $0.allSatisfy { $0.count == 1 } } }

  /// Whether a relabelling within prompts, or of whole units, leaves the weights of rows as they are.
  var isExchangeable: Bool {
    let sizes = units.map { $0.map(\.count) }
    return (isPaired && Set(sizes).count == 1) || Set(sizes.joined()).count == 1
  }

  /// The means over pairs within each set.
  func means(_ matrix: PairMatrix, _ scope: Scope) -> PairMeans {
    scaled(matrix.means(of: groups), scope)
  }

  /// Means over all pairs of rows turned into those of the scope, for the full numbers of rows.
  func scaled(_ means: PairMeans, _ scope: Scope) -> PairMeans {
    scaled(
      means, scope, rows: units.indices.map { rowCount($0) }, units: units.map(\.count))
  }

  /// Across prompts a sum over pairs of rows is one over pairs of prompts.
  func scaled(_ means: PairMeans, _ scope: Scope, rows: [Int], units: [Int]) -> PairMeans {
    guard scope == .across else { return means }
    func factor(_ set: Int) -> Double {
      guard set < rows.count else { return .nan }
      let (n, m) = (Double(rows[set]), Double(units[set]))
      return n * (n - 1) / (m * (m - 1))
    }
    var result = means
    result.base *= factor(0)
    result.tuned *= factor(1)
    return result
  }

  /// The means without each unit in turn: one list where units leave both sets together, else a list a
  /// set.
  func leaveOneOut(_ matrix: PairMatrix, _ scope: Scope, workers: Workers) -> [[PairMeans]] {
    let own = groups
    let whole = units.indices.map { rowCount($0) }
    let counts = units.map(\.count)
    func without(_ leaving: [[Int]], from sets: [Int]) -> [PairMeans] {
      zip(leaving, matrix.leaveOneOut(leaving, groups: own, workers: workers)).map { unit, means in
        var (rows, left) = (whole, counts)
        for set in sets {
          rows[set] -= unit.count { own[$0] == UInt8(set) }
          left[set] -= 1
        }
        return scaled(means, scope, rows: rows, units: left)
      }
    }
    return isPaired && units.count == 2
      ? [without(zip(units[0], units[1]).map { $0 + $1 }, from: [0, 1])]
      : units.indices.map { without(units[$0], from: [$0]) }
  }
}
