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
      return Self.results(chosen, set) { measure, scope in
        let matrix = set.matrix(cosines, measure, scope, workers: context.workers)
        return measure.value(ofMean: set.means(matrix, scope).base)
      }
    }
  }

  var isEmpty: Bool { measures.isEmpty }

  /// What `make` gives for each measure and its scope. Where no prompt has two outputs, a measure across
  /// prompts is that of all pairs, and is not taken twice.
  static func results<Result>(
    _ measures: [(measure: any CosinePairMeasure, order: Int)], _ set: CosinePairs,
    _ make: (any CosinePairMeasure, Scope) -> Result
  ) -> [Result] {
    var known: [String: Result] = [:]
    return measures.map { measure, _ in
      let scope = set.isSingle ? .pooled : measure.scope
      let key = "\(measure.id) \(scope.rawValue)"
      if let result = known[key] { return result }
      let result = make(measure, scope)
      known[key] = result
      return result
    }
  }

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
    let hasEnough = offsets.count - 1 >= StudyContext.fewestUnits
    let deletions = cosines.map { cosines in
      Self.results(measures, set) { measure, scope in
        !hasEnough
          ? []
          : set.leaveOneOut(
            set.matrix(cosines, measure, scope, workers: context.workers), scope,
            workers: context.workers
          ).map { $0.map { StudyContext.logarithm(measure.value(ofMean: $0.base)) } }
      }
    }
    return measures.enumerated().map { index, entry in
      let (measure, order) = entry
      var row = blank(measure, checkpoint, nil)
      guard let deletions else {
        row.flag(.tooManyRows)
        return (order, row)
      }
      if !hasEnough { row.flag(.fewPrompts) }
      let value = values[checkpoint][index]
      guard value.isFinite else {
        row.flag(.degenerate)
        return (order, row)
      }
      row.value = value
      if value > 0, hasEnough {
        row.interval =
          context.jackknifeInterval(
            estimate: Elementary.log(value), leaveOneOut: deletions[index]
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
    let found = null == nil ? [] : evidence(checkpoint: checkpoint, reference: reference)
    return measures.enumerated().map { index, entry in
      let (measure, order) = entry
      var row = blank(measure, checkpoint, reference)
      guard let null else {
        row.flag(.tooManyRows)
        return (order, row)
      }
      if units < StudyContext.fewestUnits { row.flag(.fewPrompts) }
      if design.hasPrompts && !null.isWithinUnits { row.flag(.halvesByPrompt) }
      let (value, before) = (values[checkpoint][index], values[reference][index])
      row.value = value.isFinite ? value : nil
      row.referenceValue = before.isFinite ? before : nil
      let effect = EffectKind.logRatio.effect(of: value, against: before)
      guard effect.isFinite else {
        row.flag(.degenerate)
        return (order, row)
      }
      let interval = found[index].flatMap { evidence in
        context.jackknifeInterval(estimate: effect, leaveOneOut: evidence.deletions)
      }
      row.setEffect(effect, interval: interval, nullBand: null.bands[index])
      if let evidence = found[index] {
        row.p = PermutationTest.pValue(
          observed: effect, replicates: evidence.permuted, tail: .twoSided, isExhaustive: false)
        context.notePermutations(evidence.permuted.count, &row)
      }
      row.noteGaps(units: units)
      return (order, row)
    }
  }

  /// The effects of a measure without each unit in turn, and of relabelled rows.
  private struct Evidence {
    let deletions: [[Double]]
    let permuted: [Double]
  }

  /// Per measure; `nil` where there are too few units.
  private func evidence(checkpoint: Int, reference: Int) -> [Evidence?] {
    let design = context.design
    guard context.unitCount(checkpoint, reference) >= StudyContext.fewestUnits else {
      return measures.map { _ in nil }
    }
    let cosines = Self.cosines(
      of: [space.coordinates[reference], space.coordinates[checkpoint]], context)
    let set = CosinePairs(design, checkpoint: checkpoint, reference: reference)
    let labels = StratifiedLabels(
      design, checkpoint: checkpoint, reference: reference, seed: context.settings.seed)
    return Self.results(measures, set) { measure, scope in
      let matrix = set.matrix(cosines, measure, scope, workers: context.workers)
      // Where prompts have other numbers of samples, weights would change with the labels.
      let isExchangeable = scope == .pooled || set.isExchangeable
      let permutations =
        isExchangeable
        ? context.affordable(
          cost: Double(matrix.count) * Double(matrix.count),
          budget: TwoSetEngine.productBudget) : 0
      return Evidence(
        deletions: set.leaveOneOut(matrix, scope, workers: context.workers).map {
          $0.map { Self.effect(measure, $0) }
        },
        permuted: matrix.means(permutations, of: labels, workers: context.workers).map {
          Self.effect(measure, set.scaled($0, scope))
        })
    }
  }

  static func effect(_ measure: any CosinePairMeasure, _ means: PairMeans) -> Double {
    EffectKind.logRatio.effect(
      of: measure.value(ofMean: means.tuned), against: measure.value(ofMean: means.base))
  }

  /// The cosines between all rows of some matrices.
  static func cosines(of parts: [Matrix], _ context: StudyContext) -> SymmetricMatrix {
    CosineKernel.unitRows(.stacked(parts)).symmetricProducts(workers: context.workers)
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
