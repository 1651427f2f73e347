internal import AmbitMatrix

/// Takes lexical measures of each prompt's outputs, and of sets with one output a prompt.
///
/// Within prompts: the mean over prompts, with Student's or BCa's interval and the sign-flip test over
/// prompts, as `PromptEngine` has them. The null band is that of sign flips about the mean effect: such statistics depend
/// on the number of outputs, and those of halves vary less. Across prompts (pooled where there are none): the mean over
/// draws, draw *j* holding the *j*-th output of every prompt; see `LexicalSets`.
struct LexicalEngine {
  let context: StudyContext
  /// What is the same for all checkpoints of the study.
  let joint: LexicalJoint
  /// The rows taken within prompts.
  let statistics: [LexicalStatistic]
  /// Those taken of sets.
  let setStatistics: [LexicalStatistic]
  /// Per checkpoint, statistic and prompt; NaN where there are too few samples.
  let values: [[[Double]]]
  /// Per checkpoint and set statistic.
  let setValues: [[JackknifedValue]]

  init(
    context: StudyContext, rows: @Sendable (Int) -> LexicalRows, joint: LexicalJoint,
    statistics: [LexicalStatistic], setStatistics: [LexicalStatistic]
  ) {
    let design = context.design
    let sets = design.checkpoints.indices.map { checkpoint in
      LexicalSets(unitOffsets: design.unitOffsets(of: checkpoint), seed: context.settings.seed)
    }
    self.context = context
    self.joint = joint
    self.statistics = statistics
    self.setStatistics = setStatistics
    // Whole checkpoints in parallel would leave a thread idle at the end; parts of them do not.
    let parts = Self.partCount
    var values: [[[Double]]] = []
    var setValues: [[JackknifedValue]] = []
    for start in stride(from: 0, to: design.checkpoints.count, by: Self.checkpointsAtOnce) {
      let wave = start..<min(design.checkpoints.count, start + Self.checkpointsAtOnce)
      let made = context.workers.map(wave.count) { rows(start + $0) }
      let partial = context.workers.map(wave.count * parts) { index in
        let checkpoint = start + index / parts
        var sampler = LexicalSampler(made[index / parts], vocabulary: joint.vocabulary)
        let offsets = design.promptOffsets[checkpoint]
        let prompts = Self.part(index % parts, of: statistics.isEmpty ? 0 : offsets.count - 1)
        let within = prompts.map { prompt in
          sampler.values(statistics, of: Array(offsets[prompt]..<offsets[prompt + 1]))
        }
        // Omission 0 leaves nothing out.
        let omissions = Self.part(index % parts, of: sets[checkpoint].groupCount + 1)
        let jackknife = omissions.map { omission in
          sampler.values(
            setStatistics, averagedOver: sets[checkpoint].draws(omitting: omission - 1),
            byteBudgets: joint.byteBudgets)
        }
        return (within, jackknife)
      }
      for place in wave.indices {
        let own = partial[(place - start) * parts..<(place - start + 1) * parts]
        let within = own.flatMap(\.0)
        values.append(statistics.indices.map { statistic in within.map { $0[statistic] } })
        let jackknife = own.flatMap(\.1)
        setValues.append(
          setStatistics.indices.map { statistic in
            JackknifedValue(
              value: jackknife[0][statistic],
              leaveOneOut: jackknife.dropFirst().map { $0[statistic] })
          })
      }
    }
    self.values = values
    self.setValues = setValues
  }

  /// The checkpoints whose n-grams are in memory at once: some megabytes each.
  static let checkpointsAtOnce = 16

  /// The parts into which the work on a checkpoint is cut.
  static let partCount = 4

  /// The indices of one part of `0..<count`.
  static func part(_ part: Int, of count: Int) -> Range<Int> {
    part * count / partCount..<(part + 1) * count / partCount
  }
}

/// A statistic with its values when each group of units is left out in turn.
struct JackknifedValue: Sendable {
  let value: Double
  let leaveOneOut: [Double]

  /// One number a group, whose mean is the statistic and whose spread is that of the statistic: the
  /// jackknife's pseudo-values, moved onto the mean, on the scale of `transform`.
  func pseudoValues(_ transform: (Double) -> Double) -> [Double] {
    let without = leaveOneOut.map(transform)
    let mean = without.reduce(0, +) / Double(without.count)
    let whole = transform(value)
    return without.map { whole + Double(without.count - 1) * (mean - $0) }
  }
}
