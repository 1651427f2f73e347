/// `icc`: the share of variance that lies between prompts, `σ²_B / (σ²_B + σ²_W)`.
///
/// Near 1 the prompt settles the output; fine-tuning typically raises it. Higher therefore reads as
/// less diverse. May be slightly negative by estimation. Source: Fisher 1925.
struct IntraclassCorrelation: MomentMeasure {
  let id = "icc"
  let variant = ""
  let scope = Scope.pooled
  let polarity = Polarity.lower
  let summary = "share of variance between prompts, σ²_B / (σ²_B + σ²_W)"
  let source = "Fisher 1925, Statistical Methods for Research Workers"
  let effectKind = EffectKind.difference
  let samplesNeeded = 2
  let needsPrompts = true

  func value(of moments: PromptMoments) -> Double {
    let total = moments.between + moments.within
    return total > 0 ? moments.between / total : .nan
  }
}
