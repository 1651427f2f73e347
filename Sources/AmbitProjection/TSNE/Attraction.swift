internal import AmbitMatrix

/// The pull along the affinities: `Σⱼ pᵢⱼ φᵢⱼ (yᵢ − yⱼ)` for each point, φ = 1 / (1 + d²).
struct Attraction: Sendable {
  static let blockRows = 128

  private(set) var affinities: SparseAffinities
  /// The points in pairs, so that one access fetches both coordinates.
  private let pairs: SharedBuffer<SIMD2<Float>>

  init(_ affinities: consuming SparseAffinities) {
    pairs = SharedBuffer(repeating: .zero, count: affinities.rowCount)
    self.affinities = affinities
  }

  /// Expects the points in another order from now on.
  mutating func reorder(_ order: MapOrder, workers: Workers) {
    affinities.reorder(order, workers: workers)
  }

  /// Writes the pull on every point to `forces`.
  func evaluate(_ points: MapPoints, into forces: MapPoints, workers: Workers) {
    gather(points)
    workers.forEachBlock(of: affinities.rowCount, size: Self.blockRows) { block in
      let near = SharedBuffer<SIMD2<Float>>(repeating: .zero, count: longest(block))
      for row in block {
        let start = affinities.starts[row]
        let count = affinities.starts[row + 1] - start
        fetch(pairs.pointer, affinities.columns.pointer + start, count, near.pointer)
        let force = pull(
          pairs.pointer[row], near.pointer, affinities.values.pointer + start, count)
        forces.x.pointer[row] = force.x
        forces.y.pointer[row] = force.y
      }
    }
  }

  /// `Σ pᵢⱼ ln(1 + d²ᵢⱼ)`: together with ln Z and the entropy of p, the divergence.
  func stretch(_ points: MapPoints, workers: Workers) -> Double {
    gather(points)
    let blockCount = (affinities.rowCount + Self.blockRows - 1) / Self.blockRows
    return workers.map(blockCount) { index in
      let block =
        index * Self.blockRows..<min(affinities.rowCount, (index + 1) * Self.blockRows)
      let near = SharedBuffer<SIMD2<Float>>(repeating: .zero, count: longest(block))
      var sum = 0.0
      for row in block {
        let start = affinities.starts[row]
        let count = affinities.starts[row + 1] - start
        fetch(pairs.pointer, affinities.columns.pointer + start, count, near.pointer)
        sum += Double(
          logarithms(pairs.pointer[row], near.pointer, affinities.values.pointer + start, count))
      }
      return sum
    }.reduce(0, +)
  }

  private func longest(_ rows: Range<Int>) -> Int {
    rows.reduce(0) { max($0, affinities.starts[$1 + 1] - affinities.starts[$1]) }
  }

  private func gather(_ points: MapPoints) {
    for index in 0..<points.count { pairs.pointer[index] = points[index] }
  }
}

/// Fetches the points that a row is drawn to. Apart from the arithmetic, so that its loads overlap.
private func fetch(
  _ pairs: UnsafePointer<SIMD2<Float>>, _ columns: UnsafePointer<Int32>, _ count: Int,
  _ target: UnsafeMutablePointer<SIMD2<Float>>
) {
  for index in 0..<count { target[index] = pairs[Int(columns[index])] }
}

/// The differences to sixteen neighbours.
@inline(__always)
private func differences(
  _ point: SIMD2<Float>, _ near: UnsafePointer<SIMD2<Float>>, _ index: Int
) -> (x: Lanes, y: Lanes) {
  let pairs = UnsafeRawPointer(near + index).loadUnaligned(as: SIMD32<Float>.self)
  return (point.x - pairs.evenHalf, point.y - pairs.oddHalf)
}

private func pull(
  _ point: SIMD2<Float>, _ near: UnsafePointer<SIMD2<Float>>, _ values: UnsafePointer<Float>,
  _ count: Int
) -> SIMD2<Float> {
  var (forceX, forceY) = (Lanes.zero, Lanes.zero)
  var index = 0
  // One division serves both: 1/a = b·1/(ab).
  while index + 32 <= count {
    let (dx1, dy1) = differences(point, near, index)
    let (dx2, dy2) = differences(point, near, index + 16)
    let a = dx1 * dx1 + dy1 * dy1 + 1
    let b = dx2 * dx2 + dy2 * dy2 + 1
    let inverse = 1 / (a * b)
    let first = values.lanes(index) * (inverse * b)
    let second = values.lanes(index + 16) * (inverse * a)
    forceX += first * dx1 + second * dx2
    forceY += first * dy1 + second * dy2
    index += 32
  }
  while index < count {
    let (dx, dy) = differences(point, near, index)
    let weight = values.lanes(index) / (dx * dx + dy * dy + 1)
    forceX += weight * dx
    forceY += weight * dy
    index += 16
  }
  return SIMD2(forceX.total, forceY.total)
}

private func logarithms(
  _ point: SIMD2<Float>, _ near: UnsafePointer<SIMD2<Float>>, _ values: UnsafePointer<Float>,
  _ count: Int
) -> Float {
  var sum = Lanes.zero
  var index = 0
  while index < count {
    let (dx, dy) = differences(point, near, index)
    sum += values.lanes(index) * (dx * dx + dy * dy + 1).logarithm
    index += 16
  }
  return sum.total
}
