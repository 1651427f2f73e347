internal import AmbitMatrix

/// Hill's effective number of kinds: how many equal shares would be as diverse.
package enum HillNumber {
  /// `exp(−Σ p ln p)`, of order 1. Shares add up to 1.
  package static func one(_ shares: [Double]) -> Double {
    Elementary.exp(-shares.reduce(0) { $0 + ($1 > 0 ? $1 * Elementary.log($1) : 0) })
  }

  /// `1 / Σ p²`, of order 2.
  package static func two(_ shares: [Double]) -> Double {
    1 / shares.reduce(0) { $0 + $1 * $1 }
  }

  /// `1 / max p`, of order infinity.
  package static func infinity(_ shares: [Double]) -> Double { 1 / (shares.max() ?? .nan) }
}
