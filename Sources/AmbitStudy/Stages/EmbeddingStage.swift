import AmbitCorpus
import AmbitEmbedding
import AmbitFormats
import AmbitMatrix

/// The vectors of every matched row, and who made them.
struct EmbeddedCorpus {
  /// One matrix a checkpoint, rows in the order of `MatchedCorpus.rows`.
  let matrices: [Matrix]
  /// The embedder's name, for people: `lexical`, `vectors`.
  let name: String
  /// Everything that could change a row, for signatures and caches.
  let fingerprint: String
  let window: Int?
  let notes: [StudyNote]
}

/// Texts to vectors, or the user's own vectors as they are.
enum EmbeddingStage {
  /// - Throws: `InputError` where vectors are asked for and not given, or given and something else is
  ///   asked for, and for a model that is not installed or cannot be read.
  static func run(
    _ corpus: MatchedCorpus, settings: StudySettings,
    progress: @escaping @Sendable (StudyProgress) -> Void
  ) throws -> EmbeddedCorpus {
    let holdsVectors = corpus.checkpoints.contains { $0.source.vectors != nil }
    if holdsVectors || settings.embedder == "vectors" {
      return try gather(corpus, embedder: settings.embedder)
    }
    return try embed(
      corpus, with: try embedder(settings.embedder ?? "lexical", window: settings.windowTokens),
      settings: settings, progress: progress)
  }

  /// The embedder of that name: `lexical`, or a model by its name or folder.
  ///
  /// - Throws: `InputError` for a model that is not installed or cannot be read.
  private static func embedder(_ name: String, window: Int?) throws -> any Embedder {
    if name == "lexical" { return LexicalEmbedder(windowTokens: window) }
    let folder = try ModelSearch.ofThisProcess.folder(of: name)
    return try TransformerEmbedder(folder: folder, windowTokens: window)
  }

  private static func embed(
    _ corpus: MatchedCorpus, with embedder: any Embedder, settings: StudySettings,
    progress: @escaping @Sendable (StudyProgress) -> Void
  ) throws -> EmbeddedCorpus {
    var texts: [String] = []
    var bounds = [0]
    for checkpoint in corpus.checkpoints.indices {
      texts += corpus.records(of: checkpoint).map(\.output)
      bounds.append(texts.count)
    }
    let embedded = try embedder.embedDistinct(texts, workers: settings.workers) {
      progress(StudyProgress(stage: .embedding, share: $0))
    }
    var notes: [StudyNote] = []
    for (index, name) in corpus.checkpointNames.enumerated() {
      let rows = bounds[index]..<bounds[index + 1]
      let truncated = rows.count { embedded.readings[$0].isTruncated }
      let blank = rows.count { embedded.readings[$0].tokenCount == 0 }
      if truncated > 0 {
        notes.append(
          StudyNote(
            code: "texts_truncated",
            text: "\(name): \(truncated) of \(rows.count) outputs go on beyond the window"))
      }
      if blank > 0 {
        notes.append(
          StudyNote(
            code: "texts_without_tokens",
            text: blank == 1
              ? "\(name): 1 output has no letters or digits; its vector is zero"
              : "\(name): \(blank) outputs have no letters or digits; their vectors are zero"))
      }
    }
    return EmbeddedCorpus(
      matrices: corpus.checkpoints.indices.map {
        embedded.matrix.rows(Array(bounds[$0]..<bounds[$0 + 1]))
      },
      name: embedder.name, fingerprint: embedder.fingerprint, window: settings.windowTokens,
      notes: notes)
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
      matrices.append(whole.rows(corpus.rows[index].map { checkpoint.vectorRows[$0] }))
    }
    let digest = SHA256.hexadecimal(
      of: corpus.checkpoints.map(\.source.sha256).joined(separator: "\n"))
    return EmbeddedCorpus(
      matrices: matrices, name: "vectors", fingerprint: "vectors-\(digest.prefix(16))", window: nil,
      notes: [])
  }
}
