import AmbitCorpus
import AmbitEmbedding
import AmbitFormats
import AmbitMatrix
import AmbitMeasures

/// The vectors of every matched row, and who made them.
struct EmbeddedCorpus {
  /// One matrix a checkpoint, rows in the order of `MatchedCorpus.rows`.
  let matrices: [Matrix]
  /// The vectors of the halves of each output, where they were asked for.
  var halves: [HalvedRows]?
  /// The embedder's name, for people: `lexical`, `all-MiniLM-L6-v2`, `vectors`.
  let name: String
  /// Everything that could change a row, for signatures and caches.
  let fingerprint: String
  /// The most tokens that were read of an output; nil where all were.
  let window: Int?
  /// The tokens of each window, where outputs were read to their end window by window.
  var pooledWindow: Int?
  /// What was read of each checkpoint; empty for the user's own vectors.
  var readings: [ReadingCounts] = []
  /// What to do for better vectors.
  var advice: String?
  /// How many texts the cache had; null where none was asked.
  var cache: JSON = .null
  /// The same in numbers; nil where none was asked.
  var cacheUsage: CachedEmbedder.Usage?
  var notes: [StudyNote] = []
  /// Why vectors could not be kept for the next run; no part of any result.
  var cacheNote: StudyNote?
}

/// Texts to vectors, or the user's own vectors as they are.
enum EmbeddingStage {
  /// - Throws: `InputError` where vectors are asked for and not given, or given and something else is
  ///   asked for, and for a model that is not installed or cannot be read.
  static func run(
    _ corpus: MatchedCorpus, settings: StudySettings,
    isStopped: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (StudyProgress) -> Void
  ) throws -> EmbeddedCorpus {
    let holdsVectors = corpus.checkpoints.contains { $0.source.vectors != nil }
    if holdsVectors || settings.embedder == "vectors" {
      if settings.embedsHalves {
        throw InputError(
          .selection, "the files hold vectors, and --halves is for texts",
          hint: "leave --halves out, or give files with texts")
      }
      return try gather(corpus, embedder: settings.embedder)
    }
    let choice = try EmbedderChoice(settings, isStopped: isStopped)
    let embedder = choice.embedder
    let parts = settings.embedsHalves ? 3 : 1
    let total = parts * corpus.rows.reduce(0) { $0 + $1.count }
    let batches = batches(of: corpus)
    var matrices: [Matrix] = []
    var halves: [HalvedRows] = []
    var readings: [ReadingCounts] = []
    for batch in batches {
      let before = parts * corpus.rows[..<batch.lowerBound].reduce(0) { $0 + $1.count }
      var texts: [String] = []
      var bounds = [0]
      for checkpoint in batch {
        texts += corpus.records(of: checkpoint).map(\.output)
        bounds.append(texts.count)
      }
      let count = texts.count
      let all = withHalves(texts, settings: settings)
      let embedded = try embedder.embedDistinct(all, workers: settings.workers) { share in
        progress(
          batches.count == 1
            ? choice.progress(share, of: all.count)
            : StudyProgress(
              stage: .embedding, doneShare: Double(before) + share * Double(all.count), of: total))
      }
      if isStopped() { throw Interrupted(embedded: before + all.count, total: total) }
      for (place, checkpoint) in batch.enumerated() {
        let own = bounds[place]..<bounds[place + 1]
        func rows(part: Int) -> Matrix { embedded.matrix.rows(own.map { part * count + $0 }) }
        matrices.append(rows(part: 0))
        if settings.embedsHalves {
          halves.append(HalvedRows(first: rows(part: 1), second: rows(part: 2)))
        }
        readings.append(
          ReadingCounts(
            checkpoint: corpus.checkpointNames[checkpoint], embedded.readings[own]))
      }
    }
    return EmbeddedCorpus(
      matrices: matrices, halves: settings.embedsHalves ? halves : nil,
      name: embedder.name, fingerprint: embedder.fingerprint, window: embedder.windowTokens,
      pooledWindow: choice.pooledWindow, readings: readings, advice: choice.advice,
      cache: choice.cacheJSON, cacheUsage: choice.cached?.usage,
      notes: ReadingCounts.notes(
        readings, embedder: embedder.name, window: embedder.windowTokens,
        canPoolWindows: choice.canPoolWindows), cacheNote: choice.cacheNote)
  }

