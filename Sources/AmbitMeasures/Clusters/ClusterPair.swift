internal import AmbitMatrix

/// Two checkpoints' labels in one clustering, reference first, as resampling needs them.
struct ClusterPair: Sendable {
  let checkpoint: Int
  let reference: Int
  let observed: ClusterTable
  let isMatched: Bool
  let isPaired: Bool
  let unitCount: Int
  private let engine: PooledClusterEngine
  private let labels: [[Int]]
  private let clusterCount: Int

  var hasEnough: Bool { unitCount >= StudyContext.fewestUnits }

  /// What one relabelling gives.
  struct Replicate: Sendable {
    /// Per measure, the effect; of the first replicates alone where one costs much.
    var effects: [Double]
    /// Per measure of pairs, the value.
    var pairs: [Double]
  }

  init(_ engine: PooledClusterEngine, _ clusters: PooledClusters, checkpoint: Int, reference: Int) {
    let design = engine.context.design
    self.engine = engine
    self.checkpoint = checkpoint
    self.reference = reference
    labels = [clusters.labels[reference], clusters.labels[checkpoint]]
    clusterCount = clusters.count
    observed = ClusterTable(
      base: clusters.counts(of: reference), tuned: clusters.counts(of: checkpoint))
    isMatched = design.rowCount(of: checkpoint) == design.rowCount(of: reference)
    isPaired = design.hasSamePrompts(checkpoint, reference)
    unitCount = engine.context.unitCount(checkpoint, reference)
  }

  /// The statistics of two sets of counts.
  static func replicate(
    _ engine: PooledClusterEngine, _ table: ClusterTable, number: Int
  ) -> Replicate {
    let (base, tuned) = (AbundanceCounts(table.base), AbundanceCounts(table.tuned))
    return Replicate(
      effects: engine.measures.map { entry in
        guard number < entry.measure.permutationLimit else { return .nan }
        let after = entry.measure.value(of: tuned, at: engine.levels)
        let before = entry.measure.value(of: base, at: engine.levels)
        return entry.measure.scaled(after) - entry.measure.scaled(before)
      },
      pairs: engine.pairMeasures.map { $0.measure.value(of: table) })
  }

  /// The statistics of relabellings; none where a unit is too few.
  func permuted() -> [Replicate] {
    guard hasEnough else { return [] }
    let context = engine.context
    let relabelled = StratifiedLabels(
      context.design, checkpoint: checkpoint, reference: reference, seed: context.settings.seed)
    let joined = labels[0] + labels[1]
    let permutations = context.affordable(
      cost: Double(joined.count + 20 * clusterCount), budget: TwoSetEngine.stepBudget)
    let blockSize = 64
    let blocks = context.workers.map((permutations + blockSize - 1) / blockSize) { block in
      var groups = [UInt8](repeating: 0, count: joined.count)
      return (block * blockSize..<min(permutations, (block + 1) * blockSize)).map { number in
        relabelled.write(number, to: &groups)
        var counts = [[Int]](repeating: [Int](repeating: 0, count: clusterCount), count: 2)
        for row in joined.indices { counts[Int(groups[row])][joined[row]] += 1 }
        return Self.replicate(
          engine,
          ClusterTable(
            base: counts[0], tuned: counts[1], supportCount: observed.supportCount),
          number: number)
      }
    }
    return Array(blocks.joined())
  }

  /// Student's interval of a measure of pairs, from random halves of the prompts.
  func halvesInterval(_ index: Int, value: Double, bound: Double) -> Interval? {
    let context = engine.context
    let offsets = [reference, checkpoint].map { context.design.unitOffsets(of: $0) }
    let measure = engine.pairMeasures[index].measure
    // Prompts that both answer leave both sets together; else each set loses its own.
    let lists = isPaired ? [[0, 1]] : [[0], [1]]
    var variance = 0.0
    for sides in lists {
      let units = offsets[sides[0]].count - 1
      let values = context.workers.map(Jackknife.halfCount) { replicate in
        var isDropped: [Bool] = []
        Jackknife.writeHalf(
          replicate, units: units, seed: context.settings.seed, to: &isDropped)
        var counts = [observed.base, observed.tuned]
        for side in sides {
          for unit in 0..<units where isDropped[unit] {
            for row in offsets[side][unit]..<offsets[side][unit + 1] {
              counts[side][labels[side][row]] -= 1
            }
          }
        }
        return measure.value(
          of: ClusterTable(
            base: counts[0], tuned: counts[1], supportCount: observed.supportCount))
      }
      guard let part = Jackknife.variance(ofHalves: values, units: units, dropped: units / 2)
      else { return nil }
      variance += part
    }
    return context.studentInterval(estimate: value, variance: variance, units: unitCount)
      .map { Interval(low: max(0, $0.low), high: min(bound, $0.high)) }
  }
}

/// The null bands of measures of clusters: random halves of the reference, clusters held fixed.
struct PooledClusterNull: Sendable {
  let isWithinUnits: Bool
  /// Per measure, of its effect.
  let bands: [Interval?]
  /// Per measure of pairs, of its value.
  let pairBands: [Interval?]

  init(_ engine: PooledClusterEngine, of checkpoint: Int) {
    let context = engine.context
    let labels = engine.clusters?.labels[checkpoint] ?? []
    let count = engine.clusters?.count ?? 0
    let splits = SplitHalves(
      offsets: context.design.unitOffsets(of: checkpoint), samplesNeeded: 1,
      count: context.settings.splits, seed: context.settings.seed)
    isWithinUnits = splits.isWithinUnits
    let replicates = context.workers.map(splits.count) { replicate in
      var groups = [UInt8](repeating: 2, count: labels.count)
      splits.write(replicate, to: &groups)
      // A third place for the rows that are left out.
      var counts = [[Int]](repeating: [Int](repeating: 0, count: count), count: 3)
      for row in labels.indices { counts[Int(groups[row])][labels[row]] += 1 }
      return ClusterPair.replicate(
        engine,
        ClusterTable(base: counts[0], tuned: counts[1], supportCount: labels.count), number: 0)
    }
    bands = engine.measures.indices.map { index in
      .percentile(replicates.map { $0.effects[index] })
    }
    pairBands = engine.pairMeasures.indices.map { index in
      .percentile(replicates.map { $0.pairs[index] })
    }
  }
}
