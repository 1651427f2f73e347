internal import AmbitMatrix

/// The correlation C of the local radii of a map with those of the rows, and its gradient: what
/// den-SNE adds to t-SNE.
///
/// Over the edges E of the affinities: r_o(i) = ln(Σⱼ pᵢⱼ|xᵢ − xⱼ|² / Σⱼ pᵢⱼ), standardised to Rᵢ;
/// r_e(i) = ln(Σⱼ φᵢⱼ d²ᵢⱼ / Σⱼ φᵢⱼ); C = cov(r_e, R)/√(var(r_e) + 0.1). Source: Narayan, Berger &
/// Cho 2021, with the true factors of the gradients.
struct DensityTerm: Sendable {
  static let varianceShift = 0.1

  let affinities: SparseAffinities
  /// R: the logarithms of the rows' local radii, of mean 0 and variance 1.
  let targets: [Double]

  init(_ affinities: SparseAffinities, rows: Matrix, workers: Workers) {
    self.affinities = affinities
    targets = Self.standardised(Self.radii(of: rows, affinities, workers: workers))
  }

  /// r_o: the logarithm of the mean squared distance to a row's neighbours. Where that is 0, as
  /// among equal rows, the smallest that is not.
  static func radii(
    of rows: Matrix, _ affinities: SparseAffinities, workers: Workers
  ) -> [Double] {
    let means = workers.map(rows.rowCount) { row in
      var (weight, sum) = (0.0, 0.0)
      for index in affinities.starts[row]..<affinities.starts[row + 1] {
        let p = Double(affinities.values.pointer[index])
        guard p > 0 else { continue }
        weight += p
        sum +=
          p
          * Reductions.squaredDistance(
            rows.row(row), rows.row(Int(affinities.columns.pointer[index])))
      }
      return weight > 0 ? sum / weight : 0
    }
    let floor = means.filter { $0 > 0 }.min() ?? 1
    return means.map { Elementary.log(max($0, floor)) }
  }

  private static func standardised(_ values: [Double]) -> [Double] {
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / Double(max(1, values.count - 1))).squareRoot()
    return values.map { deviation > 0 ? ($0 - mean) / deviation : 0 }
  }

  /// r_e and Σφ of each point.
  func radii(_ places: [SIMD2<Double>], workers: Workers) -> [SIMD2<Double>] {
    workers.map(affinities.rowCount) { row in
      let place = places[row]
      var (total, sum) = (0.0, 0.0)
      for index in affinities.starts[row]..<affinities.starts[row + 1]
      where affinities.values.pointer[index] > 0 {
        let difference = place - places[Int(affinities.columns.pointer[index])]
        let square = (difference * difference).sum()
        total += 1 / (1 + square)
        sum += square / (1 + square)
      }
      // Coincident neighbours: a radius too small to matter, but finite.
      return SIMD2(Elementary.log(max(sum / total, 1e-30)), total)
    }
  }

  /// The correlation of r_e with R, without the shift of the variance.
  func correlation(_ places: [SIMD2<Double>], workers: Workers) -> Double {
    let moments = Moments(radii(places, workers: workers).map(\.x), targets)
    return moments.variance > 0 ? moments.covariance / moments.variance.squareRoot() : 0
  }

  /// C at these points.
  func value(_ places: [SIMD2<Double>], workers: Workers) -> Double {
    let moments = Moments(radii(places, workers: workers).map(\.x), targets)
    return moments.covariance / (moments.variance + Self.varianceShift).squareRoot()
  }

  /// ∂C/∂y: `2·Σⱼ (wᵢ gᵢⱼ + wⱼ gⱼᵢ)(yᵢ − yⱼ)`.
  func gradient(_ places: [SIMD2<Double>], workers: Workers) -> [SIMD2<Double>] {
    let radii = radii(places, workers: workers)
    let moments = Moments(radii.map(\.x), targets)
    let deviation = (moments.variance + Self.varianceShift).squareRoot()
    let slope = moments.covariance / (deviation * deviation * deviation)
    // wᵢ(1 + e^(−r_e))/Zᵢ, so that an edge costs one product.
    let factors = radii.indices.map { row in
      (targets[row] / deviation - slope * (radii[row].x - moments.mean))
        / Double(max(1, radii.count - 1))
        * (1 + Elementary.exp(-radii[row].x)) / radii[row].y
    }
    return workers.map(affinities.rowCount) { row in
      let place = places[row]
      var sum = SIMD2<Double>(0, 0)
      for index in affinities.starts[row]..<affinities.starts[row + 1]
      where affinities.values.pointer[index] > 0 {
        let column = Int(affinities.columns.pointer[index])
        let difference = place - places[column]
        let phi = 1 / (1 + (difference * difference).sum())
        sum += phi * phi * (factors[row] + factors[column]) * difference
      }
      return 2 * sum
    }
  }

  /// Subtracts a quarter of `weight·∂C/∂y` from `forces`, which hold a quarter of a gradient.
  func add(weight: Double, at points: MapPoints, to forces: MapPoints, workers: Workers) {
    for (row, slope) in gradient(points.places, workers: workers).enumerated() {
      forces.x.pointer[row] -= Float(0.25 * weight * slope.x)
      forces.y.pointer[row] -= Float(0.25 * weight * slope.y)
    }
  }
}

/// The mean and variance of one list and its covariance with another of mean 0; N − 1 below.
private struct Moments {
  let mean: Double
  let variance: Double
  let covariance: Double

  init(_ values: [Double], _ targets: [Double]) {
    let mean = values.reduce(0, +) / Double(values.count)
    let below = Double(max(1, values.count - 1))
    self.mean = mean
    variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / below
    covariance = zip(values, targets).reduce(0) { $0 + ($1.0 - mean) * $1.1 } / below
  }
}
