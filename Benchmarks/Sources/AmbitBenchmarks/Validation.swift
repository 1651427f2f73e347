import AmbitMatrix
import AmbitMeasures

/// What intervals cover and how often tests reject, in simulated studies of two checkpoints.
///
/// The truth that an interval should hold is the mean effect over all studies, of a measure without
/// effect its mean value. See `SimulatedStudy` for what is drawn.
struct Validation {
  var studies: Int
  var prompts: Int
  var samples: Int
  var scale: Double
  /// Ids of measures or families.
  var chosen: Set<String>

  private struct Key: Hashable {
    var measure: String
    var scope: String
    var variant: String
  }

  /// One line a measure, as Markdown.
  func rows(workers: Workers) -> [String] {
    let suites = SimulatedSuites(chosen: chosen)
    let found = workers.map(studies) { number in
      let study = SimulatedStudy(
        number: number, prompts: prompts, samples: samples, scale: scale)
      return suites.rows(of: study, seed: UInt64(number))
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
}
