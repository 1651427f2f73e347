import AmbitCorpus
import AmbitFormats
import AmbitMatrix
import AmbitMeasures

/// What captions say of every figure: counts, vectors, intervals and tests, as the run has them.
struct FigureWords {
  let corpus: MatchedCorpus
  let embedded: EmbeddedCorpus
  let settings: StudySettings

  /// `n = 600 outputs a checkpoint: 60 prompts × 10 samples`.
  var counts: String {
    let counts = StudyCounts(corpus)
    return "n = \(counts.outputs) a checkpoint: \(counts.units)"
  }

  /// `Vectors: all-MiniLM-L6-v2, 384 dimensions, first 254 tokens`.
  var vectors: String {
    let window =
      embedded.window.map { ", first \($0) tokens" }
      ?? embedded.pooledWindow.map { ", mean of windows of \($0) tokens" } ?? ""
    return
      "Vectors: \(embedded.name), \(embedded.matrices.first?.columnCount ?? 0) dimensions\(window)"
  }

  /// What is independent: what intervals resample.
  var units: String { corpus.hasPrompts ? "prompts" : "outputs" }

  /// What checkpoints are compared with.
  var baseline: String {
    let starts = Set(corpus.lineages.map { $0.members[0] })
    let members = Set(corpus.lineages.flatMap(\.members))
    let others = corpus.checkpoints.indices.contains {
      !members.contains($0) && $0 != corpus.baselineIndex
    }
    let used = others || starts.isEmpty ? starts.union([corpus.baselineIndex]) : starts
    return used.count == 1 ? corpus.checkpointNames[used.first!] : "the baseline of the lineage"
  }

  /// What intervals and bands are.
  var inference: String {
    """
    Intervals: 95 %, over prompts where there are prompts; bands: 2.5 % to 97.5 % of the same number \
    between random halves of \(baseline). A half has half the outputs, so the band is wider than that \
    of a second full sample
    """
  }

  /// The last sentences of every caption.
  var ending: String { "\(counts). \(vectors)." }
}
