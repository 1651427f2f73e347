internal import AmbitMatrix

/// `log_volume` [k]: the logarithm of the volume that outputs fill in k shared directions.
///
/// `½ log det S` in the k leading principal components of all checkpoints, each weighing the same; the
/// exact bias for Gaussian rows, `½ Σ_{i≤k} [ψ((n − i)/2) − log((n − 1)/2)]`, is taken off. In nats; the
/// entropy of a Gaussian is this plus `k/2 · log 2πe`. k is 10 and 50, or a tenth of the outputs where
/// they are fewer: no volume is taken in as many directions as there are outputs. A difference of two
/// does not change under any linear map of the components. Blind to modes; poor with outliers.
/// O(n k² + width³).
package struct LogVolume: Measure {
  package let id = "log_volume"
  package let polarity = Polarity.higher
  package let summary = "½ log det of the covariance in k shared components, less its bias"
  package let source = "Muirhead 1982, Aspects of Multivariate Statistical Theory, 3.2"

  /// Where there are outputs enough.
  package var variants: [String] { Self.components.map { "k\($0)" } }

  /// The numbers of components wanted.
  static let components = [10, 50]

  /// How many components n outputs allow of those wanted, ascending; none where n < 10.
  static func counts(rows: Int, width: Int) -> [Int] {
    var counts: [Int] = []
    for wanted in components {
      let allowed = min(wanted, rows / 10, width)
      if allowed >= 1, counts.last != allowed { counts.append(allowed) }
    }
    return counts
  }

  /// What `½ log det S` of n Gaussian rows exceeds `½ log det Σ` by, in the mean.
  package static func bias(rows: Int, components: Int) -> Double {
    let n = Double(rows)
    return (1...components).reduce(0) {
      $0 + (Digamma.value((n - Double($1)) / 2) - Elementary.log((n - 1) / 2)) / 2
    }
  }
}
