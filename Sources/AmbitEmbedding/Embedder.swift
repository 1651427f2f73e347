public import AmbitMatrix

/// Turns texts into vectors, one row each.
///
/// A text's row depends on that text alone: it is bit-identical in any batch, any order and for any
/// thread count. So equal texts have equal rows, and rows can be kept between runs under
/// `fingerprint`.
public protocol Embedder: Sendable {
  /// What a user calls it, for example `lexical`.
  var name: String { get }

  /// The number of columns.
  var dimension: Int { get }

  /// The most tokens of a text that are read, special ones not counted; `nil` where all are.
  var windowTokens: Int? { get }

  /// Everything that changes a row, in one line: the model and the hash of its weights, the version of
  /// the method, the window. Two embedders of one fingerprint give the same rows.
  var fingerprint: String { get }

  /// Embeds every text; row *i* belongs to text *i*. Memory beside the result does not grow with the
  /// number of texts.
  ///
  /// Equal texts are embedded as often as they come; `embedDistinct` spares that.
  ///
  /// - Parameter progress: called now and then, from any thread, with the share of the work that is
  ///   done, between 0 and 1.
  /// - Throws: what reading a model throws; embedding itself refuses no text.
  func embed(
    _ texts: [String], workers: Workers, progress: @escaping @Sendable (Double) -> Void
  ) throws -> EmbeddedTexts
}

extension Embedder {
  /// Embeds every text without reporting progress.
  public func embed(_ texts: [String], workers: Workers) throws -> EmbeddedTexts {
    try embed(texts, workers: workers) { _ in }
  }
}
