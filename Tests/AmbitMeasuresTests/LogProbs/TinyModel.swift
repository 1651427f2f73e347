import AmbitMatrix
import AmbitMeasures

/// The exactly solvable language model of the science note: a Markov chain on a, b, c that ends.
struct TinyModel {
  /// Rows: the contexts BOS, a, b, c; columns: a, b, c and the end.
  var rows: [[Double]]

  static let base = TinyModel(rows: [
    [0.40, 0.30, 0.20, 0.10], [0.20, 0.30, 0.20, 0.30], [0.30, 0.20, 0.20, 0.30],
    [0.25, 0.25, 0.20, 0.30],
  ])
  static let tuned = TinyModel(rows: [
    [0.85, 0.10, 0.04, 0.01], [0.10, 0.70, 0.05, 0.15], [0.10, 0.05, 0.05, 0.80],
    [0.20, 0.20, 0.10, 0.50],
  ])

  /// A string as tokens 0, 1, 2 with the end, 3, last.
  func sample(_ random: inout SplitMix64) -> [Int] {
    var tokens: [Int] = []
    var context = 0
    while true {
      var rest = random.uniform()
      var token = 3
      for (index, p) in rows[context].enumerated() {
        rest -= p
        if rest < 0 {
          token = index
          break
        }
      }
      tokens.append(token)
      if token == 3 { return tokens }
      context = token + 1
    }
  }

  /// The contexts in which the tokens stand.
  private func contexts(_ tokens: [Int]) -> [Int] { [0] + tokens.dropLast().map { $0 + 1 } }

  func entry(_ tokens: [Int]) -> LogProbTable.Entry {
    let contexts = contexts(tokens)
    return LogProbTable.Entry(
      total: zip(contexts, tokens).reduce(0) { $0 + Elementary.log(rows[$1.0][$1.1]) },
      tokenCount: tokens.count,
      entropy: contexts.reduce(0) { sum, context in
        sum - rows[context].reduce(0) { $0 + $1 * Elementary.log($1) }
      }, isEntropyWhole: true)
  }

  /// The model with its logits multiplied by a factor.
  func scaled(by factor: Double) -> TinyModel {
    TinyModel(
      rows: rows.map { row in
        let powers = row.map { Elementary.pow($0, factor) }
        let sum = powers.reduce(0, +)
        return powers.map { $0 / sum }
      })
  }
}
