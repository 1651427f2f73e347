internal import AmbitMatrix

/// The null bands of per-prompt measures: their effects between random halves of one checkpoint.
struct PromptNull: Sendable {
  private let bands: [Interval?]
  let isWithinUnits: Bool

  init(_ engine: PromptEngine, of checkpoint: Int, grams: PromptGrams?) {
    let context = engine.context
    let offsets = context.design.promptOffsets[checkpoint]
    let splits = SplitHalves(
      offsets: offsets,
      samplesNeeded: grams == nil
        ? .max / 4 : engine.measures.map(\.measure.samplesNeeded).max() ?? 1,
      count: context.settings.splits, seed: context.settings.seed)
    isWithinUnits = splits.isWithinUnits
    bands = engine.measures.indices.map { index in
      let values = engine.values[index][checkpoint]
      guard let floor = PromptLogs.floor(from: values.filter { !$0.isNaN }) else { return nil }
      let logs = PromptLogs(values, floor: floor).values
      let measure = engine.measures[index].measure
      return .percentile(
        context.workers.map(splits.count) { replicate in
          var groups = [UInt8](repeating: 2, count: offsets.last ?? 0)
          splits.write(replicate, to: &groups)
          if let grams, splits.isWithinUnits {
            return Self.effectBetweenHalves(measure, groups, offsets, grams, floor: floor)
          }
          var sums = (0.0, 0.0)
          var counts = (0.0, 0.0)
          for prompt in logs.indices where !logs[prompt].isNaN {
            switch groups[offsets[prompt]] {
            case 0: (sums.0, counts.0) = (sums.0 + logs[prompt], counts.0 + 1)
            case 1: (sums.1, counts.1) = (sums.1 + logs[prompt], counts.1 + 1)
            default: break
            }
          }
          return sums.1 / counts.1 - sums.0 / counts.0
        })
    }
  }

  func band(_ index: Int) -> Interval? { bands[index] }

  private static func effectBetweenHalves(
    _ measure: any PromptMeasure, _ groups: [UInt8], _ offsets: [Int], _ grams: PromptGrams,
    floor: Double
  ) -> Double {
    var sum = 0.0
    var chosen: [[Int]] = [[], []]
    for prompt in 0..<offsets.count - 1 {
      chosen[0].removeAll(keepingCapacity: true)
      chosen[1].removeAll(keepingCapacity: true)
      let size = offsets[prompt + 1] - offsets[prompt]
      for row in 0..<size {
        let group = Int(groups[offsets[prompt] + row])
        if group < 2 { chosen[group].append(row) }
      }
      let gram = grams.gram(prompt)
      let halves = chosen.map { measure.value(fromGram: gram, size: size, chosen: $0) }
      let logs = PromptLogs(halves, floor: floor).values
      sum += logs[1] - logs[0]
    }
    return sum / Double(offsets.count - 1)
  }
}
