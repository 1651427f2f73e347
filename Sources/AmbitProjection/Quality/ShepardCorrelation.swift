internal import AmbitMatrix

/// The rank correlation (Spearman) of the distances of pairs of rows with those in a map.
enum ShepardCorrelation {
  /// Over all pairs of the given rows, or `pairLimit` chosen by the seed, with repetition, where there
  /// are more. Equal distances share their mean rank. NaN where one side does not vary.
  static func value(
    original: Matrix, map: Matrix, rows: [Int], pairLimit: Int, seed: UInt64
  ) -> Double {
    var (first, second): ([Double], [Double]) = ([], [])
    for (a, b) in pairs(rows, limit: pairLimit, seed: seed) {
      first.append(Reductions.squaredDistance(original.row(a), original.row(b)))
      second.append(Reductions.squaredDistance(map.row(a), map.row(b)))
    }
    return correlation(ranks(first), ranks(second))
  }

  private static func pairs(_ rows: [Int], limit: Int, seed: UInt64) -> [(Int, Int)] {
    guard rows.count >= 2 else { return [] }
    if rows.count * (rows.count - 1) / 2 <= limit {
      return rows.indices.flatMap { i in rows[(i + 1)...].map { (rows[i], $0) } }
    }
    var random = SplitMix64(seed: seed, stream: 0x5e9a)
    return (0..<limit).map { _ in
      let first = random.index(below: rows.count)
      let other = random.index(below: rows.count - 1)
      return (rows[first], rows[other < first ? other : other + 1])
    }
  }

  static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      let mean = Double(start + end - 1) / 2
      for index in start..<end { ranks[order[index]] = mean }
      start = end
    }
    return ranks
  }

  private static func correlation(_ a: [Double], _ b: [Double]) -> Double {
    guard !a.isEmpty else { return .nan }
    let middle = Double(a.count - 1) / 2
    var (ab, aa, bb) = (0.0, 0.0, 0.0)
    for (x, y) in zip(a, b) {
      ab += (x - middle) * (y - middle)
      aa += (x - middle) * (x - middle)
      bb += (y - middle) * (y - middle)
    }
    return ab / (aa * bb).squareRoot()
  }
}
