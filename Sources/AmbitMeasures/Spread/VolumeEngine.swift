internal import AmbitMatrix

/// Takes the log-volume of each checkpoint in shared components.
///
/// The effect is a difference, in nats. Every replicate is a weighted sum of the prompts' products and
/// one small Cholesky decomposition, so the interval is Student's from leaving out each prompt in turn;
/// the null band that of 200 random halves of the reference; the p value from at most 999 exchanges of
/// whole prompts between the two checkpoints, each about its own mean.
struct VolumeEngine: ComparingEngine, Sendable {
  let context: StudyContext
  let space: MeasuredSpace
  private let measure: (measure: LogVolume, order: Int)?
  /// The numbers of components; empty where the outputs are too few for one.
  private let counts: [Int]
  private let terms: CovarianceTerms
  /// Per checkpoint, its rows in the components.
  private let rows: [Matrix]
  /// Per checkpoint, per number of components.
  private let statistics: [[SpreadStatistic]]

  static let mostPermutations = 999
  static let splitCount = 200

  init(context: StudyContext, space: MeasuredSpace, measures: [any Measure]) {
    self.context = context
    self.space = space
    let found = measures.enumerated().compactMap { index, measure in
      (measure as? LogVolume).map { (measure: $0, order: index) }
    }
    measure = found.first
    let fewest = space.coordinates.map(\.rowCount).min() ?? 0
    let counts =
      found.isEmpty
      ? [] : LogVolume.counts(rows: fewest, width: space.coordinates[0].columnCount)
    self.counts = counts
    let terms = CovarianceTerms(width: counts.last ?? 0)
    self.terms = terms
    guard !counts.isEmpty else {
      (rows, statistics) = ([], [])
      return
    }
    let rows = SharedComponents.coordinates(
      of: Array(space.coordinates), count: terms.width, workers: context.workers)
    self.rows = rows
    statistics = rows.indices.map { checkpoint in
      let own = rows[checkpoint]
      let centre = own.columnMeans()
      let total = terms.sums(of: 0..<own.rowCount, own, about: centre)
      let offsets = context.design.unitOffsets(of: checkpoint)
      let hasEnough = offsets.count - 1 >= StudyContext.fewestUnits
      let left = context.workers.map(hasEnough ? offsets.count - 1 : 0) { unit in
        let leaving = terms.sums(of: offsets[unit]..<offsets[unit + 1], own, about: centre)
        return Self.volumes(zip(total, leaving).map(-), terms, counts)
      }
      let whole = Self.volumes(total, terms, counts)
      return counts.indices.map { index in
        SpreadStatistic(value: whole[index], leftOut: left.map { $0[index] })
      }
    }
  }

  var isEmpty: Bool { measure == nil }

  /// Log-volumes, less their bias.
  private static func volumes(
    _ sums: [Double], _ terms: CovarianceTerms, _ counts: [Int]
  ) -> [Double] {
    let rows = Int(sums[terms.size - 1].rounded())
    return zip(terms.halfLogDeterminants(sums, of: counts), counts).map { value, count in
      rows > count + 1 ? value - LogVolume.bias(rows: rows, components: count) : .nan
    }
  }

  /// The rows of one checkpoint alone.
  func ownRows(of checkpoint: Int) -> [(order: Int, row: Measurement)] {
    guard let measure else { return [] }
    guard !counts.isEmpty else { return [(measure.order, refusedRow(checkpoint, nil))] }
    return counts.indices.map { index in
      (
        measure.order,
        context.ownRow(
          blank("k\(counts[index])", checkpoint, nil), statistics[checkpoint][index],
          kind: .difference, deletion: .each, checkpoint: checkpoint)
      )
    }
  }

  /// The rows of one checkpoint against another.
  func comparedRows(
    checkpoint: Int, reference: Int, null: VolumeNull?
  ) -> [(order: Int, row: Measurement)] {
    guard let measure, let null else { return [] }
    guard !counts.isEmpty else { return [(measure.order, refusedRow(checkpoint, reference))] }
    let permuted = permuted(checkpoint, reference)
    let isMatched =
      context.design.rowCount(of: checkpoint) == context.design.rowCount(of: reference)
    return counts.indices.map { index in
      var row = blank("k\(counts[index])", checkpoint, reference)
      if !isMatched { row.flag(.unmatchedCounts) }
      return (
        measure.order,
        context.comparedRow(
          row, statistics[checkpoint][index], statistics[reference][index], kind: .difference,
          deletion: .each, checkpoint: checkpoint, reference: reference,
          ChanceOfEffect(
            band: null.bands[index], isWithinUnits: null.isWithinUnits,
            observed: permuted.first?[index],
            permuted: permuted.dropFirst().map { $0[index] }))
      )
    }
  }

