internal import AmbitMatrix

/// Takes the measures of two sets of rows in the embedding space.
///
/// They have no effect: their value is read against the null band, what random halves of the reference
/// give. p values: labels shuffled within prompts (Test B), each relabelling a walk along sorted
/// neighbours or a column of one matrix product. Intervals of the value: Student's from the jackknife
/// over prompts, which leaves one out where the statistic is smooth, random halves where it counts
/// neighbours.
struct TwoSetEngine: ComparingEngine, Sendable {
  let context: StudyContext
  let space: MeasuredSpace
  let neighbours: [(measure: any NeighbourMeasure, order: Int)]
  let dissimilarities: [(measure: any DissimilarityMeasure, order: Int)]

  /// The most rows of both sets together: their distances take 0.8 GB.
  static let mostRows = 20_000

  /// The most multiply-adds, or steps along neighbour lists, that the relabellings of one statistic are
  /// worth: some seconds.
  static let productBudget = 2.5e11
  static let stepBudget = 2e9

  /// The order of the neighbour.
  static let k = 5

  init(context: StudyContext, space: MeasuredSpace, measures: [any Measure]) {
    self.context = context
    self.space = space
    neighbours = measures.enumerated().compactMap { index, measure in
      (measure as? any NeighbourMeasure).map { ($0, index) }
    }
    dissimilarities = measures.enumerated().compactMap { index, measure in
      (measure as? any DissimilarityMeasure).map { ($0, index) }
    }
  }

  var isEmpty: Bool { neighbours.isEmpty && dissimilarities.isEmpty }

  func null(of reference: Int) -> TwoSetNull { TwoSetNull(self, of: reference) }

  func allowsNull(checkpoint: Int, reference: Int) -> Bool {
    context.fitsAllPairs(checkpoint, reference)
  }

  /// The rows of one checkpoint against another, each with its measure's place in the suite.
  ///
  /// - Parameter null: of the reference; `nil` where they do not fit.
  func comparedRows(
    checkpoint: Int, reference: Int, null: TwoSetNull?
  ) -> [(order: Int, row: Measurement)] {
    guard let null else {
      return refusedRows(checkpoint: checkpoint, reference: reference)
    }
    let squares = Matrix.stacked([space.coordinates[reference], space.coordinates[checkpoint]])
      .symmetricSquaredDistances(workers: context.workers)
    let pair = TwoSetPair(self, checkpoint: checkpoint, reference: reference, squares: squares)
    return neighbourRows(pair, null) + dissimilarityRows(pair, null)
  }

  private func refusedRows(
    checkpoint: Int, reference: Int
  ) -> [(order: Int, row: Measurement)] {
    let all =
      neighbours.map { ($0.measure as any Measure, TwoSetNull.neighbourVariant, $0.order) }
      + dissimilarities.map { ($0.measure as any Measure, "", $0.order) }
    return all.map { measure, variant, order in
      var row = blank(measure, variant, checkpoint, reference)
      row.flag(.tooManyRows)
      return (order, row)
    }
  }

  private func neighbourRows(
    _ pair: TwoSetPair, _ null: TwoSetNull
  ) -> [(order: Int, row: Measurement)] {
    guard !neighbours.isEmpty else { return [] }
    let isMatched = pair.baseCount == pair.tunedCount
    let evidence = isMatched || context.settings.force ? pair.neighbourEvidence() : nil
    return neighbours.enumerated().map { index, entry in
      let measure = entry.measure
      var row = blank(measure, TwoSetNull.neighbourVariant, pair.checkpoint, pair.reference)
      if !isMatched { row.flag(.unmatchedCounts) }
      guard let evidence else { return (entry.order, row) }
      if !isMatched { row.flag(.forced) }
      note(null, pair, &row)
      guard evidence.observed.isDefined else {
        row.flag(.degenerate)
        return (entry.order, row)
      }
      let value = measure.value(of: evidence.observed)
      row.value = value
      row.nullBand = null.band(
        ofNeighbours: index, sets: (pair.baseCount, pair.tunedCount))
      row.interval = evidence.interval(measure, value, context)
      if pair.hasEnough {
        let centre = measure.nullValue ?? 0
        row.p = PermutationTest.pValue(
          observed: value - centre,
          replicates: evidence.permuted.map {
            $0.isDefined ? measure.value(of: $0) - centre : .nan
          }, tail: measure.tail, isExhaustive: false)
        context.notePermutations(evidence.permuted.count, &row)
      }
      row.noteGaps(units: pair.unitCount)
      return (entry.order, row)
    }
  }

  private func dissimilarityRows(
    _ pair: TwoSetPair, _ null: TwoSetNull
  ) -> [(order: Int, row: Measurement)] {
    dissimilarities.enumerated().map { index, entry in
      var row = blank(entry.measure, "", pair.checkpoint, pair.reference)
      note(null, pair, &row)
      let matrix = PairMatrix(pair.squares, workers: context.workers) {
        entry.measure.write(dissimilarities: $0, count: $1, scale: null.scale, to: $2)
      }
      let value = matrix.means(of: pair.labels.observed).contrast
      guard value.isFinite else {
        row.flag(.degenerate)
        return (entry.order, row)
      }
      row.value = value
      row.nullBand = null.dissimilarityBands[index]
      if pair.hasEnough {
        row.interval = context.jackknifeInterval(
          estimate: value,
          leaveOneOut: pair.units.map { units in
            matrix.leaveOneOut(
              units, groups: pair.labels.observed, workers: context.workers
            ).map(\.contrast)
          })
        let permutations = context.affordable(
          cost: Double(matrix.count) * Double(matrix.count), budget: Self.productBudget)
        let replicates = matrix.means(permutations, of: pair.labels, workers: context.workers)
        row.p = PermutationTest.pValue(
          observed: value, replicates: replicates.map(\.contrast), tail: .high,
          isExhaustive: false)
        context.notePermutations(permutations, &row)
      }
      row.noteGaps(units: pair.unitCount)
      return (entry.order, row)
    }
  }

  private func note(_ null: TwoSetNull, _ pair: TwoSetPair, _ row: inout Measurement) {
    if !pair.hasEnough { row.flag(.fewPrompts) }
    if context.design.hasPrompts && !null.isWithinUnits { row.flag(.halvesByPrompt) }
  }

  private func blank(
    _ measure: any Measure, _ variant: String, _ checkpoint: Int, _ reference: Int
  ) -> Measurement {
    context.row(
      measure, scope: .pooled, space: space.id, variant: variant, checkpoint: checkpoint,
      reference: reference, kind: nil,
      isPaired: context.design.hasSamePrompts(checkpoint, reference))
  }
}

extension StudyContext {
  /// Whether the distances between all rows of two checkpoints may be kept.
  func fitsAllPairs(_ checkpoint: Int, _ reference: Int) -> Bool {
    design.rowCount(of: checkpoint) + design.rowCount(of: reference) <= TwoSetEngine.mostRows
  }

  /// The fewest relabellings that are worth a p value.
  static let fewestPermutations = 99

  /// How many relabellings of some cost each stay within a budget; none where too few would.
  func affordable(cost: Double, budget: Double) -> Int {
    let possible = Int(min(Double(settings.permutations), budget / max(1, cost)))
    return possible >= min(Self.fewestPermutations, settings.permutations) ? possible : 0
  }

  /// Says that a p value rests on fewer relabellings than were asked for, or that there is none.
  func notePermutations(_ count: Int, _ row: inout Measurement) {
    if count == 0 {
      row.flag(.notPermuted)
    } else if count < settings.permutations {
      row.flag(.fewerPermutations(count))
    }
  }
}
