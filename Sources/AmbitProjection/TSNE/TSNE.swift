public import AmbitMatrix

/// t-distributed stochastic neighbour embedding: a picture in which near rows lie near each other.
///
/// Minimises KL(P‖Q) with P the symmetric affinities of the 3·perplexity nearest rows (Euclidean) and
/// qᵢⱼ ∝ 1/(1 + |yᵢ − yⱼ|²). Starts from principal components; rows are taken as they are, without
/// hidden scaling or reduction. It is not linear: areas and densities in the map are not those of the
/// rows (it gives every neighbourhood the same perplexity), so no number may be taken from it.
///
/// O(n²·d) for the neighbours, less where many rows let `ApproximateNeighbours` search (the map then
/// tells its recall); O(n·perplexity + n·log n) an iteration, at most 2.5 kB a row at perplexity 30. The same rows and seed give the same bits for any thread count. Sources: van der
/// Maaten & Hinton 2008; Linderman et al. 2019; Kobak & Berens 2019; Belkina et al. 2019.
///
/// Stated rules. Fewer rows than 3·perplexity + 1: the perplexity becomes (n − 1)/3, and the map says
/// which was used. Equal rows: neighbours in row order, and places next to each other. All rows
/// equal: every point at the origin. Fewer than four rows, numbers that are not finite, or rows longer
/// than 10¹⁷: an error.
public struct TSNE: NeighbourProjector {
  /// How many neighbours a row effectively has. Several: the mean of their affinities, which shows
  /// both small groups and the large order. Each at least 1.
  public var perplexities: [Double] = [30]
  /// The factor on the affinities in the first iterations, which lets groups gather.
  public var earlyExaggeration = 12.0
  /// How many iterations have that factor. Few, for where rows form no clear groups more of them
  /// draw the map into a point, and a map that has to unfold from a point is a worse one.
  public var earlyIterationCount = 40
  /// The factor that follows and then falls evenly to the late one (never above the early one).
  /// Dropped at once, it leaves groups torn where they happen to lie: on twelve sets of rows the
  /// divergence was then 0.1 to 11 % higher, and differed more from seed to seed.
  public var annealedExaggeration = 4.0
  /// In how many iterations it falls; 0 to drop at once.
  public var annealingIterationCount = 100
  /// The factor on the affinities afterwards; above 1, groups stay tighter, and nothing ends early,
  /// for it is not the divergence that falls (Kobak & Berens 2019 use 4 for very many rows).
  public var lateExaggeration = 1.0
  /// At most how many iterations follow the early ones, the fall among them.
  public var iterationCount = 510
  /// Ends early once the divergence fell by less than this share of itself in 50 iterations.
  public var stoppingShare = 5e-4
  /// The step of gradient descent; nil for the row count divided by the exaggeration, at least 50.
  public var learningRate: Double?
  /// Whether many rows may be searched for most of their neighbours, faster than for all.
  public var allowsApproximateNeighbours = true
  /// Starts the stream of the small noise about the initial places.
  public var seed: UInt64 = 0

  /// Parameters as documented, each with its default.
  public init(perplexity: Double = 30, seed: UInt64 = 0) {
    perplexities = [perplexity]
    self.seed = seed
  }

  /// `tsne2`.
  public var space: String { "tsne2" }

  /// Makes the map of `rows`.
  ///
  /// - Parameter progress: called every 50 iterations.
  /// - Throws: `ProjectionError` for fewer than four rows, numbers that are not finite, rows longer
  ///   than 10¹⁷, and perplexities below 1.
  public func map(
    of rows: Matrix, workers: Workers, progress: (MapProgress) -> Void = { _ in }
  ) throws(ProjectionError) -> NeighbourMap {
    let used = try usedPerplexities(rows)
    guard !rows.isConstant else {
      return NeighbourMap(allEqual: rows.rowCount, perplexities: used, seed: seed)
    }
    var recall: Double?
    // Not named here, so that the descent alone holds them.
    var descent = Descent(
      affinities: affinities(rows, used, workers, recall: &recall),
      points: initialPlaces(rows, workers: workers), schedule: schedule, workers: workers)
    descent.run(progress: progress)
    return NeighbourMap(descent, perplexities: used, seed: seed, searchRecall: recall)
  }

