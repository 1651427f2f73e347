internal import AmbitMatrix

/// Takes the measures that are functions of the eigenvalues of all outputs of a checkpoint.
///
/// The effect is the log ratio. An eigenproblem costs milliseconds, so replicates are few: the interval
/// is Student's from leaving out a tenth of the prompts at a time, the null band that of 40 random
/// halves of the reference, and there is no p value, since thousands of relabellings would each need an
/// eigenproblem.
struct SpectrumEngine: ComparingEngine, Sendable {
  let context: StudyContext
  let space: MeasuredSpace
  let measures: [(measure: any SpectrumMeasure, order: Int)]
  /// Per checkpoint, per statistic.
  private let values: [[Double]]
  /// Per checkpoint, per group of units left out, per statistic.
  private let leftOut: [[[Double]]]

  /// Groups of units that leave in turn, where there are as many units.
  static let groupCount = Jackknife.groupCount
  /// Random halves for the null band.
  static let splitCount = 40

  init(context: StudyContext, space: MeasuredSpace, measures: [any Measure]) {
    self.context = context
    self.space = space
    let chosen: [(measure: any SpectrumMeasure, order: Int)] = measures.enumerated().compactMap {
      entry in (entry.element as? any SpectrumMeasure).map { ($0, entry.offset) }
    }
    self.measures = chosen
    let taken = chosen.map(\.measure)
    let design = context.design
    values = space.coordinates.map {
      taken.isEmpty ? [] : Self.values(of: $0, taken, workers: context.workers)
    }
    leftOut = space.coordinates.indices.map { checkpoint in
      let offsets = design.unitOffsets(of: checkpoint)
      let units = offsets.count - 1
      guard !taken.isEmpty, units >= StudyContext.fewestUnits else { return [] }
      let groups = min(Self.groupCount, units)
      return context.workers.map(groups) { group in
        let rows = (0..<units).filter { $0 % groups != group }.flatMap {
          Array(offsets[$0]..<offsets[$0 + 1])
        }
        return Self.values(
          of: space.coordinates[checkpoint].rows(rows), taken, workers: Workers(threadCount: 1))
      }
    }
  }

  var isEmpty: Bool { measures.isEmpty }

  func null(of reference: Int) -> SpectrumNull { SpectrumNull(self, of: reference) }

  /// Every variant of every measure, in order.
  private var statistics: [(measure: any SpectrumMeasure, variant: String, order: Int)] {
    measures.flatMap { entry in
      entry.measure.variants.map { (entry.measure, $0, entry.order) }
    }
  }

  static func values(
    of rows: Matrix, _ measures: [any SpectrumMeasure], workers: Workers
  ) -> [Double] {
    var spectra: [SpectrumMatrix: [Double]] = [:]
    return measures.flatMap { measure in
      let spectrum =
        spectra[measure.matrix]
        ?? {
          switch measure.matrix {
          case .kernel:
            CosineKernel(unitRows: CosineKernel.unitRows(rows), workers: workers).spectrum
          case .covariance: CovarianceSpectrum.values(of: rows, workers: workers)
          }
        }()
      spectra[measure.matrix] = spectrum
      return measure.values(of: spectrum, count: rows.rowCount)
    }
  }

  /// The rows of one checkpoint alone.
  func ownRows(of checkpoint: Int) -> [(order: Int, row: Measurement)] {
    let units = context.unitCount(checkpoint, nil)
    return statistics.enumerated().map { index, statistic in
      var row = blank(statistic.measure, statistic.variant, checkpoint, nil)
      if units < StudyContext.fewestUnits { row.flag(.fewPrompts) }
      let value = values[checkpoint][index]
      guard value.isFinite, value > 0 else {
        row.flag(.degenerate)
        return (statistic.order, row)
      }
      row.value = value
      row.interval =
        context.jackknifeInterval(
          estimate: Elementary.log(value),
          leaveOneOut: [leftOut[checkpoint].map { StudyContext.logarithm($0[index]) }]
        )?.exponential
      row.noteGaps(units: units)
      return (statistic.order, row)
    }
  }

  /// The rows of one checkpoint against another.
  func comparedRows(
    checkpoint: Int, reference: Int, null: SpectrumNull?
  ) -> [(order: Int, row: Measurement)] {
    let design = context.design
    let units = context.unitCount(checkpoint, reference)
    let isMatched = design.rowCount(of: checkpoint) == design.rowCount(of: reference)
    return statistics.enumerated().map { index, statistic in
      var row = blank(statistic.measure, statistic.variant, checkpoint, reference)
      let (value, before) = (values[checkpoint][index], values[reference][index])
      row.value = value.isFinite ? value : nil
      row.referenceValue = before.isFinite ? before : nil
      if units < StudyContext.fewestUnits { row.flag(.fewPrompts) }
      if statistic.measure.dependsOnCount && !isMatched {
        row.flag(.unmatchedCounts)
        guard context.settings.force else { return (statistic.order, row) }
        row.flag(.forced)
      }
      if let null, design.hasPrompts, !null.isWithinUnits { row.flag(.halvesByPrompt) }
      let effect = EffectKind.logRatio.effect(of: value, against: before)
      guard effect.isFinite else {
        row.flag(.degenerate)
        return (statistic.order, row)
      }
      let after = leftOut[checkpoint].map { StudyContext.logarithm($0[index]) }
      let first = leftOut[reference].map { StudyContext.logarithm($0[index]) }
      let isPaired = design.hasSamePrompts(checkpoint, reference)
      row.setEffect(
        effect,
        interval: context.jackknifeInterval(
          estimate: effect, leaveOneOut: isPaired ? [zip(after, first).map(-)] : [after, first]),
        nullBand: null?.bands[index])
      row.flag(.notPermuted)
      row.noteGaps(units: units)
      return (statistic.order, row)
    }
  }

  private func blank(
    _ measure: any SpectrumMeasure, _ variant: String, _ checkpoint: Int, _ reference: Int?
  ) -> Measurement {
    context.row(
      measure, scope: .pooled, space: space.id, variant: variant, checkpoint: checkpoint,
      reference: reference, kind: .logRatio,
      isPaired: reference.map { context.design.hasSamePrompts(checkpoint, $0) } ?? true)
  }
}

/// The null bands of measures of a spectrum: their effects between random halves of the reference.
struct SpectrumNull: Sendable {
  let isWithinUnits: Bool
  /// Per variant of every measure.
  let bands: [Interval?]

  init(_ engine: SpectrumEngine, of checkpoint: Int) {
    let context = engine.context
    let rows = engine.space.coordinates[checkpoint]
    let splits = SplitHalves(
      offsets: context.design.unitOffsets(of: checkpoint), samplesNeeded: 1,
      count: min(context.settings.splits, SpectrumEngine.splitCount),
      seed: context.settings.seed)
    isWithinUnits = splits.isWithinUnits
    let measures = engine.measures.map(\.measure)
    let effects = context.workers.map(splits.count) { replicate in
      var groups = [UInt8](repeating: 2, count: rows.rowCount)
      splits.write(replicate, to: &groups)
      let halves = [UInt8(0), 1].map { half in
        SpectrumEngine.values(
          of: rows.rows(groups.indices.filter { groups[$0] == half }), measures,
          workers: Workers(threadCount: 1))
      }
      return zip(halves[1], halves[0]).map { EffectKind.logRatio.effect(of: $0, against: $1) }
    }
    let count = measures.reduce(0) { $0 + $1.variants.count }
    bands = (0..<count).map { index in .percentile(effects.map { $0[index] }) }
  }
}
