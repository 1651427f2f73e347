/// `split_half_spread`: the spread that the two halves of each output share.
///
/// `tr Cov(h₁, h₂)`, h₁ and h₂ the vectors of an output's odd and even sentences, covariance with n − 1:
/// the mean over prompts of it among a prompt's samples (`within`), or of all outputs (`pooled`). The
/// vector of a text is a mean over its tokens, whose noise falls as texts get longer, and takes the
/// spread of whole vectors down with it; the noises of two halves are independent, so their covariance
/// holds what outputs are about. Unbiased at any number of samples; it may be negative. Unit: a squared
/// distance. Where vectors have unit length noise still shortens what they share, a little more in short
/// texts. Invariant to rotation and translation of both halves.
///
/// As `4 Cov(h₁, h₂) = Cov(h₁ + h₂) − Cov(h₁ − h₂)` but for a part without trace, it is the dispersion of
/// the halves' mean less that of half their difference, and is resampled as dispersion is.
struct SplitHalfSpread: MomentMeasure {
  let scope: Scope
  let id = "split_half_spread"
  let variant = ""
  let polarity = Polarity.higher
  let source = "elementary: reliability by split halves (Spearman 1910) as a covariance"
  let effectKind = EffectKind.logRatio
  let isOfHalves = true

  var samplesNeeded: Int { scope == .within ? 2 : 1 }
  var needsPrompts: Bool { scope == .within }

  var summary: String {
    "covariance of the vectors of two halves of an output, "
      + (scope == .within ? "mean over prompts" : "among all outputs")
  }

  func value(of moments: PromptMoments) -> Double {
    scope == .within
      ? moments.within
      : (moments.squares - moments.normOfSums / moments.rows) / (moments.rows - 1)
  }
}
