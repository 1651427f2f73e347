internal import AmbitMatrix

/// The null bands of one reference: random halves of it compared.
struct NeighbourEntropyNull: Sendable {
  let entropy: Interval?
  /// To and from the first half.
  let divergence: [Interval?]
  /// Whether each prompt's samples were split, so that both halves hold every prompt.
  let isWithinUnits: Bool

  init(_ engine: NeighbourEntropyEngine, of checkpoint: Int) {
    let context = engine.context
    let splits = SplitHalves(
      offsets: context.design.unitOffsets(of: checkpoint), samplesNeeded: 1,
      count: context.settings.splits, seed: context.settings.seed)
    isWithinUnits = splits.isWithinUnits
    let distances = NearestDistances(
      engine.space.coordinates[checkpoint], workers: context.workers)
    let sums = context.workers.map(splits.count) { replicate in
      var groups = [UInt8](repeating: 2, count: distances.count)
      splits.write(replicate, to: &groups)
      return NeighbourLogs(distances, groups: groups, k: NeighbourEntropyEngine.k)
    }
    // Infinite where too many rows coincide: then there is no band.
    func band(_ statistic: (NeighbourLogs) -> Double) -> Interval? {
      .percentile(
        sums.map {
          let value = statistic($0)
          return value.isFinite ? value : .nan
        })
    }
    entropy = band { $0.entropy(of: 1) - $0.entropy(of: 0) }
    divergence = [1, 0].map { set in band { $0.divergence(from: set) } }
  }
}
