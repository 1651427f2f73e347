internal import AmbitMatrix

/// The triangulation, the spanning tree and the density of one planar cloud, each made when first asked
/// for. Room for one cloud at a time, whose points its owner keeps; one a thread.
final class PlaneFields {
  private let triangulation: DelaunayWorkspace
  private let tree: SpanningTree
  private let grid = DensityGrid()
  private let whitened: UnsafeMutablePointer<SIMD2<Double>>
  private let sums: UnsafeMutablePointer<Double>
  private var points: UnsafePointer<SIMD2<Double>>?
  private var count = 0
  private var mean = SIMD2<Double>.zero
  private var covariance = (xx: 0.0, xy: 0.0, yy: 0.0)
  private var isTriangulated = false
  private var isDense = false

  init(capacity: Int) {
    triangulation = DelaunayWorkspace(capacity: capacity)
    tree = SpanningTree(capacity: capacity)
    whitened = .allocate(capacity: capacity + 1)
    sums = .allocate(capacity: capacity + 1)
  }

  deinit {
    whitened.deallocate()
    sums.deallocate()
  }

  /// Takes a cloud; `points` are sorted by (x, y) and stay as they are until the next cloud.
  func load(
    _ points: UnsafePointer<SIMD2<Double>>, count: Int, mean: SIMD2<Double>,
    covariance: (xx: Double, xy: Double, yy: Double)
  ) {
    self.points = points
    self.count = count
    self.mean = mean
    self.covariance = covariance
    isTriangulated = false
    isDense = false
  }

  private func triangulate() {
    guard let points, !isTriangulated else { return }
    triangulation.triangulate(points, count: count)
    isTriangulated = true
  }

  /// The length of the minimum spanning tree.
  var treeLength: Double {
    triangulate()
    return tree.length(of: triangulation)
  }

  /// The area of the Delaunay triangles whose circumradius is below `radius`.
  func alphaShapeArea(radius: Double) -> Double {
    triangulate()
    return AlphaShape.area(of: triangulation, radius: radius)
  }

  /// The area of the highest-density region of some mass; NaN where the cloud has no area or the level
  /// is 0.
  func highestDensityArea(mass: Double) -> Double {
    let (xx, xy, yy) = covariance
    guard count > 2, !PlaneMoments.isSingular(xx, xy, yy) else { return .nan }
    let bandwidth = HighestDensity.scottFactor(count: count)
    if !isDense {
      whiten(bandwidth)
      grid.fill(whitened, count: count)
      HighestDensity.leaveOneOutSums(of: grid, at: whitened, count: count, into: sums)
      isDense = true
    }
    guard let level = HighestDensity.level(mass: mass, sortedSums: sums, count: count) else {
      return .nan
    }
    let determinant = xx * yy - xy * xy
    return grid.area(atLeast: level) * bandwidth * bandwidth * determinant.squareRoot()
  }

  /// Coordinates in which the covariance is that of the kernel: `u = L⁻¹ (x − x̄) / h`, `L Lᵀ = S`.
  private func whiten(_ bandwidth: Double) {
    guard let points else { return }
    let first = covariance.xx.squareRoot()
    let mixed = covariance.xy / first
    let second = (covariance.yy - mixed * mixed).squareRoot()
    for index in 0..<count {
      let offset = points[index] - mean
      let x = offset.x / first
      whitened[index] = SIMD2(x, (offset.y - mixed * x) / second) / bandwidth
    }
  }
}
