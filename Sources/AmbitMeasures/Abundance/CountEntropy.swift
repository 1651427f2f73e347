internal import AmbitMatrix

/// Shannon entropies, in nats, of a law of which only counts are known.
///
/// The plain one falls short, the more so the more kinds are rare; `chaoWangJost` is the default and
/// `chaoShen` a second opinion. No estimate can know what a law of endlessly many kinds holds.
package enum CountEntropy {
  /// Chao, Wang and Jost's estimate from the abundances of the kinds seen; NaN of nothing.
  ///
  /// The plain `−Σ p̂ log p̂` falls short by about (kinds − 1)/2n, much more where most kinds are rare.
  /// This one adds what the kinds seen once and twice say of those not seen. Source: Chao, Wang & Jost,
  /// Methods Ecol. Evol. 4:1091 (2013), eq. 4a.
  package static func chaoWangJost(_ abundances: [Int]) -> Double {
    chaoWangJost(AbundanceCounts(abundances))
  }

  /// The plug-in `−Σ p̂ log p̂`; biased by about −(kinds − 1)/2n.
  package static func plugIn(_ abundances: [Int]) -> Double { plugIn(AbundanceCounts(abundances)) }

  /// Chao and Shen's estimate: `−Σ p̃ log p̃ / (1 − (1 − p̃)ⁿ)`, where `p̃ = p̂ (1 − f₁/n)`; NaN of
  /// nothing.
  ///
  /// Shares are shrunk by what the sample covers, and each term is divided by the chance that its kind
  /// is seen at all. Where every kind was seen once, one of them is taken not to be, as the authors do.
  /// Source: Chao & Shen 2003, Environ. Ecol. Stat. 10:429, (8).
  package static func chaoShen(_ abundances: [Int]) -> Double {
    chaoShen(AbundanceCounts(abundances))
  }

  /// As `plugIn` of abundances; NaN of nothing.
  package static func plugIn(_ counts: AbundanceCounts) -> Double {
    guard counts.total > 0 else { return .nan }
    let n = Double(counts.total)
    return counts.sum { -Double($0) / n * Elementary.log(Double($0) / n) }
  }

  /// As `chaoShen` of abundances.
  package static func chaoShen(_ counts: AbundanceCounts) -> Double {
    guard counts.total > 0 else { return .nan }
    let n = Double(counts.total)
    guard counts.kinds > 1 else { return 0 }
    let once = counts.once == counts.total ? n - 1 : Double(counts.once)
    let coverage = 1 - once / n
    return counts.sum { count in
      let share = coverage * Double(count) / n
      return -share * Elementary.log(share) / (1 - Elementary.pow(1 - share, n))
    }
  }

  /// As `chaoWangJost` of abundances.
  package static func chaoWangJost(_ counts: AbundanceCounts) -> Double {
    let n = counts.total
    guard n > 0 else { return .nan }
    let all = harmonic(n - 1)
    let seen = counts.sum { Double($0) / Double(n) * (all - harmonic($0 - 1)) }
    return seen + unseen(n: n, once: Double(counts.once), twice: Double(counts.twice))
  }

  /// `(f₁/n)(1 − A)^{1−n} (−log A − Σ_{r<n} (1 − A)^r / r)`; the bracket is the rest of the logarithm's
  /// series, so the whole is `(f₁/n) Σ_{j≥0} (1 − A)^{j+1} / (n + j)`.
  private static func unseen(n: Int, once: Double, twice: Double) -> Double {
    let size = Double(n)
    guard once > 0, n > 1 else { return 0 }
    let a =
      twice > 0
      ? 2 * twice / ((size - 1) * once + 2 * twice) : 2 / ((size - 1) * (once - 1) + 2)
    let z = 1 - a
    guard z > 0 else { return 0 }
    return once / size * z / size * tail(z, size)
  }

  /// `Σ_{j≥0} z^j n / (n + j)` = ₂F₁(1, n; n + 1; z), by Gauss's continued fraction (Lentz), which
  /// settles in some √n steps also where z is next to 1.
  private static func tail(_ z: Double, _ n: Double) -> Double {
    var c = 1.0
    var d = 0.0
    var fraction = 1.0
    for step in 1..<100_000 {
      let half = Double(step / 2)
      let numerator =
        step % 2 == 1
        ? -(n + half) * (n + half) * z / ((n + 2 * half) * (n + 2 * half + 1))
        : -half * half * z / ((n + 2 * half - 1) * (n + 2 * half))
      d = 1 / (1 + numerator * d)
      c = 1 + numerator / c
      fraction *= c * d
      if abs(c * d - 1) < 1e-14 { break }
    }
    return 1 / fraction
  }

  /// `Σ_{k=1}^{n} 1/k`.
  private static func harmonic(_ n: Int) -> Double {
    if n < small.count { return small[n] }
    let x = Double(n)
    let inverse = 1 / (x * x)
    return Elementary.log(x) + 0.577_215_664_901_532_9 + 1 / (2 * x)
      - inverse * (1 / 12 - inverse * (1 / 120 - inverse / 252))
  }

  private static let small: [Double] = (1..<64).reduce(into: [0]) {
    $0.append($0.last! + 1 / Double($1))
  }
}
