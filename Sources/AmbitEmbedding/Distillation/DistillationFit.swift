internal import AmbitMatrix

/// The regression of a distillation: tries penalties and keeps the one that does best on held-out texts.
struct DistillationFit {
  /// A fitted map from bags to the teacher's vectors, turned into the columns of the new model.
  struct Result {
    /// One row per token, to be multiplied by the token's weight; the last is that of the frame.
    let table: Matrix
    /// What is added to every text's bag.
    let offset: [Float]
    let weights: [Float]
    let penalty: Double
    /// What intercept and frame were divided by, which keeps the spread.
    let gains: Spread.Gains
    let trials: [Trial]
  }

  /// One penalty that was tried.
  struct Trial: Equatable {
    let penalty: Double
    let iterationCount: Int
    let residual: Double
    let rankCorrelation: Double
  }

  let ids: [[Int32]]
  let taught: Matrix
  let heldOutIds: [[Int32]]
  let heldOut: Matrix
  let heldOutWords: [Int]
  /// What is known of each token beforehand, as blocks of columns; all have a row per token.
  let tokenFeatures: [Matrix]
  let options: DistillationOptions

  private var tokenCount: Int { tokenFeatures[0].rowCount }

  func best(workers: Workers, progress: (Double) -> Void) -> Result {
    let weights = tokenWeights()
    let bags = TokenBags(framed(ids), weights: weights, countPower: options.countPower)
    let heldOutBags = TokenBags(
      framed(heldOutIds), weights: weights, countPower: options.countPower)
    let components = components(workers: workers)
    let targets = taught.multiplied(byTransposeOf: components, workers: workers)
    let features = framedFeatures()
    // What is known of tokens explains a part, mapped linearly; tokens that no text holds share in it.
    let described = bags.multiplied(by: features, workers: workers)
    let map = LinearMap(from: described, to: targets, penalty: Self.mapPenalty, workers: workers)
    let prior = features.multiplied(by: map.coefficients, workers: workers)
    let unexplained = targets.subtracting(
      bags.multiplied(by: prior, workers: workers), map.intercept)
    var trials: [Trial] = []
    var chosen: (table: Matrix, deviations: Matrix, penalty: Double, correlation: Double)?
    var start: Matrix?
    // From the largest penalty down: each solution is near the next, and the first is quick.
    for penalty in options.penalties.sorted(by: >) {
      let solution = RidgeRegression(penalty: penalty)
        .solve(bags, unexplained, from: start, workers: workers)
      start = solution.dual
      let table = bags.transposeMultiplied(by: solution.dual, workers: workers).adding(prior)
      let deviations = heldOutBags.multiplied(by: table, workers: workers)
      let correlation = EmbeddingFidelity(
        of: Spread.unitRows(deviations, plus: map.intercept), to: heldOut
      ).cosineRankCorrelation
      trials.append(
        Trial(
          penalty: penalty, iterationCount: solution.iterationCount, residual: solution.residual,
          rankCorrelation: correlation))
      if chosen == nil || correlation > chosen!.correlation {
        chosen = (table, deviations, penalty, correlation)
      }
      progress(Double(trials.count) / Double(options.penalties.count))
    }
    guard let chosen else { preconditionFailure("at least one penalty is tried") }
    let scales = scales(
      of: chosen.deviations,
      to: heldOut.multiplied(byTransposeOf: components, workers: workers))
    var table = chosen.table.scalingColumns(scales)
    let spread = Spread(
      deviations: chosen.deviations.scalingColumns(scales), frame: Array(table.row(tokenCount)),
      frameShares: heldOutBags.values(ofToken: tokenCount), mean: map.intercept,
      wanted: heldOut, wordCounts: heldOutWords)
    let gains = spread.bestGains()
    let first = tokenCount * table.columnCount
    table.values.withUnsafeMutableBufferPointer { values in
      for index in first..<values.count { values[index] /= Float(gains.frame) }
    }
    return Result(
      table: table, offset: map.intercept.map { Float($0 / gains.mean) }, weights: weights,
      penalty: chosen.penalty, gains: gains, trials: trials)
  }

