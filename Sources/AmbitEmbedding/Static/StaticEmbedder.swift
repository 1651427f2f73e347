internal import AmbitFormats
public import AmbitMatrix

/// Texts to unit rows by a table of token vectors: no network is run, a text costs a sum of rows.
///
/// Reads two kinds of folder. Ambit's own, as `Distillation` writes them: a bag of tokens with damped
/// counts and frequency weights, of unit length, mapped linearly to the vector that a transformer gives
/// the whole text. And model2vec's: the mean of weighted token rows; its vectors, scaled to unit length
/// even where the folder's `normalize` is false.
///
/// It knows no word order and no context. A text whose tokens all lack a row is the zero row, and counts
/// as one without tokens. O(bytes + tokens · dimension).
public struct StaticEmbedder: Embedder {
  /// `static`.
  public var name: String { "static" }
  /// The number of columns of the table.
  public let dimension: Int
  /// The most tokens of a text that are read: the folder's, where none was asked for.
  public let windowTokens: Int?
  /// The hash of every file that a row depends on, and the window.
  public let fingerprint: String
  /// What the folder's configuration says it was made from; nil where it says nothing.
  public let origin: String?
  let model: StaticModel

  /// Opens a folder.
  ///
  /// - Parameters:
  ///   - folder: holds `config.json`, `model.safetensors` and the tokenizer's files.
  ///   - windowTokens: the most tokens of a text that are read, at least 1; nil for the folder's own.
  /// - Throws: `InputError` with the file and the field or tensor that is missing, damaged or does not
  ///   fit the others.
  public init(folder: String, windowTokens: Int? = nil) throws {
    precondition(windowTokens ?? 1 >= 1, "a window holds at least one token")
    let contents = try StaticFolder(folder)
    model = contents.model
    dimension = contents.model.table.dimension
    self.windowTokens = windowTokens ?? contents.windowTokens
    origin = contents.origin
    fingerprint =
      "static-v1 sha256=\(contents.sha256.prefix(32)) dimension=\(dimension) "
      + "window=\(self.windowTokens.map(String.init) ?? "none")"
  }

  /// Whether `folder` holds a static model rather than a transformer.
  public static func isModel(folder: String) -> Bool { StaticFolder.isModel(folder) }

  /// Embeds every text on all threads of `workers`. Throws nothing.
  public func embed(
    _ texts: [String], workers: Workers, progress: @escaping @Sendable (Double) -> Void
  ) -> EmbeddedTexts {
    let limit = windowTokens ?? .max
    let columns = dimension
    return EmbeddedTexts(
      count: texts.count, dimension: columns, blockTexts: Self.blockTexts, workers: workers,
      progress: progress
    ) { block, target in
      var scratch = StaticModel.Scratch(model)
      return target.withUnsafeMutableBufferPointer { rows in
        guard let first = rows.baseAddress else { return [] }
        return block.map { index in
          model.embed(
            texts[index], limit: limit, scratch: &scratch,
            into: first + (index - block.lowerBound) * columns)
        }
      }
    }
  }

  private static let blockTexts = 64
}
