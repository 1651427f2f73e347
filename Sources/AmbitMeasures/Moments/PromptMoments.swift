/// What the dispersion measures need to know of a group of prompts: sums of per-prompt moments.
///
/// All vectors are about one common centre, which no measure may depend on.
package struct PromptMoments: Equatable, Sendable {
  /// Σ w: the number of prompts, counted with multiplicity.
  package var prompts = 0.0
  /// Σ w ‖x̄_p‖².
  package var meanNorms = 0.0
  /// ‖Σ w x̄_p‖².
  package var normOfMeans = 0.0
  /// Σ w tr S_p.
  package var traces = 0.0
  /// Σ w tr S_p / r_p.
  package var scaledTraces = 0.0
  /// Σ w r_p: the number of outputs.
  package var rows = 0.0
  /// Σ w Σ_r ‖x_pr‖².
  package var squares = 0.0
  /// ‖Σ w Σ_r x_pr‖².
  package var normOfSums = 0.0

  /// The moments of nothing.
  package init() {}

  /// The sums of the same outputs' other rows taken off, so that what is linear in the sums becomes a
  /// difference; prompts and outputs stay.
  package static func - (own: PromptMoments, other: PromptMoments) -> PromptMoments {
    var result = own
    result.meanNorms -= other.meanNorms
    result.normOfMeans -= other.normOfMeans
    result.traces -= other.traces
    result.scaledTraces -= other.scaledTraces
    result.squares -= other.squares
    result.normOfSums -= other.normOfSums
    return result
  }

  /// `σ²_W = mean_p tr S_p`.
  package var within: Double { traces / prompts }

  /// `tr Cov(x̄_p)`, with m − 1.
  package var betweenMeans: Double {
    prompts > 1 ? (meanNorms - normOfMeans / prompts) / (prompts - 1) : .nan
  }

  /// `σ²_B`: `betweenMeans` less the noise of the means.
  package var between: Double { betweenMeans - scaledTraces / prompts }

  /// The expected total variance of one output drawn from each prompt.
  package var across: Double { betweenMeans + (traces - scaledTraces) / prompts }

  /// The total variance of all outputs, with n − 1.
  package var pooled: Double {
    rows > 1 ? max(0, (squares - normOfSums / rows) / (rows - 1)) : .nan
  }
}
