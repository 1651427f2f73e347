internal import AmbitMatrix

/// The null bands of moment measures: their effects between random halves of one checkpoint.
struct MomentNull: Sendable {
  /// The moments of both halves, first half at even places.
  private let halves: [PromptMoments]
  private let measures: [any MomentMeasure]
  let isWithinUnits: Bool

  /// - Parameters:
  ///   - grams: of the engine's rows, where samples may be split.
  ///   - subtracted: of the rows that the engine takes off, where it does.
  init(
    _ engine: MomentEngine, of checkpoint: Int, grams: PromptGrams?,
    less subtracted: PromptGrams? = nil
  ) {
    let context = engine.context
    let offsets = context.design.unitOffsets(of: checkpoint)
    let splits = SplitHalves(
      offsets: offsets, samplesNeeded: grams == nil ? .max / 4 : 2,
      count: context.settings.splits, seed: context.settings.seed)
    measures = engine.measures.map(\.measure)
    isWithinUnits = splits.isWithinUnits
    func halves(_ rows: Matrix, _ units: MomentUnits, _ grams: PromptGrams?) -> [PromptMoments] {
      if let grams, splits.isWithinUnits {
        return Self.withinUnits(
          rows, offsets: offsets, splits: splits, grams: grams, workers: context.workers)
      }
      // Replicate 2k is the first half of split k, 2k + 1 the second.
      return units.resampled(
        2 * splits.count, groups: [MomentUnits.Group(origin: .zero(for: units), sign: 1)],
        workers: context.workers
      ) { replicate, weights in
        var groups = [UInt8](repeating: 2, count: offsets.last ?? 0)
        splits.write(replicate / 2, to: &groups)
        for unit in weights.indices {
          weights[unit] = Int(groups[offsets[unit]]) == replicate & 1 ? 1 : 0
        }
      }
    }
    let own = halves(engine.space.coordinates[checkpoint], engine.units[checkpoint], grams)
    if let other = engine.subtracted {
      self.halves = zip(
        own, halves(other.space.coordinates[checkpoint], other.units[checkpoint], subtracted)
      ).map(-)
    } else {
      self.halves = own
    }
  }

  func band(_ index: Int) -> Interval? {
    let measure = measures[index]
    return .percentile(
      stride(from: 0, to: halves.count, by: 2).map { first in
        measure.effectKind.effect(
          of: measure.value(of: halves[first + 1]), against: measure.value(of: halves[first]))
      })
  }

  /// Halves of the samples of every prompt: their grand means by one matrix product a block, the rest
  /// from the prompts' inner products.
  private static func withinUnits(
    _ rows: Matrix, offsets: [Int], splits: SplitHalves, grams: PromptGrams, workers: Workers
  ) -> [PromptMoments] {
    let centre = rows.columnMeans().map { Float($0) }
    let centred = PromptGrams.centred(rows, 0..<rows.rowCount, about: centre)
    let blockSize = 32
    let blocks = workers.map((splits.count + blockSize - 1) / blockSize) { block in
      let range = block * blockSize..<min(splits.count, (block + 1) * blockSize)
      let alone = Workers(threadCount: 1)
      let rowCount = rows.rowCount
      var meanWeights = [Float](repeating: 0, count: 2 * range.count * rowCount)
      var rowWeights = meanWeights
      var linear: [SIMD8<Double>] = []
      var groups = [UInt8](repeating: 2, count: rowCount)
      for (index, replicate) in range.enumerated() {
        splits.write(replicate, to: &groups)
        for half in 0..<2 {
          linear.append(sums(of: half, groups, offsets, grams))
          let start = (2 * index + half) * rowCount
          for unit in 0..<offsets.count - 1 {
            let share = 1 / Float((offsets[unit + 1] - offsets[unit]) / 2)
            for row in offsets[unit]..<offsets[unit + 1] where Int(groups[row]) == half {
              meanWeights[start + row] = share
              rowWeights[start + row] = 1
            }
          }
        }
      }
      let means = Matrix(rowCount: linear.count, columnCount: rowCount, values: meanWeights)
        .multiplied(by: centred, workers: alone)
      let totals = Matrix(rowCount: linear.count, columnCount: rowCount, values: rowWeights)
        .multiplied(by: centred, workers: alone)
      return linear.indices.map { index in
        PromptMoments(
          linear: linear[index], normOfMeans: Reductions.squaredNorm(means.row(index)),
          normOfSums: Reductions.squaredNorm(totals.row(index)))
      }
    }
    return Array(blocks.joined())
  }

  private static func sums(
    of half: Int, _ groups: [UInt8], _ offsets: [Int], _ grams: PromptGrams
  ) -> SIMD8<Double> {
    var total = SIMD8<Double>.zero
    var chosen: [Int] = []
    for unit in 0..<offsets.count - 1 {
      chosen.removeAll(keepingCapacity: true)
      let size = offsets[unit + 1] - offsets[unit]
      for row in 0..<size where Int(groups[offsets[unit] + row]) == half { chosen.append(row) }
      let sums = PromptGrams.sums(of: chosen, in: grams.gram(unit), size: size)
      let count = Double(chosen.count)
      let norm = sums.normOfSum / (count * count)
      let trace = max(0, (sums.squares - count * norm) / (count - 1))
      total += SIMD8(1, norm, trace, trace / count, count, sums.squares, 0, 0)
    }
    return total
  }
}
