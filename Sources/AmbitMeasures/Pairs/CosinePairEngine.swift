internal import AmbitMatrix

/// Takes the measures that are functions of a mean over pairs of rows.
///
/// The effect is the log ratio; its interval Student's from the jackknife over prompts; its null band
/// that of random halves of the reference; its p value from labels shuffled within prompts (Test B), all
/// relabellings of a measure in one matrix product. The p value asks whether the laws are equal, as seen
/// by this measure.
struct CosinePairEngine: ComparingEngine, Sendable {
  let context: StudyContext
  let space: MeasuredSpace
  let measures: [(measure: any CosinePairMeasure, order: Int)]
  /// Per checkpoint, per measure, the value; a function of the checkpoint's rows alone.
  private let values: [[Double]]

  init(context: StudyContext, space: MeasuredSpace, measures: [any Measure]) {
    self.context = context
    self.space = space
    let chosen: [(measure: any CosinePairMeasure, order: Int)] = measures.enumerated().compactMap {
      guard let measure = $0.element as? any CosinePairMeasure,
        context.design.hasPrompts || measure.scope == .pooled
      else { return nil }
      return (measure, $0.offset)
    }
    self.measures = chosen
    values = space.coordinates.enumerated().map { checkpoint, rows in
      guard !chosen.isEmpty, rows.rowCount <= TwoSetEngine.mostRows else { return [] }
      let cosines = Self.cosines(of: [rows], context)
      let set = CosinePairs(
        units: [CosinePairs.rows(context.design.unitOffsets(of: checkpoint), from: 0)],
        isPaired: false)
      return chosen.map { entry in
        let matrix = set.matrix(cosines, entry.measure, workers: context.workers)
        return entry.measure.value(ofMean: set.means(matrix, entry.measure.scope).base)
      }
    }
  }

  var isEmpty: Bool { measures.isEmpty }

  func null(of reference: Int) -> CosinePairNull { CosinePairNull(self, of: reference) }

  func allowsNull(checkpoint: Int, reference: Int) -> Bool {
    context.fitsAllPairs(checkpoint, reference)
  }

  /// The rows of one checkpoint alone.
  func ownRows(of checkpoint: Int) -> [(order: Int, row: Measurement)] {
    let design = context.design
    guard !isEmpty else { return [] }
    let fits = design.rowCount(of: checkpoint) <= TwoSetEngine.mostRows
    let cosines = fits ? Self.cosines(of: [space.coordinates[checkpoint]], context) : nil
    let offsets = design.unitOffsets(of: checkpoint)
    let set = CosinePairs(
      units: [CosinePairs.rows(offsets, from: 0)], isPaired: false)
    return measures.enumerated().map { index, entry in
      let (measure, order) = entry
      var row = blank(measure, checkpoint, nil)
      guard let cosines else {
        row.flag(.tooManyRows)
        return (order, row)
      }
      if offsets.count - 1 < StudyContext.fewestUnits { row.flag(.fewPrompts) }
      let matrix = set.matrix(cosines, measure, workers: context.workers)
      let value = values[checkpoint][index]
      guard value.isFinite else {
        row.flag(.degenerate)
        return (order, row)
      }
      row.value = value
      if value > 0, offsets.count - 1 >= StudyContext.fewestUnits {
        row.interval =
          context.jackknifeInterval(
            estimate: Elementary.log(value),
            leaveOneOut: set.leaveOneOut(matrix, measure.scope, workers: context.workers).map {
              $0.map { StudyContext.logarithm(measure.value(ofMean: $0.base)) }
            }
          )?.exponential
      }
      row.noteGaps(units: offsets.count - 1)
      return (order, row)
    }
  }

  /// The rows of one checkpoint against another.
  func comparedRows(
    checkpoint: Int, reference: Int, null: CosinePairNull?
  ) -> [(order: Int, row: Measurement)] {
    let design = context.design
    let units = context.unitCount(checkpoint, reference)
    let cosines =
      null.map { _ in
        Self.cosines(of: [space.coordinates[reference], space.coordinates[checkpoint]], context)
      }
    let set = CosinePairs(design, checkpoint: checkpoint, reference: reference)
    let labels = StratifiedLabels(
      design, checkpoint: checkpoint, reference: reference, seed: context.settings.seed)
    return measures.enumerated().map { index, entry in
      let (measure, order) = entry
      var row = blank(measure, checkpoint, reference)
      guard let cosines, let null else {
        row.flag(.tooManyRows)
        return (order, row)
      }
      if units < StudyContext.fewestUnits { row.flag(.fewPrompts) }
      if design.hasPrompts && !null.isWithinUnits { row.flag(.halvesByPrompt) }
      let matrix = set.matrix(cosines, measure, workers: context.workers)
      let (value, before) = (values[checkpoint][index], values[reference][index])
      row.value = value.isFinite ? value : nil
      row.referenceValue = before.isFinite ? before : nil
      let effect = EffectKind.logRatio.effect(of: value, against: before)
      guard effect.isFinite else {
        row.flag(.degenerate)
        return (order, row)
      }
      let interval =
        units < StudyContext.fewestUnits
        ? nil
        : context.jackknifeInterval(
          estimate: effect,
          leaveOneOut: set.leaveOneOut(matrix, measure.scope, workers: context.workers).map {
            $0.map { Self.effect(measure, $0) }
          })
      row.setEffect(effect, interval: interval, nullBand: null.bands[index])
      if units >= StudyContext.fewestUnits {
        // Where prompts have other numbers of samples, weights would change with the labels.
        let isExchangeable =
          measure.scope == .pooled || set.isExchangeable
        let permutations =
          isExchangeable
          ? context.affordable(
            cost: Double(matrix.count) * Double(matrix.count),
            budget: TwoSetEngine.productBudget) : 0
        let replicates = matrix.means(permutations, workers: context.workers) {
          labels.write($0, to: &$1)
        }
        row.p = PermutationTest.pValue(
          observed: effect,
          replicates: replicates.map { Self.effect(measure, set.scaled($0, measure.scope)) },
          tail: .twoSided, isExhaustive: false)
        context.notePermutations(permutations, &row)
      }
      row.noteGaps(units: units)
      return (order, row)
    }
  }

  static func effect(_ measure: any CosinePairMeasure, _ means: PairMeans) -> Double {
    EffectKind.logRatio.effect(
      of: measure.value(ofMean: means.tuned), against: measure.value(ofMean: means.base))
  }

  /// The cosines between all rows of some matrices.
  static func cosines(of parts: [Matrix], _ context: StudyContext) -> Matrix {
    let rows = CosineKernel.unitRows(.stacked(parts))
    return rows.multiplied(byTransposeOf: rows, workers: context.workers)
  }

  private func blank(
    _ measure: any CosinePairMeasure, _ checkpoint: Int, _ reference: Int?
  ) -> Measurement {
    context.row(
      measure, scope: measure.scope, space: space.id, variant: "", checkpoint: checkpoint,
      reference: reference, kind: .logRatio,
      isPaired: reference.map { context.design.hasSamePrompts(checkpoint, $0) } ?? true)
  }
}
