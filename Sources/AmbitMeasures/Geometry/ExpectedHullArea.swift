internal import AmbitMatrix
internal import Synchronization

/// How large the hull of n independent points is expected to be, for two laws where that is known.
///
/// Exact, by Cauchy's formula: for a law that looks the same in every direction
/// `E A = π (E M² − E T²)`, with M the largest of n marginals and T the other coordinate of that point.
/// The integrals are taken by Gauss–Legendre panels to about 1e-12 relative.
/// Source: the mean area of a random hull, Rényi & Sulanke 1963; the identity, Cauchy 1832,
/// Randon-Furling, Majumdar & Comtet 2009.
public enum ExpectedHullArea {
  /// What has been computed before: resamples ask for the same few counts thousands of times.
  private static let known = Mutex<[Int: (gaussian: Double, disk: Double)]>([:])

  /// Both expectations of a count, remembered.
  static func both(count: Int) -> (gaussian: Double, disk: Double) {
    if let found = known.withLock({ $0[count] }) { return found }
    let new = (gaussian: gaussian(count: count), disk: disk(count: count))
    known.withLock { $0[count] = new }
    return new
  }

  /// `g(n) = π (E M² − 1)`, M the largest of n standard normals: the mean hull area of n points of a
  /// planar Gaussian with unit covariance. 0 for fewer than three points.
  public static func gaussian(count: Int) -> Double {
    guard count > 2 else { return 0 }
    let others = Double(count - 1)
    let square = PanelQuadrature.integral(from: -9, to: 13, panels: 88) { x in
      let upper = Elementary.erfc(x / 2.0.squareRoot()) / 2
      return x * x * Elementary.exp(-x * x / 2 + others * logarithm(oneMinus: upper))
    }
    return Double.pi * (square * Double(count) / (2 * Double.pi).squareRoot() - 1)
  }

  /// `u(n) = π (4/3 E M² − 1/3)`, M the largest of n draws from the density `2/π √(1 − x²)`: the mean
  /// hull area of n points uniform on the unit disk. 0 for fewer than three points.
  public static func disk(count: Int) -> Double {
    guard count > 2 else { return 0 }
    let n = Double(count)
    // With x = cos t, P(marginal > x) is (t − sin t cos t)/π, about 2t³/3π near 0; beyond `reach` its
    // n-th power of the complement is below e⁻⁴⁴.
    let reach = min(Double.pi, Elementary.pow(44 * 1.5 * Double.pi / n, 1.0 / 3) * 1.2)
    let missed = PanelQuadrature.integral(from: 0, to: reach, panels: 64) { t in
      let upper = (t - Elementary.sin(2 * t) / 2) / Double.pi
      return Elementary.sin(2 * t) * Elementary.exp(n * logarithm(oneMinus: upper))
    }
    return Double.pi * (4 * (1 - missed) - 1) / 3
  }

  /// `ln(1 − q)`, accurate for small q too.
  private static func logarithm(oneMinus q: Double) -> Double {
    let rest = 1 - q
    if rest <= 0 { return -.infinity }
    return rest == 1 ? -q : Elementary.log(rest) * q / (1 - rest)
  }
}

/// Integrals of smooth functions over panels of ten Gauss–Legendre nodes each.
enum PanelQuadrature {
  private static let nodes = [
    0.148_874_338_981_631_2, 0.433_395_394_129_247_2, 0.679_409_568_299_024_4,
    0.865_063_366_688_984_5, 0.973_906_528_517_171_7,
  ]
  private static let weights = [
    0.295_524_224_714_752_9, 0.269_266_719_309_996_3, 0.219_086_362_515_982_1,
    0.149_451_349_150_580_6, 0.066_671_344_308_688_1,
  ]

  static func integral(
    from low: Double, to high: Double, panels: Int, _ function: (Double) -> Double
  ) -> Double {
    let half = (high - low) / Double(panels) / 2
    var total = 0.0
    for panel in 0..<panels {
      let middle = low + half * Double(2 * panel + 1)
      for (node, weight) in zip(nodes, weights) {
        total += weight * (function(middle - half * node) + function(middle + half * node))
      }
    }
    return total * half
  }
}