  /// The perplexities that so many rows allow.
  func usedPerplexities(_ rows: Matrix) throws(ProjectionError) -> [Double] {
    guard let lowest = perplexities.min(), lowest >= 1, perplexities.allSatisfy(\.isFinite) else {
      throw ProjectionError(.perplexity(perplexities))
    }
    guard rows.rowCount >= 4 else { throw ProjectionError(.tooFewRows(rows.rowCount)) }
    try rows.requireMeasurableRows()
    let most = Double(rows.rowCount - 1) / 3
    return perplexities.map { min($0, most) }
  }

  /// The affinities of the exact neighbours.
  func affinities(
    _ rows: Matrix, _ perplexities: [Double], _ workers: Workers
  ) -> SparseAffinities {
    SparseAffinities(
      NearestNeighbours(
        of: rows, count: Self.neighbourCount(rows, perplexities), workers: workers),
      perplexities: perplexities, workers: workers)
  }

  /// The affinities of the neighbours that the settings allow to be searched for.
  ///
  /// - Parameter recall: becomes the share of the exact neighbours among them; nil where it is all.
  func affinities(
    _ rows: Matrix, _ perplexities: [Double], _ workers: Workers, recall: inout Double?
  ) -> SparseAffinities {
    let count = Self.neighbourCount(rows, perplexities)
    guard allowsApproximateNeighbours,
      let found = ApproximateNeighbours(of: rows, count: count, seed: seed, workers: workers)
    else { return affinities(rows, perplexities, workers) }
    recall = found.recall
    return SparseAffinities(found.neighbours, perplexities: perplexities, workers: workers)
  }

  private static func neighbourCount(_ rows: Matrix, _ perplexities: [Double]) -> Int {
    // A third of the row count must not lose a neighbour to rounding.
    max(1, min(rows.rowCount - 1, Int(3 * (perplexities.max() ?? 30) + 1e-6)))
  }

  /// Momentum rises to 0.95 once the groups have unfolded, which saves two fifths of the iterations.
  /// Begun with 0.95, maps tear and end worse.
  var schedule: DescentSchedule {
    DescentSchedule(
      phases: [
        .init(
          iterations: earlyIterationCount, exaggeration: earlyExaggeration, momentum: 0.5,
          stoppingShare: nil),
        .init(
          iterations: iterationCount,
          exaggeration: max(lateExaggeration, min(annealedExaggeration, earlyExaggeration)),
          lastExaggeration: lateExaggeration, fall: annealingIterationCount,
          momentum: 0.8, lastMomentum: 0.95,
          stoppingShare: lateExaggeration == 1 ? stoppingShare : nil),
      ], learningRate: learningRate)
  }

  /// Principal components, scaled so that the first has a standard deviation of 10⁻⁴, with seeded
  /// noise of a hundredth of that, so that equal rows and flat clouds can part.
  func initialPlaces(_ rows: Matrix, workers: Workers) -> MapPoints {
    let count = rows.rowCount
    let plane = PrincipalComponents().coordinates(
      of: rows, weights: [Double](repeating: 1, count: count), workers: workers)
    let variance = (0..<count).reduce(0.0) { $0 + Double(plane[$1, 0]) * Double(plane[$1, 0]) }
    let scale = variance > 0 ? 1e-4 / (variance / Double(count)).squareRoot() : 0
    var random = SplitMix64(seed: seed, stream: 0x7e5e)
    return MapPoints(count) { row in
      SIMD2(
        Float(Double(plane[row, 0]) * scale + 1e-6 * random.normal()),
        Float(Double(plane[row, 1]) * scale + 1e-6 * random.normal()))
    }
  }
}