  /// Rows that are embedded at once: what they need beside their vectors is in memory then.
  private static let rowsAtOnce = 32_768

  /// Checkpoints that are embedded together: a study of a usual size as a whole, so that a text that
  /// checkpoints share is embedded once.
  private static func batches(of corpus: MatchedCorpus) -> [Range<Int>] {
    var batches: [Range<Int>] = []
    var (start, count) = (0, 0)
    for checkpoint in corpus.checkpoints.indices {
      count += corpus.rows[checkpoint].count
      if count >= rowsAtOnce {
        batches.append(start..<checkpoint + 1)
        (start, count) = (checkpoint + 1, 0)
      }
    }
    if start < corpus.checkpoints.count { batches.append(start..<corpus.checkpoints.count) }
    return batches
  }

  /// Embeds the outputs of some checkpoints for the cache alone: what `run` will find there.
  /// - Throws: `InputError` for a model that cannot be used, and where the cache cannot be written.
  static func keep(
    _ checkpoints: [Int], of corpus: MatchedCorpus, settings: StudySettings,
    progress: @escaping @Sendable (StudyProgress) -> Void
  ) throws {
    let holdsVectors = corpus.checkpoints.contains { $0.source.vectors != nil }
    guard !holdsVectors, settings.embedder != "vectors" else { return }
    let choice = try EmbedderChoice(settings)
    // Quicker than reading its vectors back is an embedder without a cache.
    guard let cached = choice.cached else { return }
    let texts = checkpoints.flatMap { corpus.records(of: $0).map(\.output) }
    _ = try cached.embedDistinct(
      withHalves(texts, settings: settings), workers: settings.workers
    ) { progress(StudyProgress(stage: .embedding, share: $0)) }
    if let failure = cached.usage.writeFailure { throw failure }
  }

  /// The texts, then all first halves, then all second ones, where halves are asked for.
  private static func withHalves(_ texts: [String], settings: StudySettings) -> [String] {
    let halves = settings.embedsHalves ? texts.map { TextHalves(of: $0) } : []
    return texts + halves.map(\.first) + halves.map(\.second)
  }

  private static func gather(_ corpus: MatchedCorpus, embedder: String?) throws -> EmbeddedCorpus {
    if let embedder, embedder != "vectors" {
      throw InputError(
        .selection, "the files hold vectors, which `--embedder \(embedder)` cannot embed",
        hint: "leave --embedder out, or give files with texts")
    }
    var matrices: [Matrix] = []
    for (index, checkpoint) in corpus.checkpoints.enumerated() {
      guard let vectors = checkpoint.source.vectors else {
        throw InputError(
          .unmatched, path: checkpoint.source.path,
          "`--embedder vectors` needs vectors, found texts",
          hint: "give NPY or NPZ files, or leave --embedder out")
      }
      let whole = Matrix(
        rowCount: vectors.values.count / vectors.width, columnCount: vectors.width,
        values: vectors.values)
      let rows = corpus.rows[index].map { checkpoint.vectorRows[$0] }
      // Not copied where they stand as they are.
      matrices.append(rows == Array(0..<whole.rowCount) ? whole : whole.rows(rows))
    }
    let digest = SHA256.hexadecimal(
      of: corpus.checkpoints.map(\.source.sha256).joined(separator: "\n"))
    return EmbeddedCorpus(
      matrices: matrices, name: "vectors", fingerprint: "vectors-\(digest.prefix(16))", window: nil)
  }
}
