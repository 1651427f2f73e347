internal import AmbitMatrix

/// Takes the share of drift that is common to all prompts.
///
/// p value and null band: signs of the prompts' shifts flipped, under which there is no common
/// direction; all flips are one matrix product. Interval: Student's from the jackknife over prompts.
struct StyleEngine: EngineSession {
  let context: StudyContext
  let space: MeasuredSpace
  let measures: [(measure: StyleShare, order: Int)]

  init(context: StudyContext, space: MeasuredSpace, measures: [any Measure]) {
    self.context = context
    self.space = space
    self.measures = measures.enumerated().compactMap { index, measure in
      (measure as? StyleShare).map { ($0, index) }
    }
  }

  func comparedRows(checkpoint: Int, reference: Int) -> [(order: Int, row: Measurement)] {
    measures.map { ($0.order, row($0.measure, checkpoint, reference)) }
  }

  private func row(_ measure: StyleShare, _ checkpoint: Int, _ reference: Int) -> Measurement {
    let design = context.design
    let isPaired = design.hasSamePrompts(checkpoint, reference)
    var row = context.row(
      measure, scope: .pooled, space: space.id, variant: "", checkpoint: checkpoint,
      reference: reference, kind: nil, isPaired: isPaired)
    if context.unitCount(checkpoint, reference) < StudyContext.fewestUnits {
      row.flag(.fewPrompts)
    }
    guard isPaired else { return row }
    if design.fewestSamples < 4 { row.flag(.fewSamples) }
    let counts = (design.sampleCounts(of: reference), design.sampleCounts(of: checkpoint))
    guard (counts.0 + counts.1).allSatisfy({ $0 >= 2 }) else { return row }
    let base = PromptMeans(space.coordinates[reference], design.promptOffsets[reference])
    let tuned = PromptMeans(space.coordinates[checkpoint], design.promptOffsets[checkpoint])
    let shifts = Matrix(
      rowCount: base.means.rowCount, columnCount: base.means.columnCount,
      values: zip(tuned.means.values, base.means.values).map { $0 - $1 })
    let prompts = shifts.rowCount
    let squares = (0..<prompts).map { Reductions.squaredNorm(shifts.row($0)) }
    let noise = zip(base.noise, tuned.noise).map(+)
    let sum = shifts.columnMeans().map { $0 * Double(prompts) }
    let whole = StyleShare.Shifts(
      squaredSum: sum.reduce(0) { $0 + $1 * $1 }, sumOfSquares: squares.reduce(0, +),
      noise: noise.reduce(0, +), count: prompts)
    guard whole.share.isFinite else {
      row.flag(.degenerate)
      return row
    }
    row.value = whole.share
    guard prompts >= StudyContext.fewestUnits else { return row }
    let left = (0..<prompts).map { prompt in
      var rest = whole
      rest.squaredSum =
        zip(sum, shifts.row(prompt)).reduce(0) { total, pair in
          let difference = pair.0 - Double(pair.1)
          return total + difference * difference
        }
      rest.sumOfSquares -= squares[prompt]
      rest.noise -= noise[prompt]
      rest.count -= 1
      return rest.share
    }
    row.interval = context.jackknifeInterval(estimate: whole.share, leaveOneOut: [left])
    let flips = LabelSwaps(
      first: prompts, second: prompts, isPaired: true,
      permutations: context.settings.permutations, seed: context.settings.seed)
    let flipped = squaredSums(shifts, flips).map { squaredSum in
      var replicate = whole
      replicate.squaredSum = squaredSum
      return replicate.share
    }
    row.nullBand = .percentile(flipped)
    row.p = PermutationTest.pValue(
      observed: whole.share, replicates: flipped, tail: .high, isExhaustive: flips.isExhaustive)
    if row.interval == nil { row.flag(.degenerate) }
    return row
  }

  /// ‖Σ ± Δ_p‖² of every flip, in blocks of one matrix product each.
  private func squaredSums(_ shifts: Matrix, _ flips: LabelSwaps) -> [Double] {
    let blockSize = 128
    let alone = Workers(threadCount: 1)
    let blocks = context.workers.map((flips.count + blockSize - 1) / blockSize) { block in
      let replicates = block * blockSize..<min(flips.count, (block + 1) * blockSize)
      var flags = [UInt8](repeating: 0, count: shifts.rowCount)
      var signs: [Float] = []
      signs.reserveCapacity(replicates.count * shifts.rowCount)
      for replicate in replicates {
        flips.write(replicate, to: &flags)
        for flag in flags { signs.append(flag == 0 ? 1 : -1) }
      }
      let sums = Matrix(
        rowCount: replicates.count, columnCount: shifts.rowCount, values: signs
      ).multiplied(by: shifts, workers: alone)
      return (0..<sums.rowCount).map { Reductions.squaredNorm(sums.row($0)) }
    }
    return Array(blocks.joined())
  }
}

/// The mean of each prompt's rows, and the noise of that mean.
private struct PromptMeans {
  /// One row a prompt.
  let means: Matrix
  /// `tr S_p / r_p` of each prompt.
  let noise: [Double]

  init(_ rows: Matrix, _ offsets: [Int]) {
    var values: [Float] = []
    values.reserveCapacity((offsets.count - 1) * rows.columnCount)
    noise = zip(offsets, offsets.dropFirst()).map { first, end in
      let prompt = rows.rows(Array(first..<end))
      let mean = prompt.columnMeans()
      values += mean.map { Float($0) }
      let count = Double(end - first)
      var squares = 0.0
      for row in 0..<prompt.rowCount {
        for (value, centre) in zip(prompt.row(row), mean) {
          let difference = Double(value) - centre
          squares += difference * difference
        }
      }
      return squares / ((count - 1) * count)
    }
    means = Matrix(rowCount: offsets.count - 1, columnCount: rows.columnCount, values: values)
  }
}
