internal import AmbitMatrix

/// The null bands of measures over pairs: their effects between random halves of the reference.
struct CosinePairNull: Sendable {
  let isWithinUnits: Bool
  /// Per measure of the engine.
  let bands: [Interval?]

  init(_ engine: CosinePairEngine, of checkpoint: Int) {
    let context = engine.context
    let offsets = context.design.unitOffsets(of: checkpoint)
    let splits = SplitHalves(
      offsets: offsets, samplesNeeded: 1, count: context.settings.splits,
      seed: context.settings.seed)
    isWithinUnits = splits.isWithinUnits
    let isWithin = splits.isWithinUnits
    let set = CosinePairs(units: [CosinePairs.rows(offsets, from: 0)], isPaired: false)
    let cosines = CosinePairEngine.cosines(
      of: [engine.space.coordinates[checkpoint]], context)
    let sizes = zip(offsets, offsets.dropFirst()).map { $1 - $0 }
    // Of each prompt half the samples; or all samples of half the prompts.
    let samples = isWithin ? sizes.map { max(1, $0 / 2) } : sizes
    let units = isWithin ? sizes.count : sizes.count / 2
    bands = CosinePairEngine.results(engine.measures, set) { measure, scope in
      let matrix = set.matrix(
        cosines, measure, scope, samples: samples, workers: context.workers)
      let write: @Sendable (Int, inout [UInt8]) -> Void = { replicate, groups in
        for row in groups.indices { groups[row] = 2 }
        splits.write(replicate, to: &groups)
      }
      let means = matrix.means(splits.count, workers: context.workers, write: write)
      var groups = [UInt8](repeating: 2, count: matrix.count)
      return .percentile(
        means.enumerated().map { replicate, means in
          write(replicate, &groups)
          let rows = [groups.count { $0 == 0 }, groups.count { $0 == 1 }]
          return CosinePairEngine.effect(
            measure,
            set.scaled(means, scope, rows: rows, units: [units, units]))
        })
    }
  }
}
