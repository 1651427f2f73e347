package import AmbitMatrix

/// The forces between the points of a map, one by one, so that each can be held to an oracle.
package struct MapForces: Sendable {
  private let affinities: SparseAffinities
  private let density: DensityTerm
  private let workers: Workers

  /// The affinities of `rows`, of which there are more than three times the perplexity.
  package init(rows: Matrix, perplexities: [Double], workers: Workers) {
    affinities = TSNE().affinities(rows, perplexities, workers)
    density = DensityTerm(affinities, rows: rows, workers: workers)
    self.workers = workers
  }

  /// All pᵢⱼ > 0, row by row.
  package var edges: [(row: Int, column: Int, affinity: Float)] {
    (0..<affinities.rowCount).flatMap { row in
      (affinities.starts[row]..<affinities.starts[row + 1]).compactMap { index in
        let p = affinities.values.pointer[index]
        return p > 0 ? (row, Int(affinities.columns.pointer[index]), p) : nil
      }
    }
  }

  /// KL(P‖Q), all pairs in `Double`.
  package func divergence(_ places: [SIMD2<Double>]) -> Double {
    MapDivergence.exact(of: places, affinities: affinities, workers: workers)
  }

  /// KL(P‖Q) as the descent estimates it.
  package func estimatedDivergence(_ places: [SIMD2<Float>]) -> Double {
    let points = MapPoints(places.count) { places[$0] }
    var repulsion = Repulsion()
    let sum = repulsion.evaluate(points, into: MapPoints(count: points.count), workers: workers)
    return affinities.negativeEntropy(workers: workers)
      + Attraction(affinities).stretch(points, workers: workers) + Elementary.log(sum)
  }

  /// The gradient of KL(P‖Q), as the descent computes it with exact sums.
  package func gradient(_ places: [SIMD2<Float>]) -> [SIMD2<Float>] {
    let points = MapPoints(places.count) { places[$0] }
    let (pull, push) = (MapPoints(count: points.count), MapPoints(count: points.count))
    Attraction(affinities).evaluate(points, into: pull, workers: workers)
    var repulsion = Repulsion(.alwaysExact)
    let sum = Float(repulsion.evaluate(points, into: push, workers: workers))
    return places.indices.map { 4 * (pull[$0] - push[$0] / sum) }
  }

  /// C, the correlation of local radii that den-SNE adds.
  package func densityCorrelation(_ places: [SIMD2<Double>]) -> Double {
    density.value(places, workers: workers)
  }

  /// ∂C/∂y.
  package func densityGradient(_ places: [SIMD2<Double>]) -> [SIMD2<Double>] {
    density.gradient(places, workers: workers)
  }

  /// The correlation of the local radii, without the shift of the variance.
  package func radiusCorrelation(_ places: [SIMD2<Double>]) -> Double {
    density.correlation(places, workers: workers)
  }

  /// r_e of each point.
  package func localRadii(_ places: [SIMD2<Double>]) -> [Double] {
    density.radii(places, workers: workers).map(\.x)
  }

  /// The push of all points on all and the sum of φ, by the way that costs least or by a mesh in any
  /// case, and the spacing of the mesh.
  package static func repulsion(
    _ places: [SIMD2<Float>], alwaysMesh: Bool = false, workers: Workers
  ) -> (push: [SIMD2<Float>], sum: Double, spacing: Float?) {
    let points = MapPoints(places.count) { places[$0] }
    let push = MapPoints(count: points.count)
    var repulsion = Repulsion(alwaysMesh ? .alwaysMesh : .cheapest)
    let sum = repulsion.evaluate(points, into: push, workers: workers)
    var spacing: Float?
    if case .mesh(let plan) = repulsion.path { spacing = plan.spacing }
    return (places.indices.map { push[$0] }, sum, spacing)
  }

  /// The discrete Fourier transform of one sequence, by the transform that the mesh uses.
  package static func fourier(_ values: [SIMD2<Float>]) -> [SIMD2<Float>] {
    let transform = FourierTransform(length: values.count)
    return ComplexLanes.withRoom(values.count) { lanes, work in
      for (index, value) in values.enumerated() {
        lanes.real[index] = Lanes(repeating: value.x)
        lanes.imaginary[index] = Lanes(repeating: value.y)
      }
      transform.transform(lanes, work: work)
      return values.indices.map { SIMD2(lanes.real[$0][7], lanes.imaginary[$0][7]) }
    }
  }
}
