import AmbitEmbedding
import AmbitMatrix
import AmbitStudy
import Synchronization

/// Embeds a text into numbers drawn from its own hash, counts what it is asked, and knows no model.
final class CountingEmbedder: Embedder {
  let name = "counting"
  let dimension = 12
  let windowTokens: Int?
  let fingerprint: String
  private let asked = Mutex<[String]>([])

  init(fingerprint: String = "counting-v1", windowTokens: Int? = nil) {
    self.fingerprint = fingerprint
    self.windowTokens = windowTokens
  }

  /// The texts that were embedded, in order.
  var askedTexts: [String] { asked.withLock { $0 } }

  func embed(
    _ texts: [String], workers: Workers, progress: @escaping @Sendable (Double) -> Void
  ) throws -> EmbeddedTexts {
    asked.withLock { $0 += texts }
    let rows = texts.map { cachedRow($0, salt: fingerprint, dimension: dimension) }
    progress(1)
    return EmbeddedTexts(
      matrix: Matrix(
        rowCount: texts.count, columnCount: dimension, values: rows.flatMap(\.values)),
      readings: rows.map(\.reading))
  }
}

/// The row that `CountingEmbedder` gives a text.
func cachedRow(_ text: String, salt: String = "", dimension: Int = 12) -> CachedRow {
  let key = CacheKey(of: salt + text)
  var random = SplitMix64(seed: key.words[0])
  return CachedRow(
    key: CacheKey(of: text),
    reading: EmbeddedTexts.Reading(
      tokenCount: text.utf8.count, unknownCount: text.utf8.count / 7,
      isTruncated: text.utf8.count > 9),
    values: (0..<dimension).map { _ in Float(random.normal()) })
}
