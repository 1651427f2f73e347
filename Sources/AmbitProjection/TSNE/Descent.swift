internal import AmbitMatrix

/// Gradient descent on the places of a map, with momentum and a gain for each coordinate.
///
/// A quarter of the gradient of KL(P‖Q) is used, `Σⱼ (pᵢⱼ − qᵢⱼ) φᵢⱼ (yᵢ − yⱼ)`, so that the learning
/// rate has the meaning of the literature (n over the exaggeration; Belkina et al. 2019).
struct Descent {
  /// The points as they are now; in `order`, if there is one.
  private var points: MapPoints
  let schedule: DescentSchedule
  let workers: Workers
  private(set) var iteration = 0
  private(set) var divergence = Double.infinity
  /// What ties the local radii of the map to those of the rows, in den-SNE.
  var densityTerm: DensityTerm?

  private var attraction: Attraction
  private var order: MapOrder?
  private var repulsion = Repulsion()
  private let negativeEntropy: Double
  private let pull: MapPoints
  private let push: MapPoints
  private var steps: MapPoints
  private var gains: MapPoints

  static let checkInterval = 50

  init(
    affinities: consuming SparseAffinities, points: MapPoints, schedule: DescentSchedule,
    workers: Workers
  ) {
    self.points = points
    self.schedule = schedule
    self.workers = workers
    negativeEntropy = affinities.negativeEntropy(workers: workers)
    attraction = Attraction(affinities)
    pull = MapPoints(count: points.count)
    push = MapPoints(count: points.count)
    steps = MapPoints(count: points.count)
    gains = MapPoints(count: points.count)
  }

  /// From how many points on they are stored in the order of the map, and from which iteration on:
  /// by then the groups have gathered.
  static let orderedFrom = 2500
  static let orderingIteration = 150

  /// The points in the order in which they were given.
  var places: MapPoints { order?.undone(on: points) ?? points }

  /// Runs all phases.
  mutating func run(progress: (MapProgress) -> Void) {
    for phase in schedule.phases { run(phase, progress: progress) }
    if iteration % Self.checkInterval != 0 || !divergence.isFinite {
      let sum = repulsion.evaluate(points, into: push, workers: workers)
      divergence = divergence(normaliser: sum)
    }
  }

  /// From now on near points are stored near each other.
  private mutating func putInOrder() {
    let order = MapOrder(points)
    points = order.applied(to: points)
    steps = order.applied(to: steps)
    gains = order.applied(to: gains)
    attraction.reorder(order, workers: workers)
    self.order = order
  }

  private mutating func run(_ phase: DescentSchedule.Phase, progress: (MapProgress) -> Void) {
    steps.x.fill(0)
    steps.y.fill(0)
    gains.x.fill(1)
    gains.y.fill(1)
    var lastDivergence = Double.infinity
    for index in 1...max(1, phase.iterations) where phase.iterations > 0 {
      attraction.evaluate(points, into: pull, workers: workers)
      let sum = repulsion.evaluate(points, into: push, workers: workers)
      let exaggeration = phase.exaggeration(at: index - 1)
      let isCheck = (iteration + 1) % Self.checkInterval == 0
      if isCheck { divergence = divergence(normaliser: sum) }
      if phase.density != 0 {
        // The pull is going to be multiplied by the exaggeration.
        densityTerm?.add(
          weight: phase.density / exaggeration, at: points, to: pull, workers: workers)
      }
      step(
        exaggeration: Float(exaggeration), normaliser: Float(1 / sum),
        rate: schedule.learningRate(at: exaggeration, pointCount: points.count),
        momentum: phase.momentum(at: index - 1))
      iteration += 1
      if iteration == Self.orderingIteration, densityTerm == nil, points.count >= Self.orderedFrom {
        putInOrder()
      }
      guard isCheck else { continue }
      progress(
        MapProgress(
          iteration: iteration, iterationCount: schedule.iterationCount, divergence: divergence))
      // A phase needs some iterations before its divergence tells anything.
      if let share = phase.stoppingShare, index > phase.fall + 2 * Self.checkInterval,
        lastDivergence - divergence < share * divergence
      {
        return
      }
      lastDivergence = divergence
    }
  }

  private func divergence(normaliser: Double) -> Double {
    negativeEntropy + attraction.stretch(points, workers: workers) + Elementary.log(normaliser)
  }

  private func step(exaggeration: Float, normaliser: Float, rate: Float, momentum: Float) {
    let count = (points.count + 15) / 16 * 16
    let axes = [
      (points.x, pull.x, push.x, steps.x, gains.x), (points.y, pull.y, push.y, steps.y, gains.y),
    ]
    workers.forEachBlock(of: count, size: 8192) { block in
      for (place, pull, push, step, gain) in axes {
        move(
          block, place.pointer, pull.pointer, push.pointer, step.pointer, gain.pointer,
          exaggeration, normaliser, rate, momentum)
      }
    }
    // The filling moved too.
    for index in points.count..<points.x.count {
      points.x.pointer[index] = MapPoints.farAway
      points.y.pointer[index] = MapPoints.farAway
    }
  }

  /// The places about their mean, row by row.
  var centredPlaces: Matrix {
    let points = places
    var mean = SIMD2<Double>(0, 0)
    for index in 0..<points.count { mean += SIMD2<Double>(points[index]) }
    mean /= Double(max(1, points.count))
    var values: [Float] = []
    values.reserveCapacity(2 * points.count)
    for index in 0..<points.count {
      let place = SIMD2<Double>(points[index]) - mean
      values.append(Float(place.x))
      values.append(Float(place.y))
    }
    return Matrix(rowCount: points.count, columnCount: 2, values: values)
  }
}

/// One step of one coordinate of some points. No coordinate moves by more than 5, lest a bad start
/// tear the map apart.
private func move(
  _ range: Range<Int>, _ place: UnsafeMutablePointer<Float>, _ pull: UnsafePointer<Float>,
  _ push: UnsafePointer<Float>, _ step: UnsafeMutablePointer<Float>,
  _ gain: UnsafeMutablePointer<Float>, _ exaggeration: Float, _ normaliser: Float, _ rate: Float,
  _ momentum: Float
) {
  for index in stride(from: range.lowerBound, to: range.upperBound, by: 16) {
    let gradient = exaggeration * pull.lanes(index) - normaliser * push.lanes(index)
    let last = step.lanes(index)
    let old = gain.lanes(index)
    let agrees = (gradient * last) .>= 0
    var next = (old + 0.2).replacing(with: old * 0.8, where: agrees)
    next = next.replacing(with: 0.01, where: next .< 0.01)
    var move = momentum * last - rate * next * gradient
    move = move.replacing(with: 5, where: move .> 5)
    move = move.replacing(with: -5, where: move .< -5)
    gain.setLanes(index, next)
    step.setLanes(index, move)
    place.setLanes(index, place.lanes(index) + move)
  }
}
