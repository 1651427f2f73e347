import AmbitCorpus
import AmbitFormats
import AmbitMatrix
import AmbitMeasures

/// Matched texts to lexical numbers.
package enum LexicalStage {
  /// What was taken, and what all texts of the study share.
  struct Taken {
    let result: MeasureSuite.Result
    /// The words of an output in equal-token variants.
    let window: Int
    /// The different words of all texts.
    let vocabulary: Int
  }

  /// The rows of the space `text`; nil where the files hold vectors and no texts, or where no such measure
  /// is wanted.
  ///
  /// - Parameters:
  ///   - whole: what was taken of the study of which `corpus` is a part.
  ///   - isChosen: which measures are taken of those that are wanted.
  static func run(
    _ corpus: MatchedCorpus, settings: StudySettings, partOf whole: Taken? = nil,
    remembering memory: MeasureCache?, isChosen: (any Measure) -> Bool = { _ in true }
  ) -> Taken? {
    let suite =
      (settings.measures.map { MeasureCatalogue.lexical.keeping($0.contains) }
      ?? MeasureCatalogue.lexical).keeping(isChosen)
    guard !suite.measures.isEmpty,
      corpus.checkpoints.allSatisfy({ $0.source.vectors == nil })
    else { return nil }
    let texts = LexicalTexts(
      corpus.checkpoints.indices.map { corpus.records(of: $0).map(\.output) },
      window: whole?.window ?? settings.windowTokens, vocabulary: whole?.vocabulary,
      workers: settings.workers)
    let result = suite.run(
      design: MeasuringStage.design(of: corpus), texts: texts, settings: settings.inference,
      workers: settings.workers, remembering: memory)
    return Taken(result: result, window: texts.window, vocabulary: texts.vocabulary)
  }

  /// What DEFLATE at zlib's level 6 makes of some bytes, without gzip's 18 bytes of header and trailer.
  package static func compressedSize(_ bytes: [UInt8]) -> Int {
    Gzip.compress(bytes, level: 6).count - 18
  }
}
