internal import AmbitMatrix

/// The area under the divergence frontier of two histograms: MAUVE, between 0 and 1.
///
/// For 25 weights w, evenly from 10⁻⁶ to 1 − 10⁻⁶, with `R = wP + (1 − w)Q`, the curve goes through
/// `(exp(−5 KL(Q‖R)), exp(−5 KL(P‖R)))`, from (1, 0) to (0, 1), by straight lines. Symmetric: it cannot
/// say which of the two is the narrower. Identical histograms give 1; disjoint ones 0.00407 (1/252 under
/// the smooth curve). Source: Pillutla et al. 2021; grid and scale as in their package.
package enum DivergenceFrontier {
  static let weights = (0..<25).map { 1e-6 + Double($0) / 24 * (1 - 2e-6) }
  static let scale = 5.0

  /// How much is added to each count: nothing, or the one half of Krichevsky and Trofimov (MAUVE*).
  package enum Smoothing: Double, CaseIterable, Sendable {
    case none = 0
    case half = 0.5
  }

  /// The area for two lists of counts over the same buckets; NaN where a set is empty.
  package static func area(base: [Int], tuned: [Int], smoothing: Smoothing) -> Double {
    let sums = Sums(base: base, tuned: tuned, smoothing: smoothing)
    guard sums.baseTotal > 0, sums.tunedTotal > 0 else { return .nan }
    var total = [Double](repeating: 0, count: 2 * weights.count)
    for bucket in base.indices { sums.add(base[bucket], tuned[bucket], to: &total) }
    return area(ofDivergences: total)
  }

  /// The area from `KL(Q‖R)` of every weight and then `KL(P‖R)` of every weight.
  static func area(ofDivergences total: [Double]) -> Double {
    var area = 0.0
    var (x, y) = (1.0, 0.0)
    for index in 0...weights.count {
      let isEnd = index == weights.count
      let nextX = isEnd ? 0 : Elementary.exp(-scale * total[index])
      let nextY = isEnd ? 1 : Elementary.exp(-scale * total[weights.count + index])
      area += (x - nextX) * (y + nextY) / 2
      (x, y) = (nextX, nextY)
    }
    return area
  }

  /// What each bucket adds to the divergences.
  struct Sums: Sendable {
    let baseTotal: Double
    let tunedTotal: Double
    private let added: Double

    init(base: [Int], tuned: [Int], smoothing: Smoothing) {
      self.init(
        baseCount: base.reduce(0, +), tunedCount: tuned.reduce(0, +), buckets: base.count,
        smoothing: smoothing)
    }

    init(baseCount: Int, tunedCount: Int, buckets: Int, smoothing: Smoothing) {
      added = smoothing.rawValue
      baseTotal = Double(baseCount) + added * Double(buckets)
      tunedTotal = Double(tunedCount) + added * Double(buckets)
    }

    /// Adds a bucket with so many rows of the reference and of the other set.
    func add(_ base: Int, _ tuned: Int, to total: inout [Double], at start: Int = 0) {
      let p = (Double(base) + added) / baseTotal
      let q = (Double(tuned) + added) / tunedTotal
      // Equal shares add nothing, and are to do so exactly.
      if p == q { return }
      for (index, weight) in DivergenceFrontier.weights.enumerated() {
        let r = weight * p + (1 - weight) * q
        if q > 0 { total[start + index] += q * Elementary.log(q / r) }
        if p > 0 {
          total[start + DivergenceFrontier.weights.count + index] += p * Elementary.log(p / r)
        }
      }
    }
  }
}

/// The frontier's area under many relabellings of the same rows.
///
/// A relabelling leaves in every bucket as many rows as there were, so what a bucket adds depends only on
/// how many of them are the checkpoint's: all possible terms are tabulated once, and a relabelling is a
/// sum of as many rows of the table as there are buckets.
package struct FrontierTable: Sendable {
  private let bucketOfRow: [Int32]
  private let bucketCount: Int
  private let terms: [Double]
  /// Per bucket, where its terms begin.
  private let starts: [Int]
  private static let width = 2 * DivergenceFrontier.weights.count

  /// - Parameters:
  ///   - labels: the bucket of each row.
  ///   - tunedCount: how many rows are the checkpoint's under every relabelling.
  package init(
    labels: [Int], bucketCount: Int, tunedCount: Int, smoothing: DivergenceFrontier.Smoothing
  ) {
    var sizes = [Int](repeating: 0, count: bucketCount)
    for label in labels { sizes[label] += 1 }
    let sums = DivergenceFrontier.Sums(
      baseCount: labels.count - tunedCount, tunedCount: tunedCount, buckets: bucketCount,
      smoothing: smoothing)
    var terms: [Double] = []
    var startOfSize: [Int: Int] = [:]
    var starts: [Int] = []
    for size in sizes {
      if let known = startOfSize[size] {
        starts.append(known)
        continue
      }
      let start = terms.count
      startOfSize[size] = start
      starts.append(start)
      terms += [Double](repeating: 0, count: (size + 1) * Self.width)
      for tuned in 0...size {
        sums.add(size - tuned, tuned, to: &terms, at: start + tuned * Self.width)
      }
    }
    bucketOfRow = labels.map { Int32($0) }
    self.bucketCount = bucketCount
    self.terms = terms
    self.starts = starts
  }

  /// The area for one grouping: 1 for the checkpoint's rows, of which there are `tunedCount`, 0 for the
  /// others.
  package func area(of groups: [UInt8]) -> Double {
    var counts = [Int](repeating: 0, count: bucketCount)
    for (row, bucket) in bucketOfRow.enumerated() { counts[Int(bucket)] += Int(groups[row]) }
    var total = [Double](repeating: 0, count: Self.width)
    terms.withUnsafeBufferPointer { terms in
      total.withUnsafeMutableBufferPointer { total in
        for bucket in counts.indices {
          let start = starts[bucket] + counts[bucket] * Self.width
          for index in 0..<Self.width { total[index] += terms[start + index] }
        }
      }
    }
    return DivergenceFrontier.area(ofDivergences: Array(total))
  }
}
