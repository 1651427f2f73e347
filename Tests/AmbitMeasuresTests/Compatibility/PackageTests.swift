import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

/// Numbers that the packages themselves gave (Python 3.11; vendi-score 0.0.3, prdc 0.2 with scikit-learn
/// 1.9.1, diversity 0.3.1 with rouge-score 0.1.2; the formulas of rlfh-gen-div at 333c80b), and tests
/// that show where theirs are not ours.
@Suite struct PackageTests {
  static let workers = Workers(threadCount: 2)

  /// Whole numbers, so that distances tie and roundings cannot differ.
  static func rows(_ n: Int, _ width: Int, _ step: Int, scale: Float = 1) -> Matrix {
    Matrix(
      rowCount: n, columnCount: width,
      values: (0..<n).flatMap { i in
        (0..<width).map { j in
          scale * Float((i * 37 * step + j * 17 + i * j * 5 + i * i * step) % 23 - 11)
        }
      })
  }

  func expect(
    _ scores: [PackageScore], _ wanted: [String: Double], relative: Double = 1e-9,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(Set(scores.map(\.name)) == Set(wanted.keys), sourceLocation: sourceLocation)
    for score in scores {
      #expect(
        agree(score.value, wanted[score.name] ?? .nan, relative: relative),
        "\(score.name): \(score.value), \(wanted[score.name] ?? .nan)",
        sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: [
    (rows(20, 40, 1), 14.030445050355729, 12.227949656379463, 8.020356259024785),
    (rows(60, 6, 2), 5.360983939467416, 4.976928399330047, 3.7199755450485923),
    (
      Matrix.stacked([
        rows(12, 5, 3), Matrix(rowCount: 2, columnCount: 5, values: .init(repeating: 0, count: 10)),
      ]), 4.140503572776598, 5.715158256731826, 3.6404473120613035
    ),
  ]) func vendi(_ rows: Matrix, first: Double, second: Double, last: Double) {
    expect(
      VendiPackage.scores(of: rows, workers: Self.workers),
      [
        // Its q is ignored.
        "score_X": first, "score_X(q=2)": first, "score_K": first, "score_K(q=2)": second,
        "score_K(q=inf)": last, "score_dual": first, "score_dual(q=2)": second,
        "score_dual(q=inf)": last,
      ])
  }

  @Test func prdc() {
    expect(
      PRDCPackage.scores(
        real: Self.rows(70, 6, 2), fake: Self.rows(50, 6, 1, scale: 0.75), workers: Self.workers),
      ["precision": 0.86, "recall": 52.0 / 70, "density": 1.056, "coverage": 52.0 / 70])
    let same = Self.rows(70, 6, 2)
    expect(
      PRDCPackage.scores(real: same, fake: same, k: 3, workers: Self.workers),
      ["precision": 66.0 / 70, "recall": 66.0 / 70, "density": 66.0 / 70, "coverage": 66.0 / 70])
  }

  @Test func kirkOfTexts() {
    let inputs = [
      [
        "The cat sat on the mat. It purred.", "The cat sat on the mat.\nIt purred again and again.",
      ],
      ["I paid 3.50 for it", "I paid 350 for it  twice", "caf\u{E9} cafe\u{301} caf\u{E9}"],
      ["one two three four five six seven", "one two three four five six eight"],
    ]
    expect(
      KirkCode.scores(ofTexts: inputs),
      [
        "mean_per_input_averaged_distinct_ngrams": 0.6684030784030783,
        "std_per_input_averaged_distinct_ngrams": 0.0762280337847633,
        "overall_averaged_distinct_ngrams": 0.6901193745232647,
        "overall_single_output_averaged_distinct_ngrams": 1,
        "mean_per_input_ead_averaged_distinct_ngrams": 0.6684680632536536,
        "std_per_input_ead_averaged_distinct_ngrams": 0.07625092640128542,
        "overall_ead_averaged_distinct_ngrams": 0.6903274284156227,
        "overall_single_output_ead_averaged_distinct_ngrams": 1.0001293422423427,
      ])
    // Their defects: words glued over a line break are new words, 3.50 and 350 the same one.
    func overall(_ texts: [String]) -> Double {
      KirkCode.scores(ofTexts: [texts]).first { $0.name == "overall_averaged_distinct_ngrams" }!
        .value
    }
    #expect(overall(["a\nb", "ab"]) == 0.1 && overall(["3.50", "350"]) == 0.1)
  }

  @Test func kirkOfVectors() {
    let rows = Self.rows(12, 7, 2)
    expect(
      KirkCode.scores(
        ofVectors: [0..<4, 4..<8, 8..<12].map { rows.rows(Array($0)) }),
      [
        "mean_per_input_sent_bert_from_sim": 1.1089727408473904,
        "std_per_input_sent_bert_from_sim": 0.06995136401557649,
        "overall_sent_bert_from_sim": 1.061772564438354,
        "overall_single_output_sent_bert_from_sim": 0.902542289030012,
      ])
  }
}
