/// `effective_rank`: how many directions the outputs spread in, by entropy.
///
/// `exp(−Σ p ln p)` with `p = λ / Σ λ`, λ the eigenvalues of the covariance. Between 1 and
/// min(n − 1, width). Falls short with few outputs, so only equal numbers compare. Invariant to
/// rotation, translation and scale: it says how many directions, not how far. One eigenproblem of order
/// min(n, width). Source: Roy & Vetterli 2007.
package struct EffectiveRank: SpectrumMeasure {
  package let id = "effective_rank"
  package let polarity = Polarity.higher
  package let summary = "number of directions of spread, exp of the entropy of the variance shares"
  package let source = "Roy & Vetterli 2007, EUSIPCO"
  package let variants = [""]
  package let matrix = SpectrumMatrix.covariance
  package let dependsOnCount = true

  package init() {}

  package func values(of spectrum: [Double], count: Int) -> [Double] {
    let total = spectrum.reduce(0, +)
    return [total > 0 ? HillNumber.one(spectrum.map { $0 / total }) : .nan]
  }
}
