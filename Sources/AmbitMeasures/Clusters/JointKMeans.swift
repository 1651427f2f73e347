package import AmbitMatrix

/// One clustering of the outputs of all checkpoints: k-means by Lloyd's steps from k-means++ centres.
///
/// Rows are taken to length 1, where squared distance is twice the cosine distance. Weights let each
/// checkpoint count the same. Products are SGEMM over blocks; where two centres are nearly as near, the
/// distance is taken again in double precision, so equal rows are in one cluster wherever they stand,
/// and the result does not depend on threads. At most `iterationLimit` steps, fewer where a step gains
/// less than a ten-thousandth; more than `fittedRows` rows are fitted on that many of them. O(rows · clusters · columns) a step. Sources: Lloyd 1982,
/// IEEE Trans. Inf. Theory 28:129; Arthur & Vassilvitskii 2007, SODA 1027.
package struct JointKMeans: Sendable {
  /// The centres, one a row.
  package let centres: Matrix
  /// The cluster of every row.
  package let labels: [Int]
  /// The steps taken.
  package let iterations: Int

  package static let iterationLimit = 50
  package static let tolerance = 1e-4
  package static let fittedRows = 20_000

  /// Clusters rows.
  ///
  /// - Parameters:
  ///   - rows: unit rows or rows of zeros, as `CosineKernel.unitRows` makes them; not none.
  ///   - weights: what each row counts.
  ///   - count: how many clusters are wanted; fewer where fewer rows differ.
  package init(unitRows rows: Matrix, weights: [Double], count: Int, seed: UInt64, workers: Workers)
  {
    self.init(
      unitRows: MatrixStack([rows]), weights: weights, count: count, seed: seed, workers: workers)
  }

  /// The same of rows that are never all in one matrix.
  init(
    unitRows rows: MatrixStack, weights: [Double], count: Int, seed: UInt64, workers: Workers
  ) {
    precondition(
      rows.rowCount > 0 && rows.rowCount == weights.count && count > 0, "rows to cluster")
    var random = SeedStream.clustering.generator(seed: seed, replicate: 0)
    var chosen = Array(0..<rows.rowCount)
    if chosen.count > Self.fittedRows {
      random.shuffle(&chosen)
      chosen = chosen.prefix(Self.fittedRows).sorted()
    }
    let fitted = rows.rows(chosen)
    let fittedWeights = chosen.map { weights[$0] }
    var centres = fitted.rows(
      Self.seeds(
        fitted, weights: fittedWeights, count: count, random: &random, workers: workers))
    var assigned = NearestCentres(of: fitted, among: centres, workers: workers)
    var steps = 0
    while steps < Self.iterationLimit {
      steps += 1
      centres = Self.means(fitted, fittedWeights, assigned, centres, workers: workers)
      let next = NearestCentres(of: fitted, among: centres, workers: workers)
      let (before, after) = (assigned.cost(fittedWeights), next.cost(fittedWeights))
      assigned = next
      if before - after <= Self.tolerance * before { break }
    }
    self.centres = centres
    iterations = steps
    labels =
      fitted.rowCount == rows.rowCount
      ? assigned.indices
      : (0..<rows.partCount).flatMap {
        NearestCentres(of: rows[$0], among: centres, workers: workers).indices
      }
  }

  /// The rows that Lloyd's steps start from: each the best of a few, drawn by weight times squared
  /// distance from those before it.
  private static func seeds(
    _ rows: Matrix, weights: [Double], count: Int, random: inout SplitMix64, workers: Workers
  ) -> [Int] {
    let trials = 2 + Int(Elementary.log(Double(count)))
    var seeds = [Self.draw(weights, random: &random)]
    let norms = (0..<rows.rowCount).map { Reductions.squaredNorm(rows.row($0)) }
    var distances = squaredDistances(of: rows, norms: norms, from: seeds, workers: workers)[0]
    while seeds.count < min(count, rows.rowCount) {
      let masses = distances.indices.map { weights[$0] * distances[$0] }
      guard masses.contains(where: { $0 > 0 }) else { break }
      let candidates = (0..<trials).map { _ in Self.draw(masses, random: &random) }
      let reached = squaredDistances(
        of: rows, norms: norms, from: candidates, workers: workers)
      var best = (place: 0, cost: Double.infinity)
      for place in candidates.indices {
        var cost = 0.0
        for row in distances.indices {
          cost += weights[row] * min(distances[row], reached[place][row])
        }
        if cost < best.cost { best = (place, cost) }
      }
      seeds.append(candidates[best.place])
      for row in distances.indices {
        distances[row] = min(distances[row], reached[best.place][row])
      }
    }
    return seeds
  }

  /// An index by weights that are not negative and not all 0.
  private static func draw(_ weights: [Double], random: inout SplitMix64) -> Int {
    var target = random.uniform() * weights.reduce(0, +)
    var last = 0
    for (index, weight) in weights.enumerated() where weight > 0 {
      last = index
      target -= weight
      if target < 0 { break }
    }
    return last
  }

  /// Per origin, the squared distance of every row from it; 0 where it is next to nothing.
  private static func squaredDistances(
    of rows: Matrix, norms: [Double], from origins: [Int], workers: Workers
  ) -> [[Double]] {
    let picked = rows.rows(origins)
    let products = rows.multiplied(byTransposeOf: picked, workers: workers).values
    return origins.indices.map { place in
      let norm = norms[origins[place]]
      return norms.indices.map { row in
        let square = norms[row] + norm - 2 * Double(products[row * origins.count + place])
        return square > 1e-5 ? square : 0
      }
    }
  }

  /// The weighted mean of each cluster's rows. A cluster without rows takes the row that is farthest
  /// from its own centre, a different one each.
  private static func means(
    _ rows: Matrix, _ weights: [Double], _ assigned: NearestCentres, _ centres: Matrix,
    workers: Workers
  ) -> Matrix {
    let width = rows.columnCount
    var members = [[Int]](repeating: [], count: centres.rowCount)
    for (row, cluster) in assigned.indices.enumerated() { members[cluster].append(row) }
    if members.contains(where: \.isEmpty) {
      var farthest = assigned.indices.indices.sorted {
        (-assigned.squaredDistances[$0], $0) < (-assigned.squaredDistances[$1], $1)
      }[...]
      for cluster in members.indices where members[cluster].isEmpty {
        members[cluster] = [farthest.removeFirst()]
      }
    }
    let lists = members
    return workers.makeMatrix(rowCount: centres.rowCount, columnCount: width, blockRows: 1) {
      block, span in
      var sums = [Double](repeating: 0, count: width)
      var total = 0.0
      for row in lists[block.lowerBound] {
        let weight = weights[row]
        total += weight
        let start = row * width
        for column in 0..<width { sums[column] += weight * Double(rows.values[start + column]) }
      }
      for column in 0..<width { span[column] = Float(sums[column] / total) }
    }
  }
}
