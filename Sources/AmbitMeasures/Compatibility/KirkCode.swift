package import AmbitMatrix

/// The numbers of the code of Kirk et al. 2023 (`facebookresearch/rlfh-gen-div`, commit 333c80b).
///
/// Of texts `averaged_distinct_ngrams` and `ead_averaged_distinct_ngrams`, of vectors
/// `sent_bert_from_sim`: each as `mean_per_input_` and `std_per_input_` over inputs, `overall_` of all outputs
/// together, and `overall_single_output_` of the first output of each input. The vectors are the user's;
/// theirs come from `bert-large-nli-stsb-mean-tokens`. The scores that ask a language model are not
/// offered.
///
/// Defects kept: line breaks vanish, so that words are glued across them, and every full stop goes, in
/// numbers too; the vocabulary of the expectation is 50,257 for n-grams of every order. Source: Kirk et
/// al. 2023, arXiv:2310.06452; Tevet & Berant 2021, arXiv:2004.02990.
package enum KirkCode {
  static let vocabulary = 50_257.0

  /// - Parameter inputs: the outputs of each input, in order.
  package static func scores(ofTexts inputs: [[String]]) -> [PackageScore] {
    let words = inputs.map { $0.map { wordsOf($0) } }
    return named("averaged_distinct_ngrams", words) { average($0, distinct) }
      + named("ead_averaged_distinct_ngrams", words) { average($0, expectationAdjusted) }
  }

  /// - Parameter inputs: the vectors of each input, in order.
  package static func scores(ofVectors inputs: [Matrix]) -> [PackageScore] {
    let rows = inputs.map { input in (0..<input.rowCount).map { Array(input.row($0)) } }
    return named("sent_bert_from_sim", rows, meanDistance)
  }

  private static func named<Output>(
    _ name: String, _ inputs: [[Output]], _ score: ([Output]) -> Double
  ) -> [PackageScore] {
    let each = inputs.map(score)
    let mean = each.reduce(0, +) / Double(each.count)
    let squares = each.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return [
      PackageScore("mean_per_input_" + name, mean),
      PackageScore("std_per_input_" + name, (squares / Double(each.count)).squareRoot()),
      PackageScore("overall_" + name, score(Array(inputs.joined()))),
      PackageScore("overall_single_output_" + name, score(inputs.compactMap(\.first))),
    ]
  }

  /// Words are bytes: to Swift, unlike to Python, two spellings of é are the same string.
  private static func wordsOf(_ text: String) -> [[UInt8]] {
    text.utf8.filter { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "\n") }
      .split(separator: UInt8(ascii: " ")).map { Array($0) }
  }

  private static func average(_ texts: [[[UInt8]]], _ score: (Int, Int) -> Double) -> Double {
    let values = (1...5).map { n -> Double in
      var different = Set<[[UInt8]]>()
      var all = 0
      for words in texts where words.count >= n {
        for start in 0...words.count - n { different.insert(Array(words[start..<start + n])) }
        all += words.count - n + 1
      }
      return score(different.count, all)
    }
    return values.reduce(0, +) / 5
  }

  private static func distinct(_ different: Int, _ all: Int) -> Double {
    all > 0 ? Double(different) / Double(all) : 0
  }

  private static func expectationAdjusted(_ different: Int, _ all: Int) -> Double {
    let expected =
      vocabulary * (1 - Elementary.pow((vocabulary - 1) / vocabulary, Double(all)))
    return all > 0 ? Double(different) / expected : 0
  }

  /// 1 − the mean cosine over pairs of rows; NaN of one row.
  private static func meanDistance(_ rows: [[Float]]) -> Double {
    guard let width = rows.first?.count, rows.count > 1 else { return .nan }
    var sum = [Double](repeating: 0, count: width)
    var own = 0.0
    for row in rows {
      let norm = Reductions.squaredNorm(row[...]).squareRoot()
      guard norm > 0 else { continue }
      own += 1
      for column in 0..<width { sum[column] += Double(row[column]) / norm }
    }
    let pairs = sum.reduce(0) { $0 + $1 * $1 } - own
    return 1 - pairs / Double(rows.count * (rows.count - 1))
  }
}
