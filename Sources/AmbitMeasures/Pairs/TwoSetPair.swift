internal import AmbitMatrix

/// Two checkpoints as one list of rows, reference first, with the units that resampling leaves out.
struct TwoSetPair: Sendable {
  let checkpoint: Int
  let reference: Int
  let baseCount: Int
  let tunedCount: Int
  /// Squared distances of all rows.
  let squares: SymmetricMatrix
  let labels: StratifiedLabels
  /// The rows of each independent unit: one list where both answer the same prompts, so that a prompt
  /// leaves both sets together; else the units of one set, then those of the other.
  let units: [[[Int]]]
  let unitCount: Int
  let context: StudyContext

  var hasEnough: Bool { unitCount >= StudyContext.fewestUnits }

  init(_ engine: TwoSetEngine, checkpoint: Int, reference: Int, squares: SymmetricMatrix) {
    context = engine.context
    let design = engine.context.design
    self.checkpoint = checkpoint
    self.reference = reference
    self.squares = squares
    baseCount = design.rowCount(of: reference)
    tunedCount = design.rowCount(of: checkpoint)
    labels = StratifiedLabels(
      design, checkpoint: checkpoint, reference: reference, seed: engine.context.settings.seed)
    let first = baseCount
    func rows(_ offsets: [Int], from start: Int) -> [[Int]] {
      zip(offsets, offsets.dropFirst()).map { range in
        (range.0..<range.1).map { start + $0 }
      }
    }
    let base = rows(design.unitOffsets(of: reference), from: 0)
    let tuned = rows(design.unitOffsets(of: checkpoint), from: first)
    units =
      design.hasSamePrompts(checkpoint, reference)
      ? [zip(base, tuned).map { $0 + $1 }] : [base, tuned]
    unitCount = engine.context.unitCount(checkpoint, reference)
  }

  /// What the neighbours say of the two sets, of relabelled ones and of random halves.
  struct NeighbourEvidence: Sendable {
    var observed: NeighbourCounts
    var permuted: [NeighbourCounts]
    /// Per list of units, the counts without a random half of them, and how many there were.
    var halves: [(counts: [NeighbourCounts], units: Int)]

    func interval(
      _ measure: any NeighbourMeasure, _ value: Double, _ context: StudyContext
    ) -> Interval? {
      var variance = 0.0
      for half in halves {
        let values = half.counts.map { $0.isDefined ? measure.value(of: $0) : .nan }
        guard
          let part = Jackknife.variance(
            ofHalves: values, units: half.units, dropped: half.units / 2)
        else { return nil }
        variance += part
      }
      let fewest = halves.map(\.units).min() ?? 0
      return context.studentInterval(estimate: value, variance: variance, units: fewest)
        .map { Interval(low: max(0, $0.low), high: min(measure.upperBound, $0.high)) }
    }
  }

  func neighbourEvidence() -> NeighbourEvidence {
    let lists = NeighbourLists(squaredDistances: squares, workers: context.workers)
    let k = TwoSetEngine.k
    let observed = NeighbourCounts(lists, groups: labels.observed, k: k)
    guard observed.isDefined, hasEnough else {
      return NeighbourEvidence(observed: observed, permuted: [], halves: [])
    }
    // A relabelled row meets about as many of either set, so 2k before k of its own.
    let permutations = context.affordable(
      cost: Double(2 * k * lists.count), budget: TwoSetEngine.stepBudget)
    let permuted = NeighbourCounts.all(lists, permutations, k: k, workers: context.workers) {
      labels.write($0, to: &$1)
    }
    let halves = units.map { units in
      (
        counts: NeighbourCounts.all(lists, Jackknife.halfCount, k: k, workers: context.workers) {
          replicate, groups in
          var isDropped: [Bool] = []
          Jackknife.writeHalf(
            replicate, units: units.count, seed: context.settings.seed, to: &isDropped)
          groups = labels.observed
          for unit in units.indices where isDropped[unit] {
            for row in units[unit] { groups[row] = 2 }
          }
        }, units: units.count
      )
    }
    return NeighbourEvidence(observed: observed, permuted: permuted, halves: halves)
  }
}
