import AmbitCorpus
import AmbitFormats
import AmbitProjection

/// What is said under and about a drift map: every word follows from the run.
struct DriftMapCaption {
  let plane: JointPlane
  let corpus: MatchedCorpus
  let embedded: EmbeddedCorpus
  let settings: StudySettings

  private var space: String { plane.basis.space }

  /// `PC 1 (12.3 %)`: the share of all variance in this space that the axis shows.
  func axisLabel(_ axis: Int) -> String {
    guard axis < plane.overall.shares.count else { return "PC \(axis + 1)" }
    return "PC \(axis + 1) (\(percent(plane.overall.shares[axis])))"
  }

  var title: String {
    switch space {
    case "pca2": "Drift map"
    case "pca2_within": "Drift map, each prompt's mean removed"
    default: "Drift map, each prompt's joint mean removed"
    }
  }

  /// The line inside the figure.
  var line: String {
    "\(counts). \(vectors); \(fit)."
  }

  /// The caption for the paper.
  var full: String {
    let shown = zip(corpus.checkpointNames, plane.perCheckpoint).map {
      "\($0) \(percent($1.shares.reduce(0, +)))"
    }.joined(separator: ", ")
    let baseline = corpus.checkpointNames[corpus.baselineIndex]
    var text = """
      \(title). \(meaning) One panel per checkpoint on identical axes; grey: \(baseline), the baseline. \
      Bold outline: convex hull of the 95 % of outputs nearest the centre by robust Mahalanobis distance; \
      thin outline: hull of all outputs; cross: centroid. The last panel overlays the 95 % hulls, with \
      arrows from centroid to centroid. \(counts). \(vectors); \(fit). The plane shows \
      \(percent(plane.overall.shares.reduce(0, +))) of the variance overall and of each checkpoint's own: \
      \(shown).
      """
    if space != "pca2_prompt" {
      text += " A hull grows with the number of outputs, so only equal numbers are compared"
      text += isMatched ? ", as here." : "; here they differ."
    }
    return text
  }

  private var isMatched: Bool { Set(corpus.rows.map(\.count)).count == 1 }

  private var meaning: String {
    switch space {
    case "pca2":
      "Where the outputs of each checkpoint lie in one joint plane: topics and drift are visible."
    case "pca2_within":
      """
      Outputs of each checkpoint around the mean of their own prompt: topics and drift are removed, and \
      what is left is how far answers to one prompt spread.
      """
    default:
      """
      Outputs around the mean of their prompt over all checkpoints: a picture of drift in style without \
      topics. Its residuals mix the checkpoints, so no area may be read from it.
      """
    }
  }

  private var words: FigureWords {
    FigureWords(corpus: corpus, embedded: embedded, settings: settings)
  }
  private var counts: String { words.counts }
  private var vectors: String { words.vectors }

  private var fit: String {
    switch settings.basis {
    case .pooled: "principal components of all checkpoints together, each given equal weight"
    case .base: "principal components of the baseline alone"
    case .file: "plane taken from an earlier run"
    }
  }

  private func percent(_ share: Double) -> String {
    "\(DecimalText.fixed(100 * share, decimals: 1)) %"
  }
}
