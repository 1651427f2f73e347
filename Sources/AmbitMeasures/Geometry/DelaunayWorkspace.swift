/// Room for one Delaunay triangulation at a time, so that thousands of resampled clouds cost no
/// allocation. Not `Sendable`: one workspace a thread.
///
/// Divide and conquer over points that are sorted by (x, y); every turn and every circle is decided
/// exactly. Equal points count once. O(n log n).
/// Source: Guibas & Stolfi 1985, *Primitives for the Manipulation of General Subdivisions*.
final class DelaunayWorkspace {
  /// One direction of an edge; the other is at `index ^ 1`.
  private struct Half {
    var origin: Int32
    /// The next edge around the origin, counter-clockwise.
    var next: Int32
    /// The one before it.
    var previous: Int32
  }

  /// The number of distinct points.
  private(set) var count = 0
  /// The distinct points, ascending in (x, y).
  let points: UnsafeMutablePointer<SIMD2<Double>>
  private let capacity: Int
  private let halves: UnsafeMutablePointer<Half>
  private let free: UnsafeMutablePointer<Int32>
  private var halfCount: Int32 = 0
  private var freeCount = 0

  /// - Parameter capacity: the most points that will be triangulated.
  init(capacity: Int) {
    self.capacity = capacity
    points = .allocate(capacity: capacity + 1)
    // A planar graph has at most 3n − 6 edges, of two halves each.
    halves = .allocate(capacity: 6 * capacity + 12)
    free = .allocate(capacity: 3 * capacity + 6)
  }

  deinit {
    points.deallocate()
    halves.deallocate()
    free.deallocate()
  }

  /// Triangulates points that are sorted by (x, y).
  func triangulate(_ sorted: UnsafePointer<SIMD2<Double>>, count sortedCount: Int) {
    precondition(sortedCount <= capacity, "the workspace is too small for this cloud")
    count = 0
    for index in 0..<sortedCount where index == 0 || sorted[index] != sorted[index - 1] {
      points[count] = sorted[index]
      count += 1
    }
    halfCount = 0
    freeCount = 0
    if count > 1 { _ = triangulate(0, count) }
  }

  /// Calls `body` with both ends of every edge.
  @inline(__always)
  func forEachEdge(_ body: (_ a: Int, _ b: Int) -> Void) {
    var half = 0
    while half < Int(halfCount) {
      if halves[half].origin >= 0 {
        body(Int(halves[half].origin), Int(halves[half + 1].origin))
      }
      half += 2
    }
  }

  /// Calls `body` with the corners of every triangle, counter-clockwise.
  @inline(__always)
  func forEachTriangle(_ body: (_ a: Int, _ b: Int, _ c: Int) -> Void) {
    for index in 0..<halfCount where halves[Int(index)].origin >= 0 {
      let second = leftNext(index)
      let third = leftNext(second)
      // Each triangle has three halves on its boundary; the first of them speaks for it.
      guard index < second, index < third, leftNext(third) == index else { continue }
      let (a, b, c) = (origin(index), origin(second), origin(third))
      // The outer face of one triangle has three sides too, but runs clockwise.
      if Orientation.sign(points[Int(a)], points[Int(b)], points[Int(c)]) > 0 {
        body(Int(a), Int(b), Int(c))
      }
    }
  }

  @inline(__always) private func origin(_ half: Int32) -> Int32 { halves[Int(half)].origin }
  @inline(__always) private func target(_ half: Int32) -> Int32 { halves[Int(half ^ 1)].origin }
  @inline(__always) private func next(_ half: Int32) -> Int32 { halves[Int(half)].next }
  @inline(__always) private func previous(_ half: Int32) -> Int32 { halves[Int(half)].previous }
  /// The next half along the face to the left.
  @inline(__always) private func leftNext(_ half: Int32) -> Int32 { previous(half ^ 1) }
  @inline(__always) private func point(_ index: Int32) -> SIMD2<Double> { points[Int(index)] }

  @inline(__always)
  private func turn(_ a: Int32, _ b: Int32, _ c: Int32) -> Int {
    Orientation.sign(point(a), point(b), point(c))
  }

