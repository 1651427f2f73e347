import AmbitMatrix

/// Which vectors a result was made from, in one line: the first of every output.
struct EmbedderStatement {
  /// The embedder's name; nil for the user's own vectors.
  let name: String?
  let dimension: Int
  /// The most tokens that were read of a text; nil where all were.
  let window: Int?
  /// The tokens of each window, where texts were read to their end window by window.
  let pooledWindow: Int?
  /// What to do for better vectors.
  let advice: String?

  /// `Vectors: all-MiniLM-L6-v2, 384 dimensions, at most 254 tokens of each output`.
  var text: String {
    var parts = [name ?? "your own", "\(dimension) dimensions"]
    if let window { parts.append("at most \(window) tokens of each output") }
    if let pooledWindow { parts.append("mean of windows of \(pooledWindow) tokens") }
    return "Vectors: " + parts.joined(separator: ", ") + (advice.map { " (\($0))" } ?? "")
  }
}

extension EmbedderStatement {
  init(_ embedded: EmbeddedCorpus) {
    self.init(
      name: embedded.name == "vectors" ? nil : embedded.name,
      dimension: embedded.matrices.first?.columnCount ?? 0, window: embedded.window,
      pooledWindow: embedded.pooledWindow, advice: embedded.advice)
  }
}