  /// The map has some hundred numbers a column; thousands of texts leave little to penalise.
  private static let mapPenalty = 1.0

  // MARK: Bags

  /// Every text with one token more, the same for all: its share in a bag of unit length falls with the
  /// text's length, as that of a transformer's special tokens does.
  private func framed(_ ids: [[Int32]]) -> [[Int32]] {
    ids.map { $0 + [Int32(tokenCount)] }
  }

  /// a / (a + frequency) of each token among the texts fitted to, every token seen once more than it
  /// was; 1 for the frame.
  private func tokenWeights() -> [Float] {
    var counts = [Double](repeating: 1, count: tokenCount)
    for text in ids { for id in text { counts[Int(id)] += 1 } }
    let total = counts.reduce(0, +)
    let a = options.frequencySmoothing
    return counts.map { Float(a / (a + $0 / total)) } + [1]
  }

  /// All that is known of the tokens, each block scaled to a mean square length of 1; the frame has a
  /// column of its own.
  private func framedFeatures() -> Matrix {
    let scales = tokenFeatures.map { block -> Float in
      let square = Reductions.squaredNorm(block.values[...]) / Double(max(1, tokenCount))
      return square > 0 ? Float(1 / square.squareRoot()) : 0
    }
    let columns = tokenFeatures.reduce(0) { $0 + $1.columnCount }
    var values: [Float] = []
    values.reserveCapacity((tokenCount + 1) * (columns + 1))
    for row in 0..<tokenCount {
      for (block, scale) in zip(tokenFeatures, scales) {
        values += block.row(row).map { $0 * scale }
      }
      values.append(0)
    }
    values += [Float](repeating: 0, count: columns) + [1]
    return Matrix(rowCount: tokenCount + 1, columnCount: columns + 1, values: values)
  }

  // MARK: Columns

  /// The directions that hold most of the teacher's cosines: of its second moments, not centred.
  private func components(workers: Workers) -> Matrix {
    let columns = taught.columnCount
    let scatter = taught.weightedScatter(
      about: [Double](repeating: 0, count: columns), workers: workers)
    let eigen = SymmetricEigen(of: scatter, order: columns, largest: options.dimension)
    return Matrix(
      rowCount: options.dimension, columnCount: columns,
      values: eigen.vectors.flatMap { $0.map { Float($0) } })
  }

  /// What brings each column half of the way, on a log scale, from the spread that is predicted to the
  /// teacher's: a regression shrinks what it cannot tell, and all of the way would blow up its noise.
  private func scales(of predicted: Matrix, to wanted: Matrix) -> [Float] {
    zip(Self.variances(predicted), Self.variances(wanted)).map { own, teachers in
      own > 0 && teachers > 0 ? Float(min(2, max(0.5, Elementary.pow(teachers / own, 0.25)))) : 1
    }
  }

  private static func variances(_ rows: Matrix) -> [Double] {
    let means = rows.columnMeans()
    var sums = [Double](repeating: 0, count: rows.columnCount)
    for row in 0..<rows.rowCount {
      for (column, value) in rows.row(row).enumerated() {
        let deviation = Double(value) - means[column]
        sums[column] += deviation * deviation
      }
    }
    return sums
  }
}

extension Matrix {
  fileprivate func adding(_ other: Matrix) -> Matrix {
    Matrix(
      rowCount: rowCount, columnCount: columnCount,
      values: zip(values, other.values).map { $0 + $1 })
  }

  /// `self − other − row`, the row from every row.
  fileprivate func subtracting(_ other: Matrix, _ row: [Double]) -> Matrix {
    var result = self
    let row = row.map { Float($0) }
    let columns = columnCount
    result.values.withUnsafeMutableBufferPointer { values in
      other.values.withUnsafeBufferPointer { other in
        for index in values.indices { values[index] -= other[index] + row[index % columns] }
      }
    }
    return result
  }

  fileprivate func scalingColumns(_ scales: [Float]) -> Matrix {
    var result = self
    let columns = columnCount
    result.values.withUnsafeMutableBufferPointer { values in
      for index in values.indices { values[index] *= scales[index % columns] }
    }
    return result
  }
}
