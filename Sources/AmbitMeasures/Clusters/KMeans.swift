package import AmbitMatrix

/// Rows cut into clusters by nearest centre: k-means++ seeding, then Lloyd's iterations.
///
/// A function of the rows, the number of clusters and the seed; the number of threads changes nothing.
/// Finds a local optimum: other seeds find others. Sources: Lloyd 1982; Arthur & Vassilvitskii 2007.
package struct KMeans: Sendable {
  /// The cluster of each row.
  package let labels: [Int]
  /// One a row, in the rows' space. A cluster may be empty only where rows coincide.
  package let centres: Matrix
  /// The sum of squared distances of the rows to their centres.
  package let inertia: Double

  /// Clusters the rows. O(iterations · rows · clusters · columns).
  ///
  /// - Parameters:
  ///   - count: the number of clusters; no more than there are rows.
  ///   - replicate: of runs with one seed, which; each is seeded by itself.
  ///   - restarts: how many runs the one with the smallest inertia is chosen from.
  ///   - iterations: after so many Lloyd's iterations end where they stand.
  package static func fit(
    rows: Matrix, count: Int, seed: UInt64, replicate: Int = 0, restarts: Int = 1,
    iterations: Int = 100, workers: Workers
  ) -> KMeans {
    precondition(count >= 1 && count <= rows.rowCount, "between 1 and as many clusters as rows")
    precondition(restarts >= 1, "one run at least")
    var best: KMeans?
    for run in 0..<restarts {
      var random = SeedStream.clustering.generator(
        seed: seed, replicate: replicate * restarts + run)
      let fit = KMeans(
        rows, from: seeds(rows, count: count, random: &random), iterations: iterations,
        workers: workers)
      if best == nil || fit.inertia < best!.inertia { best = fit }
    }
    return best!
  }

  /// Rows drawn one after another, each with a chance in proportion to its squared distance from the
  /// nearest row drawn before it.
  private static func seeds(
    _ rows: Matrix, count: Int, random: inout SplitMix64
  ) -> Matrix {
    var chosen = [random.index(below: rows.rowCount)]
    var nearest = [Double](repeating: .infinity, count: rows.rowCount)
    while chosen.count < count {
      let last = rows.row(chosen[chosen.count - 1])
      var total = 0.0
      for row in nearest.indices {
        nearest[row] = min(nearest[row], Reductions.squaredDistance(rows.row(row), last))
        total += nearest[row]
      }
      var target = random.uniform() * total
      // Where all rows coincide with drawn ones any will do.
      var next = rows.rowCount - 1
      for row in nearest.indices {
        target -= nearest[row]
        if target < 0 {
          next = row
          break
        }
      }
      chosen.append(next)
    }
    return rows.rows(chosen)
  }

  private init(_ rows: Matrix, from seeds: Matrix, iterations: Int, workers: Workers) {
    var centres = seeds
    var labels: [Int] = []
    var squares: [Double] = []
    for _ in 0..<max(1, iterations) {
      let next = Self.nearest(rows, centres, workers: workers)
      if next == labels { break }
      labels = next
      squares = labels.indices.map {
        Reductions.squaredDistance(rows.row($0), centres.row(labels[$0]))
      }
      centres = Self.means(rows, &labels, &squares, count: seeds.rowCount)
    }
    self.labels = labels
    self.centres = centres
    inertia = labels.indices.reduce(0) {
      $0 + Reductions.squaredDistance(rows.row($1), centres.row(labels[$1]))
    }
  }

  /// The nearest centre of each row, the first of equally near ones.
  private static func nearest(_ rows: Matrix, _ centres: Matrix, workers: Workers) -> [Int] {
    let products = rows.multiplied(byTransposeOf: centres, workers: workers)
    let halves = (0..<centres.rowCount).map {
      Float(Reductions.squaredNorm(centres.row($0)) / 2)
    }
    let count = halves.count
    return products.values.withUnsafeBufferPointer { products in
      halves.withUnsafeBufferPointer { halves in
        (0..<rows.rowCount).map { row in
          var (best, least) = (0, Float.infinity)
          for centre in 0..<count {
            let distance = halves[centre] - products[row * count + centre]
            if distance < least { (best, least) = (centre, distance) }
          }
          return best
        }
      }
    }
  }

  /// The means of the clusters. An empty one takes the row that lies farthest from its centre.
  private static func means(
    _ rows: Matrix, _ labels: inout [Int], _ squares: inout [Double], count: Int
  ) -> Matrix {
    var sizes = [Int](repeating: 0, count: count)
    for label in labels { sizes[label] += 1 }
    for cluster in 0..<count where sizes[cluster] == 0 {
      let farthest = squares.indices.filter { sizes[labels[$0]] > 1 }
        .max { squares[$0] < squares[$1] }
      guard let farthest, squares[farthest] > 0 else { continue }
      sizes[labels[farthest]] -= 1
      labels[farthest] = cluster
      sizes[cluster] = 1
      squares[farthest] = 0
    }
    let width = rows.columnCount
    var sums = [Double](repeating: 0, count: count * width)
    for (row, label) in labels.enumerated() {
      for column in 0..<width {
        sums[label * width + column] += Double(rows.values[row * width + column])
      }
    }
    return Matrix(
      rowCount: count, columnCount: width,
      values: sums.indices.map { Float(sums[$0] / Double(max(1, sizes[$0 / width]))) })
  }
}
