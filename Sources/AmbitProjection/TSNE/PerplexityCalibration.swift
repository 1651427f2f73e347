internal import AmbitMatrix

/// How strongly a row is drawn to each of its neighbours: a Gaussian whose width gives each row the
/// same perplexity.
///
/// p(j|i) ∝ exp(−βᵢ·d²ᵢⱼ) over the neighbours of i, with βᵢ such that the entropy is ln(perplexity).
/// Several perplexities: the mean of their distributions. Where at least as many neighbours lie
/// at distance 0 as the perplexity asks for, those share the weight equally; where all
/// distances are equal, all neighbours do.
struct PerplexityCalibration: Sendable {
  let perplexities: [Double]

  /// `n × k` shares, each row adding up to 1, in the order of the neighbours.
  func shares(for neighbours: NearestNeighbours, workers: Workers) -> [Float] {
    let count = neighbours.neighbourCount
    let rows = neighbours.rowCount
    return [Float](unsafeUninitializedCapacity: rows * count) { target, initializedCount in
      // Each block writes its own rows.
      nonisolated(unsafe) let target = target
      workers.forEachBlock(of: rows, size: 256) { block in
        let padded = (count + 15) / 16 * 16
        let distances = SharedBuffer<Float>(repeating: 0, count: padded)
        let weights = SharedBuffer<Float>(repeating: 0, count: padded)
        for row in block {
          let found = neighbours.distances[row * count..<(row + 1) * count]
          share(found, scaled: distances.pointer, weights: weights.pointer, padded: padded) {
            target[row * count + $0] = $1
          }
        }
      }
      initializedCount = rows * count
    }
  }

  private func share(
    _ found: ArraySlice<Float>, scaled: UnsafeMutablePointer<Float>,
    weights: UnsafeMutablePointer<Float>, padded: Int, store: (Int, Float) -> Void
  ) {
    // Squares less the smallest, in units of their mean: β is near 1 whatever the data's unit.
    let nearest = Double(found.first ?? 0)
    let squares = found.map { Double($0) * Double($0) - nearest * nearest }
    let mean = squares.reduce(0, +) / Double(max(1, squares.count))
    guard mean > 0 else {
      for index in squares.indices { store(index, 1 / Float(squares.count)) }
      return
    }
    for index in 0..<padded {
      scaled[index] = index < squares.count ? Float(squares[index] / mean) : 1e30
    }
    var shares = [Float](repeating: 0, count: squares.count)
    for perplexity in perplexities {
      let total = calibrate(
        scaled, weights, padded, entropy: Elementary.log(min(perplexity, Double(squares.count))))
      let factor = 1 / (total * Double(perplexities.count))
      for index in shares.indices { shares[index] += Float(Double(weights[index]) * factor) }
    }
    for index in shares.indices { store(index, shares[index]) }
  }

  /// Finds β by Newton's steps within a bracket; leaves the weights and returns their sum.
  private func calibrate(
    _ distances: UnsafePointer<Float>, _ weights: UnsafeMutablePointer<Float>, _ padded: Int,
    entropy: Double
  ) -> Double {
    var beta = 1.0
    var (low, high) = (0.0, Double.infinity)
    var total = 0.0
    for _ in 0..<64 {
      let sums = gaussian(distances, weights, padded, beta: Float(beta))
      total = Double(sums.weight)
      let first = Double(sums.first) / total
      let excess = Elementary.log(total) + beta * first - entropy
      if abs(excess) < 1e-5 { break }
      if excess > 0 { low = beta } else { high = beta }
      let variance = Double(sums.second) / total - first * first
      let newton = beta + excess / max(beta * variance, 1e-12)
      let middle = high.isFinite ? (low + high) / 2 : 2 * beta
      let isUseful = newton > low && newton < (high.isFinite ? high : 4 * beta)
      beta = isUseful ? newton : middle
      if beta > 1e9 { break }
    }
    return total
  }
}

/// exp(−β·d) for all distances, and the sums of it, of it times d, and of it times d².
private func gaussian(
  _ distances: UnsafePointer<Float>, _ weights: UnsafeMutablePointer<Float>, _ count: Int,
  beta: Float
) -> (weight: Float, first: Float, second: Float) {
  var (weight, first, second) = (Lanes.zero, Lanes.zero, Lanes.zero)
  var index = 0
  while index < count {
    let distance = distances.lanes(index)
    let value = (distance * -beta).exponential
    weights.setLanes(index, value)
    let product = value * distance
    weight += value
    first += product
    second += product * distance
    index += 16
  }
  return (weight.total, first.total, second.total)
}
