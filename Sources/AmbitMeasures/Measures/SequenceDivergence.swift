/// `kl` [to_base from_base asymmetry]: Kullback–Leibler divergences of two models, in nats an output.
///
/// Where both models score the same outputs. `to_base` is `KL(checkpoint ‖ reference)`, the mean of
/// `ln p_c(y) − ln p_r(y)` over the checkpoint's outputs; `from_base` is `KL(reference ‖ checkpoint)`, the
/// mean of `ln p_r(y) − ln p_c(y)` over the reference's. Each is unbiased and needs outputs of the model
/// it starts from; none is estimated by weighting outputs of the other, whose variance has no bound.
/// `asymmetry` is `from_base − to_base`: above 0 the checkpoint dropped more of what the reference writes
/// than it invented; its p value is the sign-flip test over prompts. The divergences have none: they are 0
/// for equal models and above it for all others. Sources: Kullback & Leibler 1951; Csiszár & Shields 2004.
package struct SequenceDivergence: Measure {
  package let id = "kl"
  package let polarity = Polarity.neither
  package let summary = "Kullback–Leibler divergence per output, where both models score the same"
  package let source = "Kullback & Leibler 1951, Ann. Math. Stat. 22:79"
  package let variants = ["to_base", "from_base", "asymmetry"]
  package let scopes: [Scope] = [.within]
  package let domain = MeasureDomain.logprob
}
