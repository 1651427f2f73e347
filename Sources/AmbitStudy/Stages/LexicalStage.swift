import AmbitCorpus
import AmbitFormats
import AmbitMatrix
import AmbitMeasures

/// Matched texts to lexical numbers.
package enum LexicalStage {
  /// The rows of the space `text`, and the words of an output in its equal-token variants; nil where
  /// the files hold vectors and no texts, or where no such measure is wanted.
  static func run(
    _ corpus: MatchedCorpus, settings: StudySettings, remembering memory: MeasureCache?
  ) -> (result: MeasureSuite.Result, window: Int)? {
    let suite =
      settings.measures.map { MeasureCatalogue.lexical.keeping($0.contains) }
      ?? MeasureCatalogue.lexical
    guard !suite.measures.isEmpty,
      corpus.checkpoints.allSatisfy({ $0.source.vectors == nil })
    else { return nil }
    let texts = LexicalTexts(
      corpus.checkpoints.indices.map { corpus.records(of: $0).map(\.output) },
      window: settings.windowTokens, workers: settings.workers)
    let result = suite.run(
      design: MeasuringStage.design(of: corpus), texts: texts, settings: settings.inference,
      workers: settings.workers, remembering: memory)
    return (result, texts.window)
  }

  /// What DEFLATE at zlib's level 6 makes of some bytes, without gzip's 18 bytes of header and trailer.
  package static func compressedSize(_ bytes: [UInt8]) -> Int {
    Gzip.compress(bytes, level: 6).count - 18
  }
}
