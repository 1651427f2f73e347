import AmbitCorpus
import AmbitFormats
import AmbitMatrix
import AmbitMeasures

/// What `ambit measure` was given: vectors, texts, or points of planes.
struct MeasuredInput {
  let corpus: MatchedCorpus
  /// The vectors, where there are any.
  let embedded: EmbeddedCorpus?
  /// The planes, where points were given.
  let planes: [MeasuredSpace]
  let notices: [CorpusNotice]

  var holdsTexts: Bool { embedded == nil && planes.isEmpty }

  /// What is measured, in one line.
  var description: String {
    if let embedded { return EmbedderStatement(embedded).text }
    if !planes.isEmpty { return "Points: " + planes.map(\.id).joined(separator: ", ") }
    return "Texts: words and log-probs, no vectors"
  }

  /// - Throws: `InputError` for files that cannot be read or matched.
  init(_ words: [String], settings: StudySettings, readsRows: Bool) throws {
    let points = words.count == 1 ? try CoordinatesFile(path: words[0]) : nil
    let named: [Checkpoint]
    let baselineIndex: Int
    var notices: [CorpusNotice] = []
    if let points {
      named = points.checkpoints.filter { !settings.dropped.contains($0.name) }
      baselineIndex = try points.index(of: settings.baseline, among: named)
    } else {
      let selection = try CheckpointArguments(
        words, baseline: settings.baseline, dropped: settings.dropped,
        nameSource: settings.nameSource ?? (readsRows ? .generator : nil),
        reading: settings.reading
      ).resolve(allowsOne: true)
      named = selection.checkpoints
      baselineIndex = selection.baselineIndex
      notices = selection.notices
    }
    var matching = Matching(
      mode: settings.match, seed: settings.inference.seed, keepsEmpty: settings.keepsEmpty)
    matching.keepsOrder = readsRows || points != nil
    corpus = try matching.match(named, baseline: baselineIndex, allowsOne: true)
    self.notices = notices + corpus.report.notices
    planes = points?.spaces(of: corpus) ?? []
    let holdsVectors = points == nil && corpus.checkpoints.contains { $0.source.vectors != nil }
    embedded =
      holdsVectors ? try EmbeddingStage.run(corpus, settings: settings, progress: { _ in }) : nil
  }
}
