extension ConvexPolygon {
  /// The convex hull of `points`: the smallest convex polygon that holds them all.
  ///
  /// Exact: every turn is decided without rounding error, so collinear and duplicate points are never
  /// corners. Equal points give one corner, collinear ones two, no points none.
  /// O(n log n); far less where most points lie inside, because those are dropped before the sort.
  /// Source: Andrew 1979 (monotone chain), Akl & Toussaint 1978 (the filter).
  ///
  /// - Precondition: coordinates are finite.
  public init(hullOf points: [SIMD2<Double>]) {
    var candidates = points.count > 512 ? HullFilter.outerPoints(of: points) : points
    candidates.sort { $0.x != $1.x ? $0.x < $1.x : $0.y < $1.y }
    let count = candidates.count
    let corners = candidates.withUnsafeBufferPointer { sorted in
      [Int32](unsafeUninitializedCapacity: 2 * count + 2) { corners, cornerCount in
        guard let start = sorted.baseAddress else { return cornerCount = 0 }
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2 * count + 2) { room in
          cornerCount = HullChain.corners(
            of: start, count: count, into: corners.baseAddress!, scratch: room.baseAddress!)
        }
      }
    }
    self.init(uncheckedVertices: corners.map { candidates[Int($0)] })
  }
}

/// The hull of points that are already sorted by (x, y), over buffers that the caller lends.
enum HullChain {
  /// Writes the indices of the corners, counter-clockwise from the first point, and returns their
  /// number. `corners` and `scratch` have room for `2 · count + 2` indices each.
  static func corners(
    of points: UnsafePointer<SIMD2<Double>>, count: Int,
    into corners: UnsafeMutablePointer<Int32>, scratch: UnsafeMutablePointer<Int32>
  ) -> Int {
    guard count > 0 else { return 0 }
    let last = count - 1
    if points[0] == points[last] {
      corners[0] = 0
      return 1
    }
    var bottom = 0
    var top = 0
    for index in 1..<count {
      if points[index].y < points[bottom].y { bottom = index }
      if points[index].y > points[top].y { top = index }
    }
    let extent = (points[last].x - points[0].x) * (points[top].y - points[bottom].y)
    // Points beyond this on the inner side of a chord are certainly inside; the rest stay.
    let margin = 4e-15 * extent
    var kept = 1
    scratch[0] = 0
    kept = keepOutside(points, 1, bottom, 0, bottom, margin, scratch, kept)
    if bottom > 0 && bottom < last {
      scratch[kept] = Int32(bottom)
      kept += 1
    }
    kept = keepOutside(points, max(1, bottom + 1), last, bottom, last, margin, scratch, kept)
    scratch[kept] = Int32(last)
    kept += 1
    var cornerCount = chain(points, scratch, kept, into: corners, from: 0)

    kept = 1
    scratch[0] = Int32(last)
    kept = keepOutsideDown(points, last - 1, top, last, top, margin, scratch, kept)
    if top > 0 && top < last {
      scratch[kept] = Int32(top)
      kept += 1
    }
    kept = keepOutsideDown(points, min(last - 1, top - 1), 0, top, 0, margin, scratch, kept)
    scratch[kept] = 0
    kept += 1
    // The upper chain starts on the last corner of the lower one and ends on its first.
    cornerCount = chain(points, scratch, kept, into: corners, from: cornerCount - 1)
    return cornerCount - 1
  }

  /// Appends the indices in `low..<high` that are not clearly left of the chord from `a` to `b`.
  @inline(__always)
  private static func keepOutside(
    _ points: UnsafePointer<SIMD2<Double>>, _ low: Int, _ high: Int, _ a: Int, _ b: Int,
    _ margin: Double, _ list: UnsafeMutablePointer<Int32>, _ start: Int
  ) -> Int {
    var count = start
    let origin = points[a]
    let chord = points[b] - origin
    var index = low
    while index < high {
      let offset = points[index] - origin
      list[count] = Int32(truncatingIfNeeded: index)
      count &+= chord.x * offset.y - chord.y * offset.x <= margin ? 1 : 0
      index &+= 1
    }
    return count
  }

  /// The same for `low`, `low − 1`, … down to but without `high`.
  @inline(__always)
  private static func keepOutsideDown(
    _ points: UnsafePointer<SIMD2<Double>>, _ low: Int, _ high: Int, _ a: Int, _ b: Int,
    _ margin: Double, _ list: UnsafeMutablePointer<Int32>, _ start: Int
  ) -> Int {
    var count = start
    let origin = points[a]
    let chord = points[b] - origin
    var index = low
    while index > high {
      let offset = points[index] - origin
      list[count] = Int32(truncatingIfNeeded: index)
      count &+= chord.x * offset.y - chord.y * offset.x <= margin ? 1 : 0
      index &-= 1
    }
    return count
  }

  /// Walks the listed points and keeps the left turns, on the stack `corners` above `base`.
  private static func chain(
    _ points: UnsafePointer<SIMD2<Double>>, _ list: UnsafeMutablePointer<Int32>, _ count: Int,
    into corners: UnsafeMutablePointer<Int32>, from base: Int
  ) -> Int {
    var size = base
    for position in 0..<count {
      let index = list[position]
      let point = points[Int(index)]
      while size >= base + 2,
        Orientation.sign(points[Int(corners[size - 2])], points[Int(corners[size - 1])], point) <= 0
      {
        size -= 1
      }
      corners[size] = index
      size += 1
    }
    return size
  }
}
