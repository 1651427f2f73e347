internal import AmbitMatrix

/// What relabelling the outputs of two checkpoints does to the statistics of their distances.
struct DistanceRelabellings: Sendable {
  private(set) var observedMeans: Double?
  private(set) var means: [Double] = []
  private(set) var observedSums: (NeighbourSums, NeighbourSums)?
  private(set) var sums: [(NeighbourSums, NeighbourSums)] = []

  init(_ engine: DistanceSpreadEngine, _ checkpoint: Int, _ reference: Int, logFloor: Double) {
    let context = engine.context
    guard context.unitCount(checkpoint, reference) >= StudyContext.fewestUnits else { return }
    let workers = context.workers
    let squares = Matrix.stacked([
      engine.space.coordinates[reference], engine.space.coordinates[checkpoint],
    ]).symmetricSquaredDistances(workers: workers)
    let labels = StratifiedLabels(
      context.design, checkpoint: checkpoint, reference: reference, seed: context.settings.seed)
    let count = min(DistanceSpreadEngine.mostPermutations, context.settings.permutations)
    if engine.distances.contains(where: { $0.measure.statistic == .mean }) {
      func effect(_ means: PairMeans) -> Double {
        EffectKind.logRatio.effect(of: means.tuned, against: means.base)
      }
      let matrix = PairMatrix(distancesOf: squares, workers: workers)
      observedMeans = effect(matrix.means(of: labels.observed))
      let affordable = context.affordable(
        cost: Double(matrix.count) * Double(matrix.count), budget: TwoSetEngine.productBudget)
      means = matrix.means(min(count, affordable), of: labels, workers: workers).map(effect)
    }
    if !engine.neighbours.isEmpty {
      let neighbours = DistinctNeighbours(squaredDistances: squares, workers: workers)
      @Sendable func both(_ groups: [UInt8]) -> (NeighbourSums, NeighbourSums) {
        (
          neighbours.sums(groups, of: 0, logFloor: logFloor),
          neighbours.sums(groups, of: 1, logFloor: logFloor)
        )
      }
      observedSums = both(labels.observed)
      let affordable = context.affordable(
        cost: Double(2 * NeighbourSums.shareOrder * labels.observed.count),
        budget: TwoSetEngine.stepBudget)
      sums = workers.map(min(count, affordable)) { replicate in
        var groups = labels.observed
        labels.write(replicate, to: &groups)
        return both(groups)
      }
    }
  }
}
