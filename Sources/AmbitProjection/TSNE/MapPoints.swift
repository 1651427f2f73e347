/// The points of a map, or a number pair for each of them, while it is being made.
///
/// Two lists, each filled up by at least sixteen points that are too far off to count.
struct MapPoints: Sendable {
  static let farAway: Float = 1e8

  let count: Int
  let x: SharedBuffer<Float>
  let y: SharedBuffer<Float>

  init(count: Int) {
    self.count = count
    x = SharedBuffer(repeating: 0, count: Self.padded(count))
    y = SharedBuffer(repeating: 0, count: Self.padded(count))
  }

  /// Points at given places.
  init(_ count: Int, place: (Int) -> SIMD2<Float>) {
    self.init(count: count)
    for index in 0..<count {
      let point = place(index)
      x.pointer[index] = point.x
      y.pointer[index] = point.y
    }
    for index in count..<x.count {
      x.pointer[index] = Self.farAway
      y.pointer[index] = Self.farAway
    }
  }

  static func padded(_ count: Int) -> Int { (count + 15) / 16 * 16 + 16 }

  subscript(index: Int) -> SIMD2<Float> { SIMD2(x.pointer[index], y.pointer[index]) }

  /// The points in double precision.
  var places: [SIMD2<Double>] { (0..<count).map { SIMD2<Double>(self[$0]) } }

  /// The smallest rectangle that holds all points.
  var bounds: (low: SIMD2<Float>, high: SIMD2<Float>) {
    var (low, high) = (self[0], self[0])
    for index in 1..<max(1, count) {
      let point = self[index]
      low = SIMD2(Swift.min(low.x, point.x), Swift.min(low.y, point.y))
      high = SIMD2(Swift.max(high.x, point.x), Swift.max(high.y, point.y))
    }
    return (low, high)
  }
}
