internal import AmbitMatrix

/// The regression of a distillation: tries penalties and keeps the one that does best on held-out texts.
struct DistillationFit {
  /// A fitted map from bags to the teacher's vectors.
  struct Result {
    /// T: one row per token, in the teacher's columns, to be multiplied by the token's weight.
    let table: Matrix
    /// The mean of the teacher's vectors.
    let mean: [Double]
    let weights: [Float]
    /// The directions kept of the teacher's columns, one a row.
    let components: Matrix
    let penalty: Double
    /// How much of the teacher's vector the bag explains on held-out texts is shrunk; the mean is divided
    /// by this, which keeps the spread.
    let gain: Double
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
  let tokenVectors: Matrix
  let options: DistillationOptions

  func best(workers: Workers, progress: (Double) -> Void) -> Result {
    let weights = tokenWeights()
    let bags = TokenBags(ids, weights: weights, countPower: options.countPower)
    let heldOutBags = TokenBags(heldOutIds, weights: weights, countPower: options.countPower)
    let mean = taught.columnMeans()
    let (prior, targets) = residual(bags, mean: mean, workers: workers)
    var trials: [Trial] = []
    var chosen: (table: Matrix, deviations: Matrix, penalty: Double, correlation: Double)?
    var start: Matrix?
    // From the largest penalty down: each solution is near the next, and the first is quick.
    for penalty in options.penalties.sorted(by: >) {
      let solution = RidgeRegression(penalty: penalty)
        .solve(bags, targets, from: start, workers: workers)
      start = solution.dual
      var table = bags.transposeMultiplied(by: solution.dual, workers: workers)
      table.values.withUnsafeMutableBufferPointer { values in
        for index in values.indices { values[index] += prior.values[index] }
      }
      let deviations = heldOutBags.multiplied(by: table, workers: workers)
      let correlation = EmbeddingFidelity(
        of: Self.unitRows(deviations, plus: mean, over: 1), to: heldOut
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
    return Result(
      table: chosen.table, mean: mean, weights: weights, components: components(workers: workers),
      penalty: chosen.penalty, gain: gain(chosen.deviations, mean: mean), trials: trials)
  }

  /// a / (a + frequency) of each token among the texts fitted to, every token seen once more than it was.
  private func tokenWeights() -> [Float] {
    var counts = [Double](repeating: 1, count: tokenVectors.rowCount)
    for text in ids { for id in text { counts[Int(id)] += 1 } }
    let total = counts.reduce(0, +)
    let a = options.frequencySmoothing
    return counts.map { Float(a / (a + $0 / total)) }
  }

  /// The tokens' own vectors, scaled to explain the texts best, and what they leave unexplained.
  private func residual(
    _ bags: TokenBags, mean: [Double], workers: Workers
  ) -> (prior: Matrix, targets: Matrix) {
    var targets = taught
    let columns = mean.count
    let middle = mean.map { Float($0) }
    targets.values.withUnsafeMutableBufferPointer { values in
      for index in values.indices { values[index] -= middle[index % columns] }
    }
    let explained = bags.multiplied(by: tokenVectors, workers: workers)
    let along = Reductions.dot(explained.values[...], targets.values[...])
    let size = Reductions.squaredNorm(explained.values[...])
    let scale = size > 0 ? Float(along / size) : 0
    targets.values.withUnsafeMutableBufferPointer { values in
      for index in values.indices { values[index] -= scale * explained.values[index] }
    }
    let prior = Matrix(
      rowCount: tokenVectors.rowCount, columnCount: columns,
      values: tokenVectors.values.map { scale * $0 })
    return (prior, targets)
  }

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

  /// The gain with which held-out texts of every length spread as the teacher spreads them.
  private func gain(_ deviations: Matrix, mean: [Double]) -> Double {
    let bins = WordCountBin.all.map { bin in
      heldOutWords.indices.filter { bin.words.contains(heldOutWords[$0]) }
    }.filter { $0.count >= 20 }
    let rows = bins.isEmpty ? [Array(heldOutWords.indices)] : bins
    var best = (gain: 1.0, error: Double.infinity)
    for step in -4...12 {
      let gain = Elementary.pow(2, Double(step) / 4)
      let model = Self.unitRows(deviations, plus: mean, over: gain)
      let error = rows.reduce(0.0) { sum, rows in
        let spread = EmbeddingFidelity.dispersion(of: model, rows)
        let wanted = EmbeddingFidelity.dispersion(of: heldOut, rows)
        guard spread > 0, wanted > 0 else { return sum }
        let ratio = Elementary.log(spread / wanted)
        return sum + ratio * ratio
      }
      if error < best.error { best = (gain, error) }
    }
    return best.gain
  }

  /// Rows of `mean / gain + deviation`, scaled to unit length.
  static func unitRows(_ deviations: Matrix, plus mean: [Double], over gain: Double) -> Matrix {
    var rows = deviations
    let columns = mean.count
    let offset = mean.map { Float($0 / gain) }
    rows.values.withUnsafeMutableBufferPointer { values in
      for start in stride(from: 0, to: values.count, by: columns) {
        var squares = 0.0
        for column in 0..<columns {
          values[start + column] += offset[column]
          squares += Double(values[start + column]) * Double(values[start + column])
        }
        let scale = squares > 0 ? Float(1 / squares.squareRoot()) : 0
        for column in 0..<columns { values[start + column] *= scale }
      }
    }
    return rows
  }
}

/// A range of text lengths that a report tells apart.
struct WordCountBin: Sendable {
  let words: Range<Int>

  static let all = [0..<25, 25..<50, 50..<100, 100..<Int.max].map { WordCountBin(words: $0) }

  var label: String {
    words.upperBound == Int.max
      ? "\(words.lowerBound) or more" : "\(words.lowerBound) to \(words.upperBound - 1)"
  }
}
