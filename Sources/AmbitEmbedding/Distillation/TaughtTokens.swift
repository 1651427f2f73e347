internal import AmbitMatrix

/// What a teacher makes of every token of its vocabulary when that is the whole text.
struct TaughtTokens: Sendable {
  /// One row per token id, the mean taken off; zero for special tokens and gaps.
  let centred: Matrix
  /// Tokens that are words of their own, of at least three letters, ascending.
  private let words: [Int32]
  private let mean: [Float]

  init(
    teacher: any Embedder, folder: String, count: Int, workers: Workers,
    progress: @escaping @Sendable (Double) -> Void
  ) throws {
    let strings = try TokenStrings(folder: folder).tokens
    let texts = (0..<count).map { id -> String in
      guard id < strings.count else { return "" }
      let token = strings[id]
      let isSpecial = token.count > 2 && "[<".contains(token.first!) && "]>".contains(token.last!)
      if isSpecial { return "" }
      return token.hasPrefix("##") ? String(token.dropFirst(2)) : token
    }
    let asked = (0..<count).filter { !texts[$0].isEmpty }
    let embedded = try teacher.embed(
      asked.map { texts[$0] }, workers: workers, progress: progress
    ).matrix
    let mean = embedded.columnMeans().map { Float($0) }
    var rows = Matrix(rowCount: count, columnCount: teacher.dimension)
    rows.values.withUnsafeMutableBufferPointer { values in
      for (place, id) in asked.enumerated() {
        for (column, value) in embedded.row(place).enumerated() {
          values[id * mean.count + column] = value - mean[column]
        }
      }
    }
    centred = rows
    self.mean = mean
    words = asked.filter { texts[$0].count >= 3 && texts[$0] == strings[$0] }.map { Int32($0) }
  }

  /// Some words, drawn by `seed`, as texts to fit to: their ids and the teacher's vectors. They say what
  /// short texts of rare words are, which no passage does.
  func examples(_ count: Int, seed: UInt64) -> (ids: [[Int32]], taught: Matrix) {
    var random = SplitMix64(seed: seed, stream: 2)
    var drawn = words
    random.shuffle(&drawn)
    drawn = Array(drawn.prefix(count))
    let columns = mean.count
    let values = drawn.flatMap { id in
      zip(centred.row(Int(id)), mean).map { $0 + $1 }
    }
    return (
      drawn.map { [$0] }, Matrix(rowCount: drawn.count, columnCount: columns, values: values)
    )
  }
}