  /// What random halves of a checkpoint differ by.
  func null(of checkpoint: Int) -> VolumeNull {
    let splits = SplitHalves(
      offsets: context.design.unitOffsets(of: checkpoint), samplesNeeded: 1,
      count: counts.isEmpty ? 0 : min(context.settings.splits, Self.splitCount),
      seed: context.settings.seed)
    guard !counts.isEmpty else {
      return VolumeNull(bands: [], isWithinUnits: splits.isWithinUnits)
    }
    let own = rows[checkpoint]
    let centre = own.columnMeans()
    let (terms, counts) = (terms, counts)
    // Replicate 2k is the first half of split k, 2k + 1 the second.
    let sums = terms.weightedSums(
      2 * splits.count, units: own.rowCount, workers: context.workers,
      unit: { terms.sums(of: $0..<$0 + 1, own, about: centre) },
      weights: { replicate, weights in
        var groups = [UInt8](repeating: 2, count: own.rowCount)
        splits.write(replicate / 2, to: &groups)
        for row in groups.indices { weights[row] = Int(groups[row]) == replicate & 1 ? 1 : 0 }
      })
    let halves = context.workers.map(sums.count) { Self.volumes(sums[$0], terms, counts) }
    return VolumeNull(
      bands: counts.indices.map { index in
        .percentile(
          (0..<splits.count).map { halves[2 * $0 + 1][index] - halves[2 * $0][index] })
      }, isWithinUnits: splits.isWithinUnits)
  }

  /// The effects under exchanges of prompts, the observed ones first; none where prompts are too few.
  private func permuted(_ checkpoint: Int, _ reference: Int) -> [[Double]] {
    guard context.unitCount(checkpoint, reference) >= StudyContext.fewestUnits else { return [] }
    let design = context.design
    let (before, after) = (design.unitOffsets(of: reference), design.unitOffsets(of: checkpoint))
    let isPaired = design.isPaired
    let count = context.affordable(
      cost: Double((isPaired ? after.count : before.count + after.count) * terms.size),
      budget: TwoSetEngine.productBudget)
    let swaps = LabelSwaps(
      first: before.count - 1, second: after.count - 1, isPaired: isPaired,
      permutations: min(Self.mostPermutations, count), seed: context.settings.seed)
    let (base, tuned) = (rows[reference], rows[checkpoint])
    let (baseCentre, tunedCentre) = (base.columnMeans(), tuned.columnMeans())
    let (terms, counts) = (terms, counts)
    @Sendable func ofBase(_ unit: Int) -> [Double] {
      terms.sums(of: before[unit]..<before[unit + 1], base, about: baseCentre)
    }
    @Sendable func ofTuned(_ unit: Int) -> [Double] {
      terms.sums(of: after[unit]..<after[unit + 1], tuned, about: tunedCentre)
    }
    let first = terms.sums(of: 0..<base.rowCount, base, about: baseCentre)
    let second = terms.sums(of: 0..<tuned.rowCount, tuned, about: tunedCentre)
    // What the checkpoint gives to the reference and gets from it.
    let moved = terms.weightedSums(
      swaps.count + 1, units: swaps.flagCount, workers: context.workers,
      unit: { unit in
        if isPaired { return zip(ofBase(unit), ofTuned(unit)).map(-) }
        return unit < before.count - 1 ? ofBase(unit) : ofTuned(unit - before.count + 1)
      },
      weights: { replicate, weights in
        var flags = [UInt8](repeating: 0, count: swaps.flagCount)
        if replicate > 0 {
          swaps.write(replicate - 1, to: &flags)
        } else if !isPaired {
          for unit in before.count - 1..<flags.count { flags[unit] = 1 }
        }
        for unit in flags.indices { weights[unit] = Float(flags[unit]) }
      })
    return context.workers.map(moved.count) { replicate in
      let change = moved[replicate]
      let sums =
        isPaired
        ? (zip(first, change).map(-), zip(second, change).map(+))
        : (zip(zip(first, second).map(+), change).map(-), change)
      return zip(
        Self.volumes(sums.1, terms, counts), Self.volumes(sums.0, terms, counts)
      ).map(-)
    }
  }

  private func refusedRow(_ checkpoint: Int, _ reference: Int?) -> Measurement {
    var row = blank("k\(LogVolume.components[0])", checkpoint, reference)
    row.flag(.fewOutputs)
    if context.unitCount(checkpoint, reference) < StudyContext.fewestUnits { row.flag(.fewPrompts) }
    return row
  }

  private func blank(_ variant: String, _ checkpoint: Int, _ reference: Int?) -> Measurement {
    context.row(
      LogVolume(), scope: .pooled, space: space.id, variant: variant, checkpoint: checkpoint,
      reference: reference, kind: .difference,
      isPaired: reference.map { context.design.hasSamePrompts(checkpoint, $0) } ?? true)
  }
}

/// The null bands of log-volumes: their differences between random halves of the reference.
struct VolumeNull: Sendable {
  /// Per number of components.
  let bands: [Interval?]
  let isWithinUnits: Bool
}
