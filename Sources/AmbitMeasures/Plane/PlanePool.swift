internal import AmbitMatrix

/// Planar points of one or two checkpoints, sorted once, each with the number of its owner.
///
/// Regrouping the owners then yields sorted clouds without sorting again, which is what makes ten
/// thousand permutations of a hull cheap.
struct PlanePool: Sendable {
  /// Ascending in (x, y).
  let points: [SIMD2<Double>]
  /// Who owns each point: an index into the group flags.
  let owners: [Int32]

  init(_ entries: [(point: SIMD2<Double>, owner: Int)]) {
    let sorted = entries.sorted {
      $0.point.x != $1.point.x ? $0.point.x < $1.point.x : $0.point.y < $1.point.y
    }
    points = sorted.map(\.point)
    owners = sorted.map { Int32($0.owner) }
  }
}

/// The planar points of one checkpoint and the units that own them.
struct PlaneCloud: Sendable {
  let points: [SIMD2<Double>]
  /// Unit *u* owns points `offsets[u]..<offsets[u + 1]`.
  let offsets: [Int]

  var unitCount: Int { offsets.count - 1 }

  init(_ coordinates: Matrix, offsets: [Int]) {
    points = (0..<coordinates.rowCount).map {
      SIMD2(Double(coordinates.values[2 * $0]), Double(coordinates.values[2 * $0 + 1]))
    }
    self.offsets = offsets
  }

  /// The points with their units, numbered from `first`; about their mean if `isCentred`.
  func entries(from first: Int, isCentred: Bool) -> [(point: SIMD2<Double>, owner: Int)] {
    let middle =
      isCentred ? points.reduce(SIMD2<Double>.zero, +) / Double(max(1, points.count)) : .zero
    return (0..<unitCount).flatMap { unit in
      (offsets[unit]..<offsets[unit + 1]).map { (points[$0] - middle, first + unit) }
    }
  }

  /// The points of each half of a split about the unit's mean over that half; for planes whose
  /// points are residuals, which must be residuals of the half's own mean.
  func recentred(_ groups: [UInt8]) -> [SIMD2<Double>] {
    var result = points
    for unit in 0..<unitCount {
      var sums = [SIMD2<Double>](repeating: .zero, count: 3)
      var counts = [0.0, 0.0, 0.0]
      for row in offsets[unit]..<offsets[unit + 1] {
        sums[Int(groups[row])] += points[row]
        counts[Int(groups[row])] += 1
      }
      for row in offsets[unit]..<offsets[unit + 1] {
        let group = Int(groups[row])
        result[row] -= sums[group] / counts[group]
      }
    }
    return result
  }
}
