package import AmbitMatrix

extension HeldOutClassifier {
  /// About the operations of one relabelling.
  var relabellingCost: Double {
    Double(rowCount) * Double(4 * width)
      + folds.reduce(0) { $0 + Double($1.count) * Double($1.count) } / 8
  }

  /// The share of pairs won (`FoldWins.share`) under many relabellings.
  ///
  /// For each fold the scores are `H (Zᵀy − Z_fᵀy_f)` with `H = Z_f (ZᵀZ − Z_fᵀZ_f + 1)⁻¹`, so those of
  /// a block of relabellings are two matrix products: 4 · rows · columns operations a relabelling.
  ///
  /// - Parameter write: writes the groups of one replicate, 0, 1, or 2 for left out; a function of the
  ///   replicate's number.
  package func shares(
    _ replicates: Int, workers: Workers, write: @Sendable (Int, inout [UInt8]) -> Void
  ) -> [Double] {
    let width = width
    let parts = folds.map { rows in
      Matrix(
        rowCount: rows.count, columnCount: width,
        values: rows.flatMap { row in (0..<width).map { Float(features[row * width + $0]) } })
    }
    let predictors = zip(folds, factors).map { rows, factor in
      Matrix(
        rowCount: rows.count, columnCount: width,
        values: rows.flatMap { row in
          factor.solution(of: Array(features[row * width..<(row + 1) * width])).map { Float($0) }
        })
    }
    let size = 256
    let blocks = workers.map((replicates + size - 1) / size) { block in
      let range = block * size..<min(replicates, (block + 1) * size)
      return shares(of: range, parts: parts, predictors: predictors, write: write)
    }
    return Array(blocks.joined())
  }

  private func shares(
    of range: Range<Int>, parts: [Matrix], predictors: [Matrix],
    write: (Int, inout [UInt8]) -> Void
  ) -> [Double] {
    let alone = Workers(threadCount: 1)
    var groups = [UInt8](repeating: 0, count: rowCount)
    var all: [UInt8] = []
    all.reserveCapacity(range.count * rowCount)
    for replicate in range {
      write(replicate, &groups)
      all += groups
    }
    // Per fold, one row of right sides a replicate.
    let sums = zip(folds, parts).map { rows, part in
      var signs: [Float] = []
      signs.reserveCapacity(range.count * rows.count)
      for own in 0..<range.count {
        for row in rows {
          let group = all[own * rowCount + row]
          signs.append(group == 1 ? 1 : (group == 0 ? -1 : 0))
        }
      }
      return Matrix(rowCount: range.count, columnCount: rows.count, values: signs)
        .multiplied(by: part, workers: alone).values
    }
    var total = [Float](repeating: 0, count: range.count * width)
    for sum in sums {
      for index in total.indices { total[index] += sum[index] }
    }
    var found = [FoldWins](repeating: FoldWins(), count: range.count)
    var (base, tuned): ([Float], [Float]) = ([], [])
    for (fold, rows) in folds.enumerated() {
      let right = zip(total, sums[fold]).map { $0 - $1 }
      let scores = Matrix(rowCount: range.count, columnCount: width, values: right)
        .multiplied(byTransposeOf: predictors[fold], workers: alone).values
      for own in 0..<range.count {
        base.removeAll(keepingCapacity: true)
        tuned.removeAll(keepingCapacity: true)
        for (column, row) in rows.enumerated() {
          let group = all[own * rowCount + row]
          if group == 0 { base.append(scores[own * rows.count + column]) }
          if group == 1 { tuned.append(scores[own * rows.count + column]) }
        }
        base.withUnsafeBufferPointer { base in
          tuned.withUnsafeBufferPointer { found[own].add(base: base, tuned: $0) }
        }
      }
    }
    return found.map(\.share)
  }
}
