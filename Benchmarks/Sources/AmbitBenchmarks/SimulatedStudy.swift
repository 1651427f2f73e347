import AmbitMatrix
import AmbitMeasures

/// One drawn study of two checkpoints, `base` and `tuned`, that answer the same prompts.
///
/// *Vectors*: an output is its prompt's mean plus Gaussian noise, in 16 dimensions, and is itself the
/// mean of two halves, which differ by noise of half that size: three quarters of an output's variance
/// about its prompt are shared by its halves. All noise of the second checkpoint is scaled.
///
/// *Texts*: 8 to 16 pieces an output; half of them are phrases of four words, of twelve that belong to the
/// prompt, the others words, of 400 that all share. The piece drawn is number `V·uᵃ`, u uniform, `a` 1.5
/// for the first checkpoint and 1.5 over the scale for the second; one output in eight begins with a
/// list's dash.
///
/// *Log-probs*: an output's negative log-prob is Gaussian about its prompt's mean, the second
/// checkpoint's scaled; the log of what both give an output is Gaussian about δ²/2 with variance δ², as
/// for two Gaussians δ apart, with δ = 0.3 + 3 (1 − scale). Scores correlate with log-probs.
///
/// *Passing*: an output passes the sooner the nearer it is to its prompt's mean.
struct SimulatedStudy {
  var design: Design
  var halves: [HalvedRows] = []
  var outputs: [Matrix] = []
  var passes: [[Bool?]] = []
  var texts: [[String]] = []
  var logProbs: LogProbTable

  static let width = 16

  init(number: Int, prompts: Int, samples: Int, scale: Double) {
    design = Design(
      checkpoints: ["base", "tuned"], baseline: 0, promptIDs: (0..<prompts).map { "p\($0)" },
      promptOffsets: Array(stride(from: 0, through: prompts * samples, by: samples)))
    logProbs = Self.logProbs(number, prompts, samples, scale)
    var random = SplitMix64(seed: 2026, stream: UInt64(number))
    let means = (0..<prompts * Self.width).map { _ in random.normal() }
    for scale in [1, scale] {
      addVectors(means, prompts, samples, scale, &random)
    }
    for scale in [1, scale] {
      texts.append(
        (0..<prompts * samples).map { Self.text(prompt: $0 / samples, scale, &random) })
    }
  }

  private mutating func addVectors(
    _ means: [Double], _ prompts: Int, _ samples: Int, _ scale: Double, _ random: inout SplitMix64
  ) {
    var (first, second, whole) = ([Float](), [Float](), [Float]())
    var passing: [Bool?] = []
    for row in 0..<prompts * samples {
      var squares = 0.0
      for column in 0..<Self.width {
        let noise = scale * random.normal()
        let centre = means[row / samples * Self.width + column] + noise
        let difference = scale * random.normal() / 2
        first.append(Float(centre + difference))
        second.append(Float(centre - difference))
        whole.append(Float(centre))
        squares += noise * noise
      }
      passing.append(random.uniform() < 1 / (1 + Elementary.exp(squares / 8 - 2.5)))
    }
    let count = prompts * samples
    func matrix(_ values: [Float]) -> Matrix {
      Matrix(rowCount: count, columnCount: Self.width, values: values)
    }
    halves.append(HalvedRows(first: matrix(first), second: matrix(second)))
    outputs.append(matrix(whole))
    passes.append(passing)
  }

  private static func text(prompt: Int, _ scale: Double, _ random: inout SplitMix64) -> String {
    let pieces = (0..<8 + random.index(below: 9)).map { _ in
      let place = Elementary.exp(Elementary.log(1 - random.uniform()) * 1.5 / scale)
      guard random.uniform() < 0.5 else { return "word\(Int(400 * place))" }
      let phrase = Int(12 * place)
      return (0..<4).map { "topic\(prompt)x\(phrase)x\($0)" }.joined(separator: " ")
    }
    return (random.uniform() < 0.125 ? "- " : "") + pieces.joined(separator: " ")
  }

  private static func logProbs(
    _ number: Int, _ prompts: Int, _ samples: Int, _ scale: Double
  ) -> LogProbTable {
    var random = SplitMix64(seed: 2027, stream: UInt64(number))
    let means = (0..<prompts).map { _ in 30 + 5 * random.normal() }
    let apart = 0.3 + 3 * (1 - scale)
    var entries: [[[LogProbTable.Entry?]]] = []
    var scores: [[Double?]] = []
    for (checkpoint, scale) in [1, scale].enumerated() {
      var (own, other, quality) = ([LogProbTable.Entry?](), [LogProbTable.Entry?](), [Double?]())
      for row in 0..<prompts * samples {
        let total = -scale * (means[row / samples] + 4 * random.normal())
        let ratio = apart * apart / 2 + apart * random.normal()
        own.append(.init(total: total, tokenCount: 20, entropy: -total, isEntropyWhole: true))
        other.append(.init(total: total - ratio, tokenCount: 20))
        quality.append(total / 4 + 2 * random.normal())
      }
      entries.append(checkpoint == 0 ? [own, other] : [other, own])
      scores.append(quality)
    }
    return LogProbTable(entries: entries, scores: scores)
  }
}
