public import AmbitMatrix

/// How near one embedding of some texts is to another: the figures that a distilled model is judged by.
public struct EmbeddingFidelity: Equatable, Sendable {
  /// Spearman's correlation of the cosines of pairs of texts, between −1 and 1.
  public var cosineRankCorrelation: Double
  /// The log of the dispersion beside the teacher's: 0 where the spread is kept.
  public var logDispersionRatio: Double
  /// Spearman's correlation over groups of the dispersion within each; nil with fewer than 3 groups.
  public var groupRankCorrelation: Double?
  /// How many texts were compared.
  public var textCount: Int

  /// Compares rows i of both matrices, which are unit vectors of the same text.
  ///
  /// Dispersion is 1 − ‖mean‖², the total variance of unit rows. Pairs are drawn by `seed`, at most
  /// 50,000.
  /// - Parameter groups: rows that belong together, such as the outputs for one prompt; groups of fewer
  ///   than 3 rows are left out.
  public init(of model: Matrix, to teacher: Matrix, groups: [[Int]] = [], seed: UInt64 = 0) {
    precondition(model.rowCount == teacher.rowCount, "both embed the same texts")
    textCount = model.rowCount
    let pairs = Self.pairs(of: model.rowCount, seed: seed)
    cosineRankCorrelation = Self.rankCorrelation(
      pairs.map { Reductions.dot(model.row($0), model.row($1)) },
      pairs.map { Reductions.dot(teacher.row($0), teacher.row($1)) })
    let all = Array(0..<model.rowCount)
    logDispersionRatio =
      Elementary.log(Self.dispersion(of: model, all))
      - Elementary.log(Self.dispersion(of: teacher, all))
    let large = groups.filter { $0.count >= 3 }
    groupRankCorrelation =
      large.count < 3
      ? nil
      : Self.rankCorrelation(
        large.map { Self.dispersion(of: model, $0) },
        large.map { Self.dispersion(of: teacher, $0) })
  }

  /// 1 − ‖mean of the rows‖², never below 0.
  static func dispersion(of matrix: Matrix, _ rows: [Int]) -> Double {
    guard !rows.isEmpty else { return 0 }
    var sums = [Double](repeating: 0, count: matrix.columnCount)
    for row in rows {
      for (column, value) in matrix.row(row).enumerated() { sums[column] += Double(value) }
    }
    let count = Double(rows.count)
    return max(0, 1 - sums.reduce(0) { $0 + ($1 / count) * ($1 / count) })
  }

  /// Spearman's correlation: Pearson's of the ranks, ties at their mean rank; 0 where one side is constant.
  package static func rankCorrelation(_ a: [Double], _ b: [Double]) -> Double {
    precondition(a.count == b.count, "both sides have a value each")
    let (x, y) = (ranks(a), ranks(b))
    let middle = Double(a.count + 1) / 2
    var (xy, xx, yy) = (0.0, 0.0, 0.0)
    for (left, right) in zip(x, y) {
      xy += (left - middle) * (right - middle)
      xx += (left - middle) * (left - middle)
      yy += (right - middle) * (right - middle)
    }
    return xx > 0 && yy > 0 ? xy / (xx * yy).squareRoot() : 0
  }

  /// The probability that a positive has a larger score than a negative, ties half: the area under the
  /// curve of the receiver operating characteristic. Nil where one of them is absent.
  public static func areaUnderCurve(scores: [Double], isPositive: [Bool]) -> Double? {
    precondition(scores.count == isPositive.count, "one judgement a score")
    let positives = isPositive.count { $0 }
    let negatives = isPositive.count - positives
    guard positives > 0, negatives > 0 else { return nil }
    let rankSum = zip(ranks(scores), isPositive).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
    let least = Double(positives) * Double(positives + 1) / 2
    return (rankSum - least) / (Double(positives) * Double(negatives))
  }

  private static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for place in start..<end { ranks[order[place]] = Double(start + end + 1) / 2 }
      start = end
    }
    return ranks
  }

  private static func pairs(of count: Int, seed: UInt64) -> [(Int, Int)] {
    let limit = 50_000
    if count * (count - 1) / 2 <= limit {
      return (0..<count).flatMap { row in (0..<row).map { ($0, row) } }
    }
    var random = SplitMix64(seed: seed)
    return (0..<limit).map { _ in
      let first = random.index(below: count)
      return (first, (first + 1 + random.index(below: count - 1)) % count)
    }
  }
}
