internal import AmbitMatrix

/// The null bands of per-prompt measures: their effects between random halves of one checkpoint.
struct PromptNull: Sendable {
  private let bands: [Interval?]
  let isWithinUnits: Bool

  init(_ engine: PromptEngine, of checkpoint: Int, samples: (any PromptSamples)?) {
    let context = engine.context
    let offsets = context.design.promptOffsets[checkpoint]
    let splits = SplitHalves(
      offsets: offsets,
      samplesNeeded: samples == nil ? .max / 4 : engine.measures.map(\.samplesNeeded).max() ?? 1,
      count: context.settings.splits, seed: context.settings.seed)
    isWithinUnits = splits.isWithinUnits
    var bands: [Interval?] = []
    for measure in engine.measures {
      let known = (bands.count..<bands.count + measure.variants.count).map {
        engine.values[$0][checkpoint]
      }
      let floors = known.map { PromptLogs.floor(from: $0.filter { !$0.isNaN }) ?? .nan }
      if let samples, splits.isWithinUnits {
        let replicates = context.workers.map(min(splits.count, measure.splitLimit)) { replicate in
          var groups = [UInt8](repeating: 2, count: offsets.last ?? 0)
          splits.write(replicate, to: &groups)
          return Self.effectsBetweenHalves(measure, groups, offsets, samples, floors: floors)
        }
        bands += floors.indices.map { variant in .percentile(replicates.map { $0[variant] }) }
      } else {
        bands += zip(known, floors).map { values, floor in
          Self.bandBetweenPrompts(PromptLogs(values, floor: floor).values, splits, context, offsets)
        }
      }
    }
    self.bands = bands
  }

  func band(_ index: Int) -> Interval? { bands[index] }

  /// The band of differences between the means of random halves of the prompts.
  private static func bandBetweenPrompts(
    _ logs: [Double], _ splits: SplitHalves, _ context: StudyContext, _ offsets: [Int]
  ) -> Interval? {
    .percentile(
      context.workers.map(splits.count) { replicate in
        var groups = [UInt8](repeating: 2, count: offsets.last ?? 0)
        splits.write(replicate, to: &groups)
        return splits.differenceOfMeans(logs, groups: groups)
      })
  }

  /// Per variant, the mean over prompts of the log ratio of two halves of their samples.
  private static func effectsBetweenHalves(
    _ measure: any PromptMeasure, _ groups: [UInt8], _ offsets: [Int], _ samples: any PromptSamples,
    floors: [Double]
  ) -> [Double] {
    var sums = [Double](repeating: 0, count: floors.count)
    var chosen: [[Int]] = [[], []]
    for prompt in 0..<offsets.count - 1 {
      chosen[0].removeAll(keepingCapacity: true)
      chosen[1].removeAll(keepingCapacity: true)
      for row in 0..<offsets[prompt + 1] - offsets[prompt] {
        let group = Int(groups[offsets[prompt] + row])
        if group < 2 { chosen[group].append(row) }
      }
      let halves = chosen.map { measure.values(of: samples.sample(prompt, chosen: $0)) }
      for variant in sums.indices {
        let logs = PromptLogs([halves[0][variant], halves[1][variant]], floor: floors[variant])
        sums[variant] += logs.values[1] - logs.values[0]
      }
    }
    return sums.map { $0 / Double(offsets.count - 1) }
  }
}
