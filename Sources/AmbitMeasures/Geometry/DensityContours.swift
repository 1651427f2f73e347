internal import AmbitMatrix

/// The highest-density regions of a planar cloud at a given bandwidth, as outlines to draw.
///
/// A round Gaussian kernel of one bandwidth for all clouds of a figure is its resolution: no cloud looks
/// rougher than another for having fewer or tighter points. For the number `hdr_area` each cloud has its
/// own bandwidth, since a common one pulls ratios towards 1. The level is the leave-one-out quantile, as
/// there. O(n · 37²).
public struct DensityContours: Sendable {
  /// One highest-density region.
  public struct Region: Sendable {
    /// The share of the points that the region holds, in (0, 1).
    public let mass: Double
    /// Closed outlines, the first point not repeated; the region lies on their left, so holes run
    /// clockwise.
    public let outlines: [[SIMD2<Double>]]
    /// The area inside, holes taken off, within 0.1 %.
    public let area: Double
  }

  /// The standard deviation of the kernel, in units of the plane.
  public let bandwidth: Double
  /// One region a mass, in the order asked for; without outlines where so many points lie more than six
  /// bandwidths from all others that there is no level.
  public let regions: [Region]

  /// - Precondition: a bandwidth above 0, masses between 0 and 1, finite coordinates.
  public init(of points: [SIMD2<Double>], bandwidth: Double, masses: [Double] = [0.5, 0.95]) {
    precondition(bandwidth > 0, "a kernel has a width")
    precondition(masses.allSatisfy { $0 > 0 && $0 < 1 }, "a share of the points in (0, 1)")
    self.bandwidth = bandwidth
    guard points.count > 1 else {
      regions = masses.map { Region(mass: $0, outlines: [], area: 0) }
      return
    }
    let grid = DensityGrid()
    let scaled = points.map { $0 / bandwidth }
    var sums = [Double](repeating: 0, count: points.count)
    regions = scaled.withUnsafeBufferPointer { scaled in
      sums.withUnsafeMutableBufferPointer { sums in
        guard let start = scaled.baseAddress, let room = sums.baseAddress else { return [] }
        grid.fill(start, count: scaled.count)
        HighestDensity.leaveOneOutSums(of: grid, at: start, count: scaled.count, into: room)
        return masses.map { mass in
          guard
            let level = HighestDensity.level(mass: mass, sortedSums: room, count: scaled.count)
          else { return Region(mass: mass, outlines: [], area: 0) }
          return Region(
            mass: mass,
            outlines: grid.outlines(atLeast: level).map { $0.map { $0 * bandwidth } },
            area: grid.area(atLeast: level) * bandwidth * bandwidth)
        }
      }
    }
  }

  /// One bandwidth for several clouds: `n^(−1/6) √(½ mean tr S)`, S the covariance of each about its own
  /// mean and n the count of the smallest. `nil` where no cloud has any spread.
  public static func commonBandwidth(of clouds: [[SIMD2<Double>]]) -> Double? {
    let usable = clouds.filter { $0.count > 1 }
    guard let fewest = usable.map(\.count).min() else { return nil }
    let traces = usable.map { cloud in
      let moments = PlaneMoments(of: cloud)
      return (moments.xx + moments.yy) * moments.count / (moments.count - 1)
    }
    let half = traces.reduce(0, +) / Double(traces.count) / 2
    return half > 0 ? half.squareRoot() * HighestDensity.scottFactor(count: fewest) : nil
  }
}
