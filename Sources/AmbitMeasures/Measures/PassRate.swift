/// `pass_rate`: the share of outputs that pass the quality condition.
///
/// The mean over prompts of the share of a prompt's outputs; an output without a score does not pass. In
/// [0, 1]. The effect is the mean difference over prompts; neither sign is more diverse.
struct PassRate: Measure {
  let id = "pass_rate"
  let polarity = Polarity.neither
  let summary = "share of outputs that pass the quality condition"
  let source = "Karouzos, Tan & Aletras 2026, arXiv:2604.16027"
  let scopes: [Scope] = [.within]
}
