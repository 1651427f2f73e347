/// `overconfidence_gap`: how much surer a checkpoint is than right on the reference's outputs, per token.
///
/// `G = CE − H_tf`: the mean of `−ln p(y_t | y_<t)` over the tokens of the reference's outputs, less the
/// mean entropy of the checkpoint's distributions on the same prefixes. It is the derivative of the
/// cross-entropy by a factor on the logits at 1, so it is above 0 exactly where a temperature above 1 would
/// predict these outputs better. It means over-fitting where the reference is held-out text of the kind
/// that the checkpoint was tuned on, such as human answers as baseline; with a base model as reference it
/// mixes in that the two differ. From top-k distributions it is an upper bound and flagged. H0: G = 0,
/// sign-flip test over prompts. Sources: Guo et al. 2017 for temperatures; Chen, Raventós et al. 2025.
package struct OverconfidenceGap: Measure {
  package let id = "overconfidence_gap"
  package let polarity = Polarity.neither
  package let summary =
    "cross-entropy of the reference's outputs under the checkpoint less its entropy there, per token"
  package let source = "Chen, Raventós et al. 2025, arXiv:2502.07154; Guo et al. 2017"
  package let scopes: [Scope] = [.within]
  package let domain = MeasureDomain.logprob
}
