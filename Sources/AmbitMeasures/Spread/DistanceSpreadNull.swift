internal import AmbitMatrix

/// The null bands of measures of distances: their effects between random halves of the reference.
struct DistanceSpreadNull: Sendable {
  private let isWithinUnits: Bool
  private let mean: Interval?
  private let median: Interval?
  private let halves: [(NeighbourSums, NeighbourSums)]

  init(_ engine: DistanceSpreadEngine, of checkpoint: Int, logFloor: Double) {
    let context = engine.context
    let rows = engine.space.coordinates[checkpoint]
    let squares = rows.symmetricSquaredDistances(workers: context.workers)
    let splits = SplitHalves(
      offsets: context.design.unitOffsets(of: checkpoint), samplesNeeded: 1,
      count: min(context.settings.splits, DistanceSpreadEngine.splitCount),
      seed: context.settings.seed)
    isWithinUnits = splits.isWithinUnits
    @Sendable func groups(_ replicate: Int) -> [UInt8] {
      var groups = [UInt8](repeating: 2, count: rows.rowCount)
      splits.write(replicate, to: &groups)
      return groups
    }
    let statistics = Set(engine.distances.map(\.measure.statistic))
    mean =
      !statistics.contains(.mean)
      ? nil
      : .percentile(
        PairMatrix(distancesOf: squares, workers: context.workers)
          .means(splits.count, workers: context.workers) { $1 = groups($0) }
          .map { EffectKind.logRatio.effect(of: $0.tuned, against: $0.base) })
    median =
      !statistics.contains(.median)
      ? nil
      : .percentile(
        context.workers.map(min(splits.count, DistanceSpreadEngine.medianSplits)) { replicate in
          let groups = groups(replicate)
          let halves = [UInt8(0), 1].map { half in
            PairMedian.value(squares, rows: groups.indices.filter { groups[$0] == half })
          }
          return EffectKind.logRatio.effect(of: halves[1], against: halves[0])
        })
    if engine.neighbours.isEmpty {
      halves = []
    } else {
      let neighbours = DistinctNeighbours(squaredDistances: squares, workers: context.workers)
      halves = context.workers.map(splits.count) { replicate in
        let groups = groups(replicate)
        return (
          neighbours.sums(groups, of: 0, logFloor: logFloor),
          neighbours.sums(groups, of: 1, logFloor: logFloor)
        )
      }
    }
  }

  func chance(of statistic: DistanceStatistic, _ relabelled: DistanceRelabellings) -> ChanceOfEffect
  {
    switch statistic {
    case .mean:
      ChanceOfEffect(
        band: mean, isWithinUnits: isWithinUnits, observed: relabelled.observedMeans,
        permuted: relabelled.means)
    case .median: ChanceOfEffect(band: median, isWithinUnits: isWithinUnits)
    }
  }

  func chance(
    of measure: any NeighbourSpreadMeasure, _ variant: Int, _ relabelled: DistanceRelabellings
  ) -> ChanceOfEffect {
    func effect(_ sums: (NeighbourSums, NeighbourSums)) -> Double {
      EffectKind.logRatio.effect(
        of: measure.values(of: sums.1)[variant], against: measure.values(of: sums.0)[variant])
    }
    return ChanceOfEffect(
      band: .percentile(halves.map(effect)), isWithinUnits: isWithinUnits,
      observed: relabelled.observedSums.map(effect), permuted: relabelled.sums.map(effect))
  }
}
