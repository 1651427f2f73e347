/// What becomes of a text that is longer than a transformer's window.
public enum LongTexts: String, CaseIterable, Sendable {
  /// Only the first window is read; `EmbeddedTexts.Reading.isTruncated` says so.
  case truncated
  /// All of it is read, cut into consecutive windows, the last one as short as it comes. Each window
  /// is embedded as a text. The row is the mean of their rows, weighted by their tokens, and scaled to
  /// unit length where the model does that with rows. Nothing crosses the cuts: a word may fall apart.
  case pooledWindows = "pooled-windows"
}
