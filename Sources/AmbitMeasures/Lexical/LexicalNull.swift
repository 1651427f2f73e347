internal import AmbitMatrix

/// The null bands of lexical measures: their effects between random halves of one checkpoint.
struct LexicalNull: Sendable {
  private let bands: [Interval?]
  private let setBands: [Interval?]
  /// Whether halves hold every prompt: within prompts, and across.
  let isWithinUnits: (prompts: Bool, sets: Bool)

  init(_ engine: LexicalEngine, of checkpoint: Int) {
    let context = engine.context
    let offsets = context.design.promptOffsets[checkpoint]
    let splits = SplitHalves(
      offsets: offsets, samplesNeeded: engine.joint.samplesNeeded, count: context.settings.splits,
      seed: context.settings.seed)
    bands =
      splits.isWithinUnits
      ? Self.bandsWithinPrompts(engine, checkpoint, offsets, splits)
      : Self.bandsBetweenPrompts(engine, checkpoint, offsets, splits)
    let units = context.design.unitOffsets(of: checkpoint)
    let halves = SplitHalves(
      offsets: units, samplesNeeded: 1, count: min(context.settings.splits, Self.setSplits),
      seed: context.settings.seed)
    setBands = Self.bandsOfSets(engine, checkpoint, units, halves)
    isWithinUnits = (splits.isWithinUnits, halves.isWithinUnits)
  }

  func band(_ statistic: Int) -> Interval? { bands[statistic] }
  func setBand(_ statistic: Int) -> Interval? { setBands[statistic] }

  /// Splits of sets: each counts all n-grams again.
  private static let setSplits = 100
  /// Splits of a prompt's outputs that are counted; replicates combine them freely over prompts.
  private static let splitsPerPrompt = 24

  private static func bandsBetweenPrompts(
    _ engine: LexicalEngine, _ checkpoint: Int, _ offsets: [Int], _ splits: SplitHalves
  ) -> [Interval?] {
    let scaled = engine.statistics.indices.map { engine.scaled($0, checkpoint) }
    let replicates = engine.context.workers.map(splits.count) { replicate in
      var groups = [UInt8](repeating: 2, count: offsets.last ?? 0)
      splits.write(replicate, to: &groups)
      return scaled.map { values in
        values.map { splits.differenceOfMeans($0, groups: groups) } ?? .nan
      }
    }
    return scaled.indices.map { index in .percentile(replicates.map { $0[index] }) }
  }

  /// Each prompt's outputs are split `splitsPerPrompt` times; a replicate takes one of them, either way
  /// round, for each prompt by itself.
  private static func bandsWithinPrompts(
    _ engine: LexicalEngine, _ checkpoint: Int, _ offsets: [Int], _ splits: SplitHalves
  ) -> [Interval?] {
    let context = engine.context
    let statistics = engine.statistics
    let floors = statistics.indices.map { engine.floor($0, checkpoint) }
    let parts = LexicalEngine.partCount
    let partial = context.workers.map(parts) { part in
      var sampler = engine.sampler(of: checkpoint)
      var groups = [UInt8](repeating: 2, count: offsets.last ?? 0)
      return LexicalEngine.part(part, of: splitsPerPrompt).map { split in
        splits.write(split, to: &groups)
        return (0..<offsets.count - 1).map { prompt in
          let rows = offsets[prompt]..<offsets[prompt + 1]
          let halves = [UInt8(0), 1].map { half in
            sampler.values(statistics, of: rows.filter { groups[$0] == half })
          }
          return statistics.indices.map { index in
            engine.scaled(halves[1][index], index, floor: floors[index])
              - engine.scaled(halves[0][index], index, floor: floors[index])
          }
        }
      }
    }
    let effects = Array(partial.joined())
    let promptCount = offsets.count - 1
    let replicates = context.workers.map(splits.count) { replicate in
      var random = SeedStream.splitHalves.generator(
        seed: context.settings.seed, replicate: replicate)
      var sums = [Double](repeating: 0, count: statistics.count)
      for prompt in 0..<promptCount {
        let choice = random.index(below: 2 * splitsPerPrompt)
        let sign = choice & 1 == 0 ? 1.0 : -1
        let own = effects[choice / 2][prompt]
        for index in sums.indices { sums[index] += sign * own[index] }
      }
      return sums.map { $0 / Double(promptCount) }
    }
    return statistics.indices.map { index in .percentile(replicates.map { $0[index] }) }
  }

  private static func bandsOfSets(
    _ engine: LexicalEngine, _ checkpoint: Int, _ units: [Int], _ splits: SplitHalves
  ) -> [Interval?] {
    let context = engine.context
    let sets = LexicalSets(unitOffsets: units, seed: context.settings.seed)
    let statistics = engine.setStatistics
    // Halves of the prompts have half the bytes.
    let budgets = engine.joint.byteBudgets.map { splits.isWithinUnits ? $0 : $0 / 2 }
    let parts = LexicalEngine.partCount
    let partial = context.workers.map(parts) { part in
      var sampler = engine.sampler(of: checkpoint)
      var groups = [UInt8](repeating: 2, count: units.last ?? 0)
      return LexicalEngine.part(part, of: splits.count).map { split in
        splits.write(split, to: &groups)
        let halves = [UInt8(0), 1].map { half in
          sampler.values(
            statistics, averagedOver: sets.draws(half: half, of: groups), byteBudgets: budgets)
        }
        return statistics.indices.map { index in
          statistics[index].scaled(halves[1][index]) - statistics[index].scaled(halves[0][index])
        }
      }
    }
    let effects = Array(partial.joined())
    return statistics.indices.map { index in .percentile(effects.map { $0[index] }) }
  }
}
