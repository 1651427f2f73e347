/// How much of a cloud its hull is drawn around.
public enum PeelLevel: Int, CaseIterable, Sendable {
  /// Every point.
  case all
  /// The ⌊0.05 n⌋ points of largest robust Mahalanobis distance dropped.
  case ninetyFive
  /// The ⌊0.5 n⌋ points of largest distance dropped.
  case fifty

  /// The share of points that is kept.
  public var fraction: Double {
    switch self {
    case .all: 1
    case .ninetyFive: 0.95
    case .fifty: 0.5
    }
  }

  /// The variant in tables: `peel100`, `peel95`, `peel50`.
  public var variant: String {
    switch self {
    case .all: "peel100"
    case .ninetyFive: "peel95"
    case .fifty: "peel50"
    }
  }
}

/// What the planar measures need to know of one cloud: its peeled hulls and its covariance.
///
/// Filled again and again by the engine; a measure only reads it.
package final class PlaneShape {
  /// The number of points.
  package private(set) var count = 0
  /// The classical covariance, divided by n − 1; 0 for fewer than two points.
  package private(set) var covariance = (xx: 0.0, xy: 0.0, yy: 0.0)

  private var mean = SIMD2<Double>.zero

  private let workspace: PlaneWorkspace
  private let outlines: UnsafeMutablePointer<SIMD2<Double>>
  private let stride: Int
  private var outlineCounts = (0, 0, 0)
  private var areas = (0.0, 0.0, 0.0)
  private var expectation = (count: 0, gaussian: 0.0, disk: 0.0)

  /// The length that α-shapes are measured with: the same for every cloud of a study; NaN where there is
  /// none.
  package let unitLength: Double
  private lazy var fields = PlaneFields(capacity: workspace.capacity)
  private var areFieldsCurrent = false

  package init(capacity: Int, unitLength: Double = .nan) {
    workspace = PlaneWorkspace(capacity: capacity)
    self.unitLength = unitLength
    stride = capacity + 1
    outlines = .allocate(capacity: PeelLevel.allCases.count * stride)
  }

  deinit { outlines.deallocate() }

  /// Where a caller writes points, in ascending (x, y), before `finish`.
  @inline(__always)
  package var points: UnsafeMutablePointer<SIMD2<Double>> { workspace.points }

  /// Computes everything for the first `newCount` points of `points`.
  package func finish(_ newCount: Int) { finish(newCount, levels: .all) }

  func finish(_ newCount: Int, levels: PlaneLevels) {
    workspace.finishLoading(newCount)
    update(levels)
  }

  /// Loads a cloud in any order and computes everything.
  package func load(_ cloud: [SIMD2<Double>]) {
    workspace.load(cloud)
    update(.all)
  }

  private func update(_ levels: PlaneLevels) {
    count = workspace.count
    areFieldsCurrent = false
    let moments = workspace.moments()
    let unbiased = count > 1 ? Double(count) / Double(count - 1) : 0
    covariance = (moments.xx * unbiased, moments.xy * unbiased, moments.yy * unbiased)
    mean = moments.mean
    if levels == .none { return }
    workspace.measureDistances(from: workspace.robustScatter(from: moments))
    (outlineCounts.0, areas.0) = draw(.all)
    (outlineCounts.1, areas.1) = draw(.ninetyFive)
    if levels == .all { (outlineCounts.2, areas.2) = draw(.fifty) }
  }

  private func draw(_ level: PeelLevel) -> (Int, Double) {
    let corners = workspace.hull(keeping: level.fraction)
    let outline = outlines + level.rawValue * stride
    let whole = PlaneWorkspace.keptCount(of: count, fraction: level.fraction) == count
    workspace.copyCorners(corners, whole: whole, to: outline)
    return (corners, Self.area(UnsafeBufferPointer(start: outline, count: corners)))
  }

  /// The area of an outline, 0 where it is thinner than the rounding of its own coordinates.
  ///
  /// Coordinates come from single-precision vectors: each is off by up to 2⁻²⁴ of the largest, so points
  /// of one line span up to that times the outline's length.
  private static func area(_ outline: UnsafeBufferPointer<SIMD2<Double>>) -> Double {
    let area = ConvexClip.area(outline)
    guard var previous = outline.last else { return 0 }
    var largest = 0.0
    var length = 0.0
    for corner in outline {
      let side = corner - previous
      length += (side.x * side.x + side.y * side.y).squareRoot()
      largest = max(largest, abs(corner.x), abs(corner.y))
      previous = corner
    }
    return area > 0x1p-23 * largest * length ? area : 0
  }

  /// What `ExpectedHullArea` says for so many points; the last count's answer is kept.
  package var expectedArea: (gaussian: Double, disk: Double) {
    if expectation.count != count {
      let both = ExpectedHullArea.both(count: count)
      expectation = (count, both.gaussian, both.disk)
    }
    return (expectation.gaussian, expectation.disk)
  }

  /// The triangulation, tree and density of the cloud, each made when first asked for.
  private var field: PlaneFields {
    if !areFieldsCurrent {
      fields.load(workspace.points, count: count, mean: mean, covariance: covariance)
      areFieldsCurrent = true
    }
    return fields
  }

  /// The length of the minimum spanning tree.
  package var treeLength: Double { field.treeLength }

  /// The area of the Delaunay triangles whose circumradius is below `radius`.
  package func alphaShapeArea(radius: Double) -> Double { field.alphaShapeArea(radius: radius) }

  /// The area of the highest-density region of some mass; NaN where the cloud has no area.
  package func highestDensityArea(mass: Double) -> Double {
    field.highestDensityArea(mass: mass)
  }

  /// The corners of a peeled hull, counter-clockwise; valid until the next cloud is loaded.
  package func outline(_ level: PeelLevel) -> UnsafeBufferPointer<SIMD2<Double>> {
    UnsafeBufferPointer(start: outlines + level.rawValue * stride, count: cornerCount(level))
  }

  /// The number of corners of a peeled hull.
  package func cornerCount(_ level: PeelLevel) -> Int {
    switch level {
    case .all: outlineCounts.0
    case .ninetyFive: outlineCounts.1
    case .fifty: outlineCounts.2
    }
  }

  /// The area of a peeled hull.
  package func area(_ level: PeelLevel) -> Double {
    switch level {
    case .all: areas.0
    case .ninetyFive: areas.1
    case .fifty: areas.2
    }
  }
}

extension ConvexPolygon {
  /// The hull that remains when the points of largest robust Mahalanobis distance are dropped.
  ///
  /// Drops `⌊(1 − fraction)·n⌋` points; among equal distances the one of larger (x, y) goes first,
  /// so the order of the points does not matter. Affine-equivariant. O(n log n).
  ///
  /// - Parameter fraction: in (0, 1]; 0.95 gives the outline that home-range ecology calls the 95 %
  ///   minimum convex polygon.
  public init(hullOf points: [SIMD2<Double>], keeping fraction: Double) {
    precondition(fraction > 0 && fraction <= 1, "a share of the points in (0, 1]")
    let workspace = PlaneWorkspace(capacity: points.count)
    workspace.load(points)
    workspace.measureDistances(from: workspace.robustScatter())
    let count = workspace.hull(keeping: fraction)
    let whole = PlaneWorkspace.keptCount(of: points.count, fraction: fraction) == points.count
    let corners = [SIMD2<Double>](unsafeUninitializedCapacity: count) { buffer, initialized in
      if let start = buffer.baseAddress { workspace.copyCorners(count, whole: whole, to: start) }
      initialized = count
    }
    self.init(uncheckedVertices: corners)
  }
}
