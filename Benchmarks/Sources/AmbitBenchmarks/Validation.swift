import AmbitMatrix
import AmbitMeasures

/// What intervals cover and how often tests reject, in simulated studies of two checkpoints.
///
/// An output is its prompt's mean plus Gaussian noise, in 16 dimensions, and is itself the mean of two
/// halves; both checkpoints have the same prompts and means, and the noise of the second is scaled,
/// that by which the halves differ too. The truth that an interval should hold is
/// the mean effect over all studies, of a measure without effect its mean value.
struct Validation {
  var studies: Int
  var prompts: Int
  var samples: Int
  var scale: Double
  /// Ids of measures or families.
  var chosen: Set<String>

  private static let width = 16

  private struct Key: Hashable {
    var measure: String
    var scope: String
    var variant: String
  }

  /// One line a measure, as Markdown.
  func rows(workers: Workers) -> [String] {
    let suite = MeasureSuite(
      measures: MeasureSuite.families.flatMap { family in
        family.measures.filter { chosen.contains(family.id) || chosen.contains($0.id) }
      })
    let found = workers.map(studies) { study in
      let halves = halves(study)
      let outputs = halves.map { half in
        Matrix(
          rowCount: half.first.rowCount, columnCount: Self.width,
          values: zip(half.first.values, half.second.values).map { ($0 + $1) / 2 })
      }
      return suite.run(
        design: design,
        spaces: [MeasuredSpace(id: "embedding", coordinates: outputs, halves: halves)],
        settings: InferenceSettings(resamples: 200, permutations: 199, seed: UInt64(study)),
        workers: Workers(threadCount: 1)
      ).measurements.filter { !$0.reference.isEmpty }
    }
    var order: [Key] = []
    var measurements: [Key: [Measurement]] = [:]
    for row in found.joined() {
      let key = Key(measure: row.metric, scope: row.scope.rawValue, variant: row.variant)
      if measurements[key] == nil { order.append(key) }
      measurements[key, default: []].append(row)
    }
    return order.compactMap { key in line(key, measurements[key] ?? []) }
  }

  private func line(_ key: Key, _ rows: [Measurement]) -> String? {
    let estimates = rows.map { $0.effect ?? $0.value }.compactMap { $0 }
    guard !estimates.isEmpty else { return nil }
    let truth = estimates.reduce(0, +) / Double(estimates.count)
    func percent(_ part: Int, of whole: Int) -> String {
      whole == 0 ? "–" : String((1000 * Double(part) / Double(whole)).rounded() / 10)
    }
    let intervals = rows.compactMap(\.interval)
    let pValues = rows.compactMap(\.p)
    let inBand = rows.compactMap { row in
      row.nullBand.flatMap { band in (row.effect ?? row.value).map { band.contains($0) } }
    }
    let name = key.variant.isEmpty ? "`\(key.measure)`" : "`\(key.measure)` \(key.variant)"
    let cells = [
      "\(prompts)", "\(samples)", "\(scale)", "\(name) \(key.scope)",
      "\((1000 * truth).rounded() / 1000)",
      percent(intervals.count { $0.contains(truth) }, of: intervals.count),
      percent(pValues.count { $0 <= 0.05 }, of: pValues.count),
      percent(inBand.count { $0 }, of: inBand.count),
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }

  private var design: Design {
    Design(
      checkpoints: ["base", "tuned"], baseline: 0, promptIDs: (0..<prompts).map { "p\($0)" },
      promptOffsets: Array(stride(from: 0, through: prompts * samples, by: samples)))
  }

  private func halves(_ study: Int) -> [HalvedRows] {
    var random = SplitMix64(seed: 2026, stream: UInt64(study))
    let means = (0..<prompts * Self.width).map { _ in random.normal() }
    return [1, scale].map { scale in
      var first: [Float] = []
      var second: [Float] = []
      for prompt in 0..<prompts {
        for _ in 0..<samples {
          for column in 0..<Self.width {
            let centre = means[prompt * Self.width + column] + scale * random.normal()
            let difference = scale * random.normal()
            first.append(Float(centre + difference))
            second.append(Float(centre - difference))
          }
        }
      }
      let count = prompts * samples
      return HalvedRows(
        first: Matrix(rowCount: count, columnCount: Self.width, values: first),
        second: Matrix(rowCount: count, columnCount: Self.width, values: second))
    }
  }
}
