/// `style_share`: the share of the shift of prompts' means that is one and the same for all prompts.
///
/// With `Δ_p = ȳ_p,tuned − ȳ_p,base` over m prompts, `common / total`, where
/// `common = (1/(m(m−1))) Σ_{p≠q} Δ_p·Δ_q` is unbiased for ‖E Δ‖², and
/// `total = mean‖Δ_p‖² − mean_p(tr S_p,base/r_base + tr S_p,tuned/r_tuned)` takes out the noise of means
/// over r samples. Near 1: one style was put over everything. Near 0: every prompt moved its own way.
/// Each part is unbiased, their ratio nearly so; it may leave [0, 1] by chance. Invariant to rotation,
/// translation and scale. Needs two samples per prompt on both sides.
struct StyleShare: Measure {
  let id = "style_share"
  let polarity = Polarity.neither
  let summary = "share of the prompts' shifts that is common to all: ‖E Δ‖² / E‖Δ‖², unbiased parts"
  let source = "elementary: a one-way layout of shifts, noise of means removed"

  /// The prompts' shifts, and how much of their squared length is noise.
  struct Shifts {
    /// ‖Σ Δ_p‖².
    var squaredSum = 0.0
    /// Σ ‖Δ_p‖².
    var sumOfSquares = 0.0
    /// Σ_p (tr S_p,base/r + tr S_p,tuned/r).
    var noise = 0.0
    var count = 0

    var common: Double {
      (squaredSum - sumOfSquares) / Double(count * (count - 1))
    }

    var total: Double { (sumOfSquares - noise) / Double(count) }

    /// NaN where prompts did not move by more than noise.
    var share: Double { count > 1 && total > 0 ? common / total : .nan }
  }
}
