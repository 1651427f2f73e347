import AmbitEmbedding
import AmbitFormats
import AmbitMatrix

/// Which vectors a result was made from: for people one line, the first of every output.
struct EmbedderStatement {
  /// The embedder's name; `vectors` for the user's own.
  let name: String
  /// Everything that could change a row.
  let fingerprint: String
  let dimension: Int
  /// The most tokens that were read of a text; nil where all were.
  let window: Int?
  /// The tokens of each window, where texts were read to their end window by window.
  let pooledWindow: Int?
  /// What to do for better vectors.
  let advice: String?

  /// `Vectors: all-MiniLM-L6-v2, 384 dimensions, at most 254 tokens of each output`.
  var text: String {
    var parts = [name == "vectors" ? "your own" : name, "\(dimension) dimensions"]
    if let window { parts.append("at most \(window) tokens of each output") }
    if let pooledWindow { parts.append("mean of windows of \(pooledWindow) tokens") }
    return "Vectors: " + parts.joined(separator: ", ") + (advice.map { " (\($0))" } ?? "")
  }

  /// What the vectors depend on, and nothing else.
  var facts: JSONObject {
    [
      "name": .string(name), "fingerprint": .string(fingerprint),
      "dimensions": .integer(dimension), "window_tokens": window.map { .integer($0) } ?? .null,
      "pooled_window_tokens": pooledWindow.map { .integer($0) } ?? .null,
    ]
  }
}

extension EmbedderStatement {
  init(_ embedded: EmbeddedCorpus) {
    self.init(
      name: embedded.name, fingerprint: embedded.fingerprint,
      dimension: embedded.matrices.first?.columnCount ?? 0, window: embedded.window,
      pooledWindow: embedded.pooledWindow, advice: embedded.advice)
  }

  init(_ choice: EmbedderChoice) {
    let embedder = choice.embedder
    self.init(
      name: embedder.name, fingerprint: embedder.fingerprint, dimension: embedder.dimension,
      window: embedder.windowTokens, pooledWindow: choice.pooledWindow, advice: choice.advice)
  }
}
