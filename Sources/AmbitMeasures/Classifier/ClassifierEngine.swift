internal import AmbitMatrix

/// Tells two checkpoints apart by a linear classifier on their joint leading components.
///
/// Values are read against the null band, what random halves of the reference give. p values: labels
/// shuffled within prompts (Test B), all relabellings of the AUC in two matrix products a fold; those of
/// `js`, each with its own calibration, at most 199. Intervals leave out a prompt at a time and keep the
/// classifier.
struct ClassifierEngine: Sendable {
  let context: StudyContext
  let space: MeasuredSpace
  private let auc: (measure: ClassifierAUC, order: Int)?
  private let js: (measure: JensenShannon, order: Int)?

  /// Relabellings and halves of a loss, each of which fits ten calibrations.
  static let mostLosses = 199

  /// The most operations that the relabellings of one pair are worth: some seconds.
  static let budget = 2.5e11

  init(context: StudyContext, space: MeasuredSpace, measures: [any Measure]) {
    self.context = context
    self.space = space
    var auc: (ClassifierAUC, Int)?
    var js: (JensenShannon, Int)?
    for (order, measure) in measures.enumerated() {
      if let measure = measure as? ClassifierAUC { auc = (measure, order) }
      if let measure = measure as? JensenShannon { js = (measure, order) }
    }
    self.auc = auc
    self.js = js
  }

  var isEmpty: Bool { auc == nil && js == nil }

  /// The rows of one checkpoint against another.
  ///
  /// - Parameters:
  ///   - components: of both, reference first; `nil` where there are too few rows for one.
  ///   - null: of the reference.
  func comparedRows(
    checkpoint: Int, reference: Int, components: LeadingComponents?, null: ClassifierNull
  ) -> [(order: Int, row: Measurement)] {
    let units = context.unitCount(checkpoint, reference)
    let hasEnough = units >= StudyContext.fewestUnits
    let folds = PromptFolds(context.design, checkpoints: [reference, checkpoint]).rows
    guard let components, folds.count >= 2 else {
      return [auc.map { ($0.measure as any Measure, $0.order) }, js.map { ($0.measure, $0.order) }]
        .compactMap { $0 }.map { measure, order in
          var row = blank(measure, checkpoint, reference)
          row.flag(.fewSamples)
          if !hasEnough { row.flag(.fewPrompts) }
          return (order, row)
        }
    }
    let classifier = HeldOutClassifier(components.rows, folds: folds, workers: context.workers)
    let labels = StratifiedLabels(
      context.design, checkpoint: checkpoint, reference: reference, seed: context.settings.seed)
    let pairs = CosinePairs(context.design, checkpoint: checkpoint, reference: reference)
    let unitLists =
      pairs.isPaired ? [zip(pairs.units[0], pairs.units[1]).map { $0 + $1 }] : pairs.units
    var rows: [(order: Int, row: Measurement)] = []
    func finish(
      _ measure: any Measure, _ order: Int, value: Double, band: Interval?, limits: Interval,
      leaveOneOut: [[Double]], p: () -> (replicates: [Double], observed: Double)
    ) {
      var row = blank(measure, checkpoint, reference)
      if !hasEnough { row.flag(.fewPrompts) }
      if context.design.hasPrompts && !null.isWithinUnits { row.flag(.halvesByPrompt) }
      guard value.isFinite else {
        row.flag(.degenerate)
        rows.append((order, row))
        return
      }
      row.value = value
      row.nullBand = band
      row.interval = context.jackknifeInterval(estimate: value, leaveOneOut: leaveOneOut)
        .map { Interval(low: max(limits.low, $0.low), high: min(limits.high, $0.high)) }
      if hasEnough {
        let (replicates, observed) = p()
        row.p = PermutationTest.pValue(
          observed: observed, replicates: replicates, tail: .high, isExhaustive: false)
        context.notePermutations(replicates.count, &row)
      }
      row.noteGaps(units: units)
      rows.append((order, row))
    }
    if let auc {
      let scores = classifier.scores(of: labels.observed)
      let value = FoldWins(scores, groups: labels.observed, folds: folds).share
      finish(
        auc.measure, auc.order, value: value, band: null.auc, limits: Interval(low: 0, high: 1),
        leaveOneOut: unitLists.map {
          FoldWins.leaveOneOut($0, scores: scores, groups: labels.observed, folds: folds)
        }
      ) {
        let count = context.affordable(cost: classifier.relabellingCost, budget: Self.budget)
        return (
          classifier.shares(count, workers: context.workers) { labels.write($0, to: &$1) }, value
        )
      }
    }
    if let js {
      let factors = classifier.pairFactors(workers: context.workers)
      let loss = CalibratedLoss(classifier, pairs: factors, groups: labels.observed)
      let raw = loss.lowerBound
      finish(
        js.measure, js.order, value: max(0, raw), band: null.js,
        limits: Interval(low: 0, high: Elementary.log(2)),
        leaveOneOut: unitLists.map { units in
          units.map { Elementary.log(2) - loss.mean(without: $0) }
        }
      ) {
        let count = min(Self.mostLosses, context.settings.permutations)
        return (
          context.workers.map(count) { replicate in
            var groups = labels.observed
            labels.write(replicate, to: &groups)
            return CalibratedLoss(classifier, pairs: factors, groups: groups).lowerBound
          }, raw
        )
      }
    }
    return rows
  }

  private func blank(_ measure: any Measure, _ checkpoint: Int, _ reference: Int) -> Measurement {
    context.row(
      measure, scope: .pooled, space: space.id, variant: "", checkpoint: checkpoint,
      reference: reference, kind: nil,
      isPaired: context.design.hasSamePrompts(checkpoint, reference))
  }
}

/// The null bands of the classifier: random halves of the reference told apart.
struct ClassifierNull: Sendable {
  let auc: Interval?
  let js: Interval?
  /// Whether each prompt's samples were split, so that both halves hold every prompt.
  let isWithinUnits: Bool

  init(_ engine: ClassifierEngine, of checkpoint: Int) {
    let context = engine.context
    let splits = SplitHalves(
      offsets: context.design.unitOffsets(of: checkpoint), samplesNeeded: 1,
      count: context.settings.splits, seed: context.settings.seed)
    isWithinUnits = splits.isWithinUnits
    let rows = engine.space.coordinates[checkpoint]
    let folds = PromptFolds(context.design, checkpoints: [checkpoint]).rows
    guard folds.count >= 2,
      let components = LeadingComponents(
        of: [rows], fewest: rows.rowCount / 2, workers: context.workers)
    else {
      (auc, js) = (nil, nil)
      return
    }
    let classifier = HeldOutClassifier(components.rows, folds: folds, workers: context.workers)
    let factors = classifier.pairFactors(workers: context.workers)
    auc = .percentile(
      classifier.shares(splits.count, workers: context.workers) { splits.write($0, to: &$1) })
    js = .percentile(
      context.workers.map(min(ClassifierEngine.mostLosses, splits.count)) { replicate in
        var groups = [UInt8](repeating: 2, count: rows.rowCount)
        splits.write(replicate, to: &groups)
        return max(0, CalibratedLoss(classifier, pairs: factors, groups: groups).lowerBound)
      })
  }
}