  private func makeEdge(_ from: Int32, _ to: Int32) -> Int32 {
    var half = halfCount
    if freeCount > 0 {
      freeCount -= 1
      half = free[freeCount]
    } else {
      halfCount += 2
    }
    halves[Int(half)] = Half(origin: from, next: half, previous: half)
    halves[Int(half ^ 1)] = Half(origin: to, next: half ^ 1, previous: half ^ 1)
    return half
  }

  @inline(__always)
  private func splice(_ a: Int32, _ b: Int32) {
    let (afterA, afterB) = (next(a), next(b))
    halves[Int(a)].next = afterB
    halves[Int(b)].next = afterA
    halves[Int(afterB)].previous = a
    halves[Int(afterA)].previous = b
  }

  private func connect(_ a: Int32, _ b: Int32) -> Int32 {
    let half = makeEdge(target(a), origin(b))
    splice(half, leftNext(a))
    splice(half ^ 1, b)
    return half
  }

  private func delete(_ half: Int32) {
    splice(half, previous(half))
    splice(half ^ 1, previous(half ^ 1))
    halves[Int(half)].origin = -1
    halves[Int(half ^ 1)].origin = -1
    free[freeCount] = half & ~1
    freeCount += 1
  }

  /// Triangulates `low..<high`; returns the counter-clockwise hull edge out of the leftmost point and
  /// the clockwise one out of the rightmost.
  private func triangulate(_ low: Int, _ high: Int) -> (left: Int32, right: Int32) {
    let first = Int32(low)
    if high - low == 2 {
      let edge = makeEdge(first, first + 1)
      return (edge, edge ^ 1)
    }
    if high - low == 3 {
      let a = makeEdge(first, first + 1)
      let b = makeEdge(first + 1, first + 2)
      splice(a ^ 1, b)
      let side = turn(first, first + 1, first + 2)
      if side == 0 { return (a, b ^ 1) }
      let c = connect(b, a)
      return side > 0 ? (a, b ^ 1) : (c ^ 1, c)
    }
    let middle = (low + high) / 2
    return merge(triangulate(low, middle), triangulate(middle, high))
  }

  private func merge(
    _ left: (left: Int32, right: Int32), _ right: (left: Int32, right: Int32)
  ) -> (left: Int32, right: Int32) {
    var (outerLeft, outerRight) = (left.left, right.right)
    var base = lowerTangent(left.right, right.left)
    if target(base) == origin(outerLeft) { outerLeft = base ^ 1 }
    if origin(base) == origin(outerRight) { outerRight = base }
    while true {
      let (from, to) = (origin(base), target(base))
      var leftHalf = next(base ^ 1)
      let isLeftValid = turn(target(leftHalf), to, from) > 0
      if isLeftValid {
        while InCircle.sign(
          point(to), point(from), point(target(leftHalf)), point(target(next(leftHalf)))) > 0
        {
          let following = next(leftHalf)
          delete(leftHalf)
          leftHalf = following
        }
      }
      var rightHalf = previous(base)
      let isRightValid = turn(target(rightHalf), to, from) > 0
      if isRightValid {
        while InCircle.sign(
          point(to), point(from), point(target(rightHalf)), point(target(previous(rightHalf)))) > 0
        {
          let following = previous(rightHalf)
          delete(rightHalf)
          rightHalf = following
        }
      }
      if !isLeftValid && !isRightValid { return (outerLeft, outerRight) }
      let takesRight =
        !isLeftValid
        || (isRightValid
          && InCircle.sign(
            point(target(leftHalf)), point(origin(leftHalf)), point(origin(rightHalf)),
            point(target(rightHalf))) > 0)
      base = takesRight ? connect(rightHalf, base ^ 1) : connect(base ^ 1, leftHalf ^ 1)
    }
  }

  /// Joins two hulls along their common lower tangent; the new edge runs from right to left.
  private func lowerTangent(_ left: Int32, _ right: Int32) -> Int32 {
    var (leftInner, rightInner) = (left, right)
    while true {
      if turn(origin(rightInner), origin(leftInner), target(leftInner)) > 0 {
        leftInner = leftNext(leftInner)
      } else if turn(origin(leftInner), target(rightInner), origin(rightInner)) > 0 {
        rightInner = next(rightInner ^ 1)
      } else {
        return connect(rightInner ^ 1, leftInner)
      }
    }
  }
}
