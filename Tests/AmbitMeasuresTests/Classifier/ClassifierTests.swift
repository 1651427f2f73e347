import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

/// The classifier against scikit-learn, closed forms and itself done the slow way.
@Suite struct ClassifierTests {
  private let workers = Workers(threadCount: 2)

  private func groups(_ base: Int, _ tuned: Int) -> [UInt8] {
    [UInt8](repeating: 0, count: base) + [UInt8](repeating: 1, count: tuned)
  }

  private func folds(_ count: Int, of rows: Int) -> [[Int]] {
    (0..<count).map { Array(stride(from: $0, to: rows, by: count)) }
  }

  /// 60 rows against 45 with another mean in the first column and another spread in the second.
  private var example: Matrix {
    var random = SplitMix64(seed: 7)
    var rows = Matrix(
      rowCount: 105, columnCount: 5, values: (0..<105 * 5).map { _ in Float(random.normal()) })
    for row in 60..<105 {
      rows[row, 0] += 1.5
      rows[row, 1] *= 2
    }
    return rows
  }

  /// `Ridge(alpha=1)`, `roc_auc_score` and `LogisticRegression(C=1e6)` of scikit-learn 1.9, the folds
  /// by remainder.
  @Test func valuesAreThoseOfScikitLearn() {
    let folds = folds(5, of: 105)
    let classifier = HeldOutClassifier(example, folds: folds, workers: workers)
    let labels = groups(60, 45)
    let scores = classifier.scores(of: labels)
    #expect(
      agree(
        FoldWins(scores, groups: labels, folds: folds).share, 0.7388888888888889, relative: 1e-12))
    let loss = CalibratedLoss(classifier, groups: labels, workers: workers)
    #expect(agree(loss.lowerBound, 0.10167160994567725, relative: 1e-6), "\(loss.lowerBound)")
  }

  @Test func relabellingsAreThoseDoneOneByOne() {
    let folds = folds(7, of: 105)
    let classifier = HeldOutClassifier(example, folds: folds, workers: workers)
    var random = SplitMix64(seed: 3)
    let draws = (0..<300).map { _ in (0..<105).map { _ in UInt8(random.index(below: 3)) } }
    let shares = classifier.shares(draws.count, workers: workers) { $1 = draws[$0] }
    for (share, groups) in zip(shares, draws) {
      let scores = classifier.scores(of: groups)
      let expected = FoldWins(scores, groups: groups, folds: folds)
      // Single precision may turn a pair round.
      #expect(abs(share - expected.share) <= 1.01 / expected.pairs)
    }
  }

  @Test func leavingAUnitOutIsCountingWithoutIt() {
    forEachSeed(40) { random in
      let count = 12 + random.index(below: 40)
      let folds = folds(3, of: count)
      let groups = (0..<count).map { _ in UInt8(random.index(below: 2)) }
      // Few values, so many ties.
      let scores = (0..<count).map { _ in Double(random.index(below: 5)) }
      let units = folds.map { Array($0.prefix(2)) }
      let found = FoldWins.leaveOneOut(units, scores: scores, groups: groups, folds: folds)
      for (share, unit) in zip(found, units) {
        var rest = groups
        for row in unit { rest[row] = 2 }
        let expected = FoldWins(scores, groups: rest, folds: folds).share
        try require(
          share == expected || (share.isNaN && expected.isNaN) || abs(share - expected) < 1e-12,
          "\(share) for \(expected)")
      }
    }
  }

  /// Two Gaussians a distance δ apart: AUC = Φ(δ/√2), and the divergence by quadrature.
  @Test func gaussiansApart() {
    for (distance, divergence) in [(1.0, 0.1114215), (2.0, 0.3368308)] {
      let found = workers.map(40) { run in
        var random = SplitMix64(seed: 31, stream: UInt64(run))
        var rows = Matrix(
          rowCount: 800, columnCount: 4, values: (0..<3200).map { _ in Float(random.normal()) })
        for row in 400..<800 { rows[row, 2] += Float(distance) }
        let folds = folds(10, of: 800)
        let classifier = HeldOutClassifier(rows, folds: folds, workers: Workers(threadCount: 1))
        let labels = groups(400, 400)
        return (
          FoldWins(classifier.scores(of: labels), groups: labels, folds: folds).share,
          CalibratedLoss(classifier, groups: labels, workers: Workers(threadCount: 1)).lowerBound
        )
      }
      let auc = SampleMoments(found.map(\.0))
      let truth = NormalDistribution.cumulative(distance / 2.0.squareRoot())
      // What is not learnt from 720 outputs in four columns.
      #expect(auc.mean < truth + 4 * auc.varianceOfMean.squareRoot())
      #expect(auc.mean > truth - 4 * auc.varianceOfMean.squareRoot() - 0.005, "\(auc.mean)")
      let bound = SampleMoments(found.map(\.1))
      #expect(bound.mean < divergence + 4 * bound.varianceOfMean.squareRoot(), "\(bound.mean)")
      #expect(bound.mean > divergence - 4 * bound.varianceOfMean.squareRoot() - 0.01)
    }
  }

  /// Uniform on four points against uniform on two of them: JS = .2157615543.
  @Test func halfOfTheModesDropped() {
    var rows = Matrix(rowCount: 800, columnCount: 4)
    for row in 0..<400 { rows[row, row / 10 % 4] = 1 }
    for row in 400..<800 { rows[row, row / 10 % 2] = 1 }
    let folds = folds(10, of: 800)
    let classifier = HeldOutClassifier(rows, folds: folds, workers: workers)
    let loss = CalibratedLoss(classifier, groups: groups(400, 400), workers: workers)
    #expect(abs(loss.lowerBound - 0.2157615543) < 2e-4, "\(loss.lowerBound)")
  }

  @Test func aSetAgainstItselfIsOneHalfExactly() {
    let half = example.rows(Array(0..<60))
    let rows = Matrix.stacked([half, half])
    let folds = (0..<6).map { fold -> [Int] in
      let own = Array(fold * 10..<fold * 10 + 10)
      return own + own.map { $0 + 60 }
    }
    let classifier = HeldOutClassifier(rows, folds: folds, workers: workers)
    let labels = groups(60, 60)
    #expect(FoldWins(classifier.scores(of: labels), groups: labels, folds: folds).share == 0.5)
    let loss = CalibratedLoss(classifier, groups: labels, workers: workers)
    #expect(loss.lowerBound < 1e-12 && loss.lowerBound > -1e-9)
  }

  @Test func foldsKeepPromptsTogether() {
    let design = Design(
      checkpoints: ["a", "b"], baseline: 0,
      promptIDs: [(0..<23).map { "p\($0)" }, (5..<30).map { "p\($0)" }],
      promptOffsets: [
        Array(stride(from: 0, through: 46, by: 2)), Array(stride(from: 0, through: 75, by: 3)),
      ], hasPrompts: true)
    let folds = PromptFolds(design, checkpoints: [0, 1]).rows
    #expect(folds.count == 10)
    #expect(folds.flatMap { $0 }.sorted() == Array(0..<121))
    func prompt(_ row: Int) -> String {
      row < 46 ? design.promptIDs[0][row / 2] : design.promptIDs[1][(row - 46) / 3]
    }
    let prompts = folds.map { Set($0.map(prompt)) }
    #expect(prompts.reduce(0) { $0 + $1.count } == 30, "no prompt is in two folds")
    #expect(prompts.allSatisfy { $0.count == 3 })
  }
}
