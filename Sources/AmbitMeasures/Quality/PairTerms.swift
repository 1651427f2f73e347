internal import AmbitMatrix

/// A measure of some outputs of a prompt that is a function of a mean over pairs of them.
enum PairStatistic: CaseIterable, Sendable {
  case dispersion
  case rke
  case meanCosineDistance

  /// The measure whose value it is.
  var measure: any Measure {
    switch self {
    case .dispersion: DispersionWithin()
    case .rke: RKEWithin()
    case .meanCosineDistance: MeanCosineDistanceWithin()
    }
  }

  /// The value of a mean over pairs of different outputs.
  func value(ofMean mean: Double) -> Double {
    self == .rke ? (mean > 0 ? 1 / mean : .nan) : mean
  }
}

/// A measure of spread within prompts, taken of passing outputs, with the parts of its loss.
///
/// Its formula is that of the measure it is named after, see there; the parts are told in `QualitySuite`.
struct SplitMeasure: Measure {
  private let whole: any Measure

  init(_ statistic: PairStatistic) { whole = statistic.measure }

  var id: String { whole.id }
  var polarity: Polarity { whole.polarity }
  var summary: String { "of passing outputs, and the parts of its loss: " + whole.summary }
  var source: String { "Karouzos, Tan & Aletras 2026, arXiv:2604.16027; " + whole.source }
  var variants: [String] { QualityEngine.parts.map(\.variant) }
  var scopes: [Scope] { [.within] }
}

/// The pairs of one prompt's outputs, ready for many subsets.
struct PairTerms: Sendable {
  private let count: Int
  /// Per statistic, `count × count`, symmetric.
  private let terms: [[Double]]

  /// O(rows² · columns).
  init(_ rows: Matrix) {
    let count = rows.rowCount
    let unit = CosineKernel.unitRows(rows)
    var terms = [[Double]](
      repeating: [Double](repeating: 0, count: count * count),
      count: PairStatistic.allCases.count)
    for first in 0..<count {
      for second in 0..<first {
        let cosine = Reductions.dot(unit.row(first), unit.row(second))
        let square = Reductions.squaredDistance(rows.row(first), rows.row(second))
        for (index, value) in [square / 2, cosine * cosine, max(0, 1 - cosine)].enumerated() {
          terms[index][first * count + second] = value
          terms[index][second * count + first] = value
        }
      }
    }
    self.count = count
    self.terms = terms
  }

  /// The value of each statistic for a subset of two outputs at least.
  func values(of subset: [Int]) -> [Double] {
    let pairs = Double(subset.count * (subset.count - 1)) / 2
    return PairStatistic.allCases.enumerated().map { index, statistic in
      var sum = 0.0
      for first in subset.indices {
        for second in 0..<first { sum += terms[index][subset[first] * count + subset[second]] }
      }
      return statistic.value(ofMean: sum / pairs)
    }
  }

  /// The most subsets that are looked at.
  static let mostSubsets = 200

  /// Subsets of `size` of some outputs: all of them where they are no more than 200, else 200 drawn ones.
  static func subsets(of outputs: [Int], size: Int, random: inout SplitMix64) -> [[Int]] {
    var possible = 1.0
    for index in 0..<size { possible *= Double(outputs.count - index) / Double(index + 1) }
    guard possible > Double(mostSubsets) + 0.5 else { return combinations(of: outputs, size: size) }
    return (0..<mostSubsets).map { _ in
      var pool = outputs
      for index in 0..<size {
        pool.swapAt(index, index + random.index(below: pool.count - index))
      }
      return Array(pool[..<size])
    }
  }

  private static func combinations(of outputs: [Int], size: Int) -> [[Int]] {
    if size == 0 { return [[]] }
    return outputs.indices.prefix(max(0, outputs.count - size + 1)).flatMap { index in
      combinations(of: Array(outputs[(index + 1)...]), size: size - 1).map { [outputs[index]] + $0 }
    }
  }
}
