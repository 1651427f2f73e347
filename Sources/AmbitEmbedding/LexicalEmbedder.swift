public import AmbitMatrix

/// Texts to unit rows of 512 columns by the words and letter runs that they use; needs no model.
///
/// A text's features are its words and the character 3-, 4- and 5-grams within padded words (see
/// `LexicalFeatures`), canonically composed and case-folded, of any script. A feature met t times
/// counts 1 + ln t; a gram counts 0.3 of a word, so that the dozen grams of a word of usual length
/// together have about the squared weight of the word. Features are hashed to 64 bits and projected by
/// a fixed sparse random matrix, then the row is scaled to unit length; nothing is centred. A text
/// without features is the zero row.
///
/// It sees wording, not meaning: paraphrases are far apart, and two answers that share a template are
/// near. Rows of different languages are nearly orthogonal. The same text gives the same bits on any
/// machine whose `log` rounds alike; scripts beyond ASCII also depend on the Unicode version of the
/// standard library.
public struct LexicalEmbedder: Embedder {
  /// The most words of a text that are read; `nil` for all.
  public let windowTokens: Int?

  /// - Parameter windowTokens: the most words of a text that are read, at least 1; `nil` for all. A
  ///   character of a script without spaces counts as a word.
  public init(windowTokens: Int? = nil) {
    precondition(windowTokens ?? 1 >= 1, "a window holds at least one token")
    self.windowTokens = windowTokens
  }

  /// `lexical`.
  public var name: String { "lexical" }

  /// 512.
  public var dimension: Int { SparseProjection.dimension }

  /// The version of the method, and the window.
  public var fingerprint: String {
    "lexical-v1 dimension=\(dimension) window=\(windowTokens.map(String.init) ?? "none")"
  }

  /// Embeds every text, on all threads of `workers`. O(bytes); throws nothing.
  public func embed(
    _ texts: [String], workers: Workers, progress: @escaping @Sendable (Double) -> Void
  ) -> EmbeddedTexts {
    EmbeddedTexts(
      count: texts.count, dimension: dimension, blockTexts: 32, workers: workers,
      progress: progress
    ) { block, target in
      var features = LexicalFeatures()
      var row = [Float](repeating: 0, count: SparseProjection.dimension)
      return block.map { index in
        var text = texts[index]
        text.withUTF8 { features.read($0, tokenLimit: windowTokens ?? .max) }
        features.project(into: &row)
        let start = (index - block.lowerBound) * row.count
        for column in row.indices { target[start + column] = row[column] }
        return EmbeddedTexts.Reading(
          tokenCount: features.tokenCount, isTruncated: features.isTruncated)
      }
    }
  }
}

extension LexicalFeatures {
  /// The weight of a gram beside a word's 1.
  static let gramWeight: Float = 0.3

  /// Replaces `row` by the unit projection of the features; zero where there are none.
  borrowing func project(into row: inout [Float]) {
    for column in row.indices { row[column] = 0 }
    row.withUnsafeMutableBufferPointer { row in
      guard let row = row.baseAddress else { return }
      Self.damping.withUnsafeBufferPointer { damping in
        for index in 0..<words.count {
          let (key, count) = words[index]
          SparseProjection.add(
            key: key, seed: SparseProjection.wordSeed, weight: Self.damped(count, damping), to: row)
        }
        for index in 0..<grams.count {
          let (key, count) = grams[index]
          SparseProjection.add(
            key: key, seed: SparseProjection.gramSeed,
            weight: Self.gramWeight * Self.damped(count, damping), to: row)
        }
      }
    }
    let norm = Reductions.squaredNorm(row[...]).squareRoot()
    guard norm > 0 else { return }
    let scale = Float(1 / norm)
    for column in row.indices { row[column] *= scale }
  }

  /// 1 + ln t for small t.
  private static let damping = (0..<1024).map { Float(1 + Elementary.log(Double(max(1, $0)))) }

  @inline(__always)
  private static func damped(_ count: UInt32, _ table: UnsafeBufferPointer<Float>) -> Float {
    count < 1024 ? table[Int(count)] : Float(1 + Elementary.log(Double(count)))
  }
}
