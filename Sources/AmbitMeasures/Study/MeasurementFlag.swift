/// What a reader must know of a number, or why there is none. The list is closed.
public enum MeasurementFlag: Hashable, Sendable {
  case degenerate
  case noPrompts
  case fewPrompts
  case fewSamples
  case unmatchedCounts
  case unpaired
  case centeringMixesCheckpoints
  case nonmetric
  case floored(Int)
  case halvesByPrompt
  case tooManyRows
  case duplicates(Int)
  case fewOutputs
  case tooManyDimensions
  case noLogProbs
  case topTokensOnly
  case noScores
  case fewerPermutations(Int)
  case notPermuted
  case radiusByRule
  case incomplete(Int)
  case forced

  /// The word in the `flags` column; several are joined by `;`.
  public var text: String {
    switch self {
    case .degenerate: "degenerate"
    case .noPrompts: "no_prompts"
    case .fewPrompts: "few_prompts"
    case .fewSamples: "few_samples"
    case .unmatchedCounts: "unmatched_n"
    case .unpaired: "unpaired"
    case .centeringMixesCheckpoints: "centering_mixes_checkpoints"
    case .nonmetric: "nonmetric"
    case .floored(let count): "floored:\(count)"
    case .halvesByPrompt: "null_by_prompt"
    case .tooManyRows: "too_many_rows"
    case .duplicates(let count): "duplicates:\(count)"
    case .fewOutputs: "few_outputs"
    case .tooManyDimensions: "too_many_dimensions"
    case .noLogProbs: "no_logprobs"
    case .topTokensOnly: "top_tokens_only"
    case .noScores: "no_scores"
    case .fewerPermutations(let count): "permutations:\(count)"
    case .notPermuted: "no_permutations"
    case .radiusByRule: "radius_by_rule"
    case .incomplete(let count): "incomplete:\(count)"
    case .forced: "forced"
    }
  }

  /// One line for the reader of a table.
  public var explanation: String {
    switch self {
    case .degenerate:
      """
      the points coincide or lie on one line, or a spread is not positive, in the data or in \
      resamples of them, so a ratio, an interval or a band does not exist
      """
    case .noPrompts: "the input has no prompts; rows were resampled as if independent"
    case .fewPrompts: "fewer than 6 prompts (or rows); no p value, and no interval from so few"
    case .fewSamples:
      "fewer than 4 samples per prompt; refused where the statistic needs more than there are"
    case .unmatchedCounts:
      """
      the two checkpoints have different numbers of outputs, in all or per prompt; refused where \
      the effect depends on that number
      """
    case .unpaired:
      """
      not all checkpoints answer the same prompts with the same number of samples each, so units \
      were compared unpaired
      """
    case .centeringMixesCheckpoints:
      "each prompt's mean over all checkpoints was removed, which mixes them; a picture, no number"
    case .nonmetric: "the space keeps neighbours, not distances; an area there is no measurement"
    case .floored(let count):
      "\(count) prompts (or outputs) had a value below 1 % of the reference's median, raised to it"
    case .halvesByPrompt:
      "too few samples per prompt to split them; the null band compares halves of the prompts"
    case .tooManyRows: "more rows than their distances to each other can be kept for"
    case .duplicates(let count):
      "\(count) outputs equal another of their checkpoint; equal outputs were counted once"
    case .fewOutputs: "fewer than ten outputs a dimension, or than two that can be cut in halves"
    case .tooManyDimensions:
      "more dimensions than distances to nearest neighbours can tell a density in"
    case .noLogProbs: "the input does not have the log-probs of these outputs that this needs"
    case .topTokensOnly:
      "log-probs list only the likeliest tokens, so an entropy is a lower bound, a gap an upper one"
    case .noScores: "the input does not have the scores of these outputs"
    case .fewerPermutations(let count):
      "\(count) relabellings for the p value, as many as are worth their time"
    case .notPermuted: "a relabelling costs too much for a p value from enough of them"
    case .radiusByRule:
      """
      no judgements of people fix the cosine radius of a kind for these vectors; it is a fifth of the \
      median distance between the baseline's outputs to different prompts
      """
    case .incomplete(let count):
      """
      \(count) checkpoints of the study could not be read and were left out; matching, joint planes, \
      joint clusters and adjusted p values would be others with them
      """
    case .forced: "refused by rule, given because the user forced it"
    }
  }

  /// One of each kind, in the order in which they are written.
  public static let all: [MeasurementFlag] = [
    .degenerate, .noPrompts, .fewPrompts, .fewSamples, .unmatchedCounts, .unpaired,
    .centeringMixesCheckpoints, .nonmetric, .floored(0), .halvesByPrompt,
    .tooManyRows, .duplicates(0), .fewOutputs, .tooManyDimensions,
    .noLogProbs, .topTokensOnly, .noScores,
    .fewerPermutations(0), .notPermuted, .radiusByRule,
    .incomplete(0), .forced,
  ]

  /// The word without its count.
  package var kind: String { String(text.prefix { $0 != ":" }) }

  var order: Int { Self.all.firstIndex { $0.kind == kind } ?? Self.all.count }
}
