import AmbitCorpus
import AmbitFormats
import AmbitMatrix
import AmbitMeasures
import AmbitProjection

/// What the pipeline says of two random halves of one checkpoint, again and again: nothing, if it is
/// right.
///
/// Each repetition parts the samples of every prompt at random (the prompts where most have one sample,
/// the rows where there are none), fits the planes anew and takes the primary endpoints of one half
/// against the other. Given the outputs, the two halves are exchangeable: effects lie evenly about 0,
/// p is below 0.05 in one of twenty, and intervals hold 0 in nineteen.
struct HalvesTest {
  /// What all repetitions say of one endpoint.
  struct Row {
    let endpoint: Endpoint
    var effects: [Double] = []
    var values: [Double] = []
    var rejections = 0
    var tests = 0
    var covering = 0
    var intervals = 0
    /// Repetitions without a number.
    var refused = 0
  }

  let matrix: Matrix
  /// The rows of each prompt; of all rows where there are no prompts.
  let promptOffsets: [Int]
  let hasPrompts: Bool
  let settings: InferenceSettings
  let workers: Workers

  private static let measures: Set = ["dispersion", "rke", "coverage", "hull_area"]

  /// Whether the samples of each prompt are parted, rather than the prompts.
  var partsSamples: Bool {
    let counts = zip(promptOffsets, promptOffsets.dropFirst()).map { $1 - $0 }.sorted()
    return hasPrompts && counts[counts.count / 2] >= 2
  }

  /// Endpoints in the order of the table.
  func run(repeats: Int, progress: (Double) -> Void) throws -> [Row] {
    let suite = MeasureSuite.standard.keeping { Self.measures.contains($0.id) }
    var rows: [Row] = []
    for repetition in 0..<repeats {
      progress(Double(repetition) / Double(repeats))
      let halves = self.halves(repetition)
      let matrices = halves.map { matrix.rows($0.rows) }
      let design = Design(
        checkpoints: ["one half", "other half"], baseline: 0, promptIDs: halves.map(\.ids),
        promptOffsets: halves.map(\.offsets), hasPrompts: hasPrompts)
      var own = settings
      own.seed = settings.seed &+ UInt64(repetition)
      let measured = suite.run(
        design: design, spaces: try spaces(matrices, design), settings: own, workers: workers)
      let endpoints = Endpoint.all(in: measured.measurements)
      if rows.isEmpty { rows = endpoints.map { Row(endpoint: $0) } }
      for index in rows.indices { rows[index].add(endpoints[index].measurement) }
    }
    progress(1)
    return rows
  }

  private func spaces(_ matrices: [Matrix], _ design: Design) throws -> [MeasuredSpace] {
    let prompted = zip(matrices, design.promptOffsets).map {
      PromptedRows(matrix: $0, promptOffsets: $1)
    }
    let hasRepeats = hasPrompts && design.promptOffsets.allSatisfy { $0.count <= $0.last! }
    let planes = try ([.none] + (hasRepeats ? [.within] : [])).map { (centring: Centring) in
      try JointPlane(of: prompted, centring: centring, source: .pooled, workers: workers)
    }
    return [MeasuredSpace(id: "embedding", coordinates: matrices)]
      + planes.map { MeasuredSpace(id: $0.basis.space, coordinates: $0.coordinates) }
  }

  private struct Half {
    var rows: [Int] = []
    var ids: [String] = []
    var offsets = [0]

    mutating func add(_ rows: some Sequence<Int>, id: String) {
      self.rows += rows.sorted()
      ids.append(id)
      offsets.append(self.rows.count)
    }
  }

  /// Two random halves of the same size; what is left over takes no part.
  private func halves(_ repetition: Int) -> [Half] {
    var random = SplitMix64(seed: settings.seed, stream: UInt64(repetition) &+ 0x5E1F)
    var halves = [Half(), Half()]
    let prompts = Array(zip(promptOffsets, promptOffsets.dropFirst())).map { Array($0..<$1) }
    if partsSamples || !hasPrompts {
      for (index, prompt) in prompts.enumerated() where prompt.count >= 2 {
        var rows = prompt
        random.shuffle(&rows)
        let half = rows.count / 2
        halves[0].add(rows[..<half], id: "p\(index)")
        halves[1].add(rows[half..<2 * half], id: "p\(index)")
      }
    } else {
      var order = Array(prompts.indices)
      random.shuffle(&order)
      for (place, prompt) in order.prefix(order.count / 2 * 2).enumerated() {
        halves[place % 2].add(prompts[prompt], id: "p\(prompt)")
      }
    }
    return halves
  }
}

extension HalvesTest.Row {
  fileprivate mutating func add(_ row: Measurement) {
    guard let value = row.value else {
      refused += 1
      return
    }
    values.append(value)
    if let effect = row.effect {
      effects.append(effect)
      if let interval = row.interval {
        intervals += 1
        if interval.contains(0) { covering += 1 }
      }
    }
    if let p = row.p {
      tests += 1
      if p <= 0.05 { rejections += 1 }
    }
  }

  /// What no right pipeline would show, but by a chance of one in a thousand: effects to one side, more
  /// than 7 % of the tests rejected, fewer than 92 % of the intervals over 0.
  var fault: String? {
    if effects.count > 1 {
      let mean = effects.reduce(0, +) / Double(effects.count)
      let squares = effects.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let error = (squares / Double((effects.count - 1) * effects.count)).squareRoot()
      if abs(mean) > 4 * error + 1e-12 { return "effects lie to one side" }
    }
    if RareEvents.chance(of: rejections, outOf: tests, at: 0.07) < 0.001 {
      return "too many rejections"
    }
    if RareEvents.chance(of: intervals - covering, outOf: intervals, at: 0.08) < 0.001 {
      return "intervals miss 0 too often"
    }
    return nil
  }
}

/// Counts of independent events.
package enum RareEvents {
  /// The probability of so many or more of independent events.
  package static func chance(of count: Int, outOf all: Int, at share: Double) -> Double {
    guard count > 0 else { return 1 }
    var tail = 0.0
    for events in count...all {
      let (k, n) = (Double(events), Double(all))
      tail += Elementary.exp(
        Elementary.logGamma(n + 1) - Elementary.logGamma(k + 1) - Elementary.logGamma(n - k + 1)
          + k * Elementary.log(share) + (n - k) * Elementary.log(1 - share))
    }
    return min(1, tail)
  }
}
