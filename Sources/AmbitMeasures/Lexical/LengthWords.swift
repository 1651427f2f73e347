/// The mean number of words of an output, signs not counted. Says nothing of diversity, but most
/// lexical measures move with it. Compared as a difference in words: an answer of one word has no floor.
struct LengthWords: LexicalMeasure {
  let id = "length_words"
  let polarity = Polarity.neither
  let comparesOutputs = false
  let hasWindow = false
  let summary = "mean words of an output, signs not counted"
  let source = "elementary: a mean of counts"

  func value(of sample: inout LexicalSample) -> Double {
    sample.mean { Double(sample.rows.tokens.wordCounts[$0]) }
  }
}
