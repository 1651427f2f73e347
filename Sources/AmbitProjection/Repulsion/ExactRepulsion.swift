internal import AmbitMatrix

/// The push of every point on every other, summed pair by pair: `Σⱼ φᵢⱼ² (yᵢ − yⱼ)`, O(n²).
enum ExactRepulsion {
  /// Writes the push on each target to `forces`; returns the sum of φ over all pairs of a target and
  /// a source, a point's pair with itself included where it is both.
  static func evaluate(
    targets: MapPoints, sources: MapPoints, into forces: MapPoints, workers: Workers
  ) -> Double {
    let sourceCount = (sources.count + 15) / 16 * 16
    let sums = workers.map((targets.count + 1) / 2) { pair in
      let row = 2 * pair
      let push = pushOnTwo(
        targets[row], targets[row + 1], sources.x.pointer, sources.y.pointer, sourceCount)
      forces.x.pointer[row] = push.first.x
      forces.y.pointer[row] = push.first.y
      guard row + 1 < targets.count else { return Double(push.first.z) }
      forces.x.pointer[row + 1] = push.second.x
      forces.y.pointer[row + 1] = push.second.y
      return Double(push.first.z) + Double(push.second.z)
    }
    return sums.reduce(0, +)
  }

  /// The same, but returns the sum of φ of each target, and no target's push depends on which others
  /// there are: not even by rounding.
  static func pushes(
    targets: MapPoints, sources: MapPoints, into forces: MapPoints, workers: Workers
  ) -> [Float] {
    let sourceCount = (sources.count + 15) / 16 * 16
    return workers.map(targets.count) { row in
      let push = pushOnTwo(
        targets[row], targets[row], sources.x.pointer, sources.y.pointer, sourceCount
      ).first
      forces.x.pointer[row] = push.x
      forces.y.pointer[row] = push.y
      return push.z
    }
  }
}

/// The push on two points, and the sum of φ, from all sources.
///
/// One division serves both: 1/a = b·1/(ab).
private func pushOnTwo(
  _ first: SIMD2<Float>, _ second: SIMD2<Float>, _ x: UnsafePointer<Float>,
  _ y: UnsafePointer<Float>, _ count: Int
) -> (first: SIMD3<Float>, second: SIMD3<Float>) {
  var (x1, y1, sum1) = (Lanes.zero, Lanes.zero, Lanes.zero)
  var (x2, y2, sum2) = (Lanes.zero, Lanes.zero, Lanes.zero)
  var index = 0
  while index < count {
    let (sourceX, sourceY) = (x.lanes(index), y.lanes(index))
    let (dx1, dy1) = (first.x - sourceX, first.y - sourceY)
    let (dx2, dy2) = (second.x - sourceX, second.y - sourceY)
    let a = dx1 * dx1 + dy1 * dy1 + 1
    let b = dx2 * dx2 + dy2 * dy2 + 1
    let inverse = 1 / (a * b)
    let (phi1, phi2) = (inverse * b, inverse * a)
    sum1 += phi1
    sum2 += phi2
    let (square1, square2) = (phi1 * phi1, phi2 * phi2)
    x1 += square1 * dx1
    y1 += square1 * dy1
    x2 += square2 * dx2
    y2 += square2 * dy2
    index += 16
  }
  return (
    SIMD3(x1.total, y1.total, sum1.total), SIMD3(x2.total, y2.total, sum2.total)
  )
}
