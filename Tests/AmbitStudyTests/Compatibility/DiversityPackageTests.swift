import AmbitFormats
import AmbitMatrix
import AmbitMeasures
import AmbitStudy
import AmbitTestSupport
import Testing

/// Numbers that `diversity` 0.3.1 itself gave (Python 3.11, zlib 1.2.13, rouge-score 0.1.2), with the
/// compressor that `ambit measure` hands it.
@Suite struct DiversityPackageTests {
  static let templated = (0..<60).map { "the cat number \($0) sat on mat \($0 * $0 % 7)" }

  static let mixed = [
    "The cat sat on the mat. The cat sat on the mat.", "A dog ran\nover the hill, twice!",
    "the cat sat on a rug  with a dog", "Caf\u{E9} na\u{EF}ve 3.14 \u{4F60}\u{597D}", "",
    "over the hill and far away over the hill",
  ]

  func scores(_ texts: [String]) -> [String: Double] {
    let scores = DiversityPackage.scores(
      of: texts, deflated: { Gzip.compress($0, level: 9) }, workers: Workers(threadCount: 2))
    return Dictionary(uniqueKeysWithValues: scores.map { ($0.name, $0.value) })
  }

  @Test(arguments: [
    (templated, [7.308, 0.781, 2.737815029048218, 1.356]), (mixed, [1.059, 0.094, 0, 3.125]),
    (["one two three four", "five six seven eight"], [0.433, 1, 0, 4]),
  ]) func asThePackageGivesThem(_ texts: [String], wanted: [Double]) {
    let found = scores(texts)
    let names = [
      "compression_ratio", "homogenization_score(rougel)", "self_repetition_score",
      "ngram_diversity_score",
    ]
    for (name, value) in zip(names, wanted) {
      #expect(agree(found[name] ?? .nan, value, relative: 1e-12), "\(name): \(found[name] ?? .nan)")
    }
  }

  /// Compressed once it would be another number; and ours is that one.
  @Test func theTextsAreCompressedTwice() {
    let text = Self.templated.joined(separator: " ")
    let once = Double(text.utf8.count) / Double(LexicalStage.compressedSize(Array(text.utf8)))
    #expect(abs(scores(Self.templated)["compression_ratio"]! - once) > 1)
  }

  /// Texts that share no word are as far from the same as can be, and have the score of copies.
  @Test func nothingInCommonCountsAsTheSame() {
    let apart = scores(["one two", "three four"])["homogenization_score(rougel)"]
    #expect(apart == 1 && apart == scores(["one two", "one two"])["homogenization_score(rougel)"])
  }
}
