extension ConvexPolygon {
  /// The common part of two convex polygons, by clipping one at every edge of the other.
  ///
  /// Which corners are kept is decided exactly, so identical, touching and contained polygons give
  /// exactly what they should; only new corners, where edges cross, are rounded. Where either is
  /// degenerate (fewer than three corners) the result is empty: its area is 0 anyway.
  /// O(a · b) corners. Source: Sutherland & Hodgman 1974.
  public func intersection(_ other: ConvexPolygon) -> ConvexPolygon {
    guard vertices.count > 2, other.vertices.count > 2 else {
      return ConvexPolygon(uncheckedVertices: [])
    }
    let capacity = vertices.count + other.vertices.count
    return vertices.withUnsafeBufferPointer { subject in
      other.vertices.withUnsafeBufferPointer { clip in
        withUnsafeTemporaryAllocation(of: SIMD2<Double>.self, capacity: 2 * capacity) { room in
          let first = room.baseAddress!
          let second = first + capacity
          let count = ConvexClip.clip(
            subject, by: clip, into: first, spare: second, capacity: capacity)
          return ConvexPolygon(
            uncheckedVertices: Array(UnsafeBufferPointer(start: first, count: count)))
        }
      }
    }
  }
}

/// The clipping loop, over buffers that its caller lends it.
enum ConvexClip {
  /// Clips `subject` by `clip`; the corners of the result land in `result`. Both have ≥ 3 corners.
  ///
  /// - Parameter capacity: the room in `result` and in `spare`, at least the sum of both counts.
  /// - Returns: the number of corners, 0 where the polygons have no area in common.
  static func clip(
    _ subject: UnsafeBufferPointer<SIMD2<Double>>, by clip: UnsafeBufferPointer<SIMD2<Double>>,
    into result: UnsafeMutablePointer<SIMD2<Double>>, spare: UnsafeMutablePointer<SIMD2<Double>>,
    capacity: Int
  ) -> Int {
    var count = subject.count
    for index in 0..<count { result[index] = subject[index] }
    for edge in 0..<clip.count {
      let a = clip[edge]
      let b = clip[edge + 1 == clip.count ? 0 : edge + 1]
      var anyOutside = false
      for index in 0..<count where Orientation.sign(a, b, result[index]) < 0 {
        anyOutside = true
        break
      }
      if !anyOutside { continue }
      let kept = cut(result, count, along: a, b, into: spare, capacity: capacity)
      for index in 0..<kept { result[index] = spare[index] }
      count = kept
      if count < 3 { return 0 }
    }
    return count
  }

  /// Keeps what lies on the left of the line from `a` to `b`.
  private static func cut(
    _ polygon: UnsafeMutablePointer<SIMD2<Double>>, _ count: Int, along a: SIMD2<Double>,
    _ b: SIMD2<Double>, into kept: UnsafeMutablePointer<SIMD2<Double>>, capacity: Int
  ) -> Int {
    var keptCount = 0
    func keep(_ point: SIMD2<Double>) {
      if keptCount > 0 && kept[keptCount - 1] == point { return }
      // Rounding can let a flat corner cross a line twice more than geometry allows.
      if keptCount < capacity {
        kept[keptCount] = point
        keptCount += 1
      }
    }
    var previous = polygon[count - 1]
    var previousSign = Orientation.sign(a, b, previous)
    for index in 0..<count {
      let current = polygon[index]
      let sign = Orientation.sign(a, b, current)
      if previousSign * sign < 0 { keep(crossing(previous, current, a, b)) }
      if sign >= 0 { keep(current) }
      previous = current
      previousSign = sign
    }
    if keptCount > 1 && kept[0] == kept[keptCount - 1] { keptCount -= 1 }
    return keptCount
  }

  /// Where the segment from `p` to `q` crosses the line through `a` and `b`; `p` and `q` lie on
  /// different sides of it.
  private static func crossing(
    _ p: SIMD2<Double>, _ q: SIMD2<Double>, _ a: SIMD2<Double>, _ b: SIMD2<Double>
  ) -> SIMD2<Double> {
    let direction = b - a
    let fromP = direction.x * (p.y - a.y) - direction.y * (p.x - a.x)
    let fromQ = direction.x * (q.y - a.y) - direction.y * (q.x - a.x)
    let span = fromP - fromQ
    if span == 0 { return p }
    let share = min(1, max(0, fromP / span))
    return p + (q - p) * share
  }

  /// The shoelace area of a counter-clockwise polygon.
  static func area(_ polygon: UnsafeBufferPointer<SIMD2<Double>>) -> Double {
    guard polygon.count > 2 else { return 0 }
    let origin = polygon[0]
    var twice = 0.0
    var previous = polygon[1] - origin
    for index in 2..<polygon.count {
      let next = polygon[index] - origin
      twice += previous.x * next.y - previous.y * next.x
      previous = next
    }
    return max(0, twice / 2)
  }
}
