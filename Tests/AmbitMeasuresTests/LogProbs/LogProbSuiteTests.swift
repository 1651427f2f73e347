import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

/// Estimators from log-probs against the exactly solvable language model.
@Suite struct LogProbSuiteTests {
  private let prompts = 150
  private let samples = 8

  private func design(_ prompts: Int, _ samples: Int, hasPrompts: Bool = true) -> Design {
    Design(
      checkpoints: ["base", "tuned"], baseline: 0,
      promptIDs: hasPrompts ? (0..<prompts).map { "p\($0)" } : [""],
      promptOffsets: hasPrompts
        ? Array(stride(from: 0, through: prompts * samples, by: samples)) : [0, prompts * samples],
      hasPrompts: hasPrompts)
  }

  private func table(
    _ models: [TinyModel], count: Int, seed: UInt64 = 3,
    score: (LogProbTable.Entry) -> Double? = { _ in nil }
  ) -> LogProbTable {
    let strings = models.enumerated().map { index, model -> [[Int]] in
      var random = SplitMix64(seed: seed, stream: UInt64(index))
      return (0..<count).map { _ in model.sample(&random) }
    }
    return LogProbTable(
      entries: strings.map { own in models.map { model in own.map { model.entry($0) } } },
      scores: zip(strings, models).map { own, model in own.map { score(model.entry($0)) } })
  }

  private func run(_ table: LogProbTable, _ design: Design, threads: Int = 2)
    -> MeasureSuite.Result
  {
    LogProbSuite().run(
      design: design, table: table,
      settings: InferenceSettings(resamples: 200, permutations: 999),
      workers: Workers(threadCount: threads))
  }

  private func find(_ result: MeasureSuite.Result, _ metric: String, _ variant: String) throws
    -> Measurement
  {
    try #require(
      result.measurements.first {
        $0.metric == metric && $0.variant == variant && !$0.reference.isEmpty
      })
  }

  /// The standard error of the mean of per-prompt values.
  private func error(_ result: MeasureSuite.Result, _ checkpoint: String, _ variant: String)
    -> Double
  {
    SampleMoments(
      result.promptMeasurements.filter { $0.checkpoint == checkpoint && $0.variant == variant }
        .compactMap(\.value)
    ).varianceOfMean.squareRoot()
  }

  @Test func estimatesAreNearTheTruth() throws {
    let result = run(
      table([.base, .tuned], count: prompts * samples), design(prompts, samples))
    let truth = (base: 5.386384973961548, tuned: 2.388219221179385)
    for variant in ["plain", "rb"] {
      let row = try find(result, "entropy", variant)
      let (base, tuned) = (error(result, "base", variant), error(result, "tuned", variant))
      #expect(abs((try #require(row.referenceValue)) - truth.base) < 4 * base)
      #expect(abs((try #require(row.value)) - truth.tuned) < 4 * tuned, "\(row.value!)")
      #expect(try #require(row.interval).contains(truth.tuned - truth.base))
      #expect(row.effectKind == .difference && row.scope == .within && row.space == "logprob")
      #expect((try #require(row.p)) <= 0.001 && row.flags.isEmpty, "\(row.flags)")
      let band = try #require(row.nullBand)
      let effect = try #require(row.effect)
      #expect(band.contains(0) && !band.contains(effect))
    }
    #expect(
      error(result, "tuned", "rb") < 0.6 * error(result, "tuned", "plain"),
      "the entropies on the way vary less than the log-probs")
    for (variant, expected) in [
      ("to_base", 1.340429267227809), ("from_base", 1.7032196875990568),
      ("asymmetry", 1.7032196875990568 - 1.340429267227809),
    ] {
      let row = try find(result, "kl", variant)
      #expect(try #require(row.interval).contains(expected), "\(row)")
      #expect((row.p != nil) == (variant == "asymmetry") && row.effect == nil)
    }
  }

  /// 200 small studies: means of unbiased estimators within four standard errors.
  @Test func estimatorsAreUnbiased() throws {
    let results = Workers(threadCount: 2).map(200) { seed in
      run(table([.base, .tuned], count: 24, seed: UInt64(900 + seed)), design(6, 4), threads: 1)
    }
    for (metric, variant, truth) in [
      ("entropy", "plain", 2.388219221179385), ("entropy", "rb", 2.388219221179385),
      ("kl", "to_base", 1.340429267227809), ("kl", "from_base", 1.7032196875990568),
    ] {
      let moments = SampleMoments(
        try results.map { try #require(try find($0, metric, variant).value) })
      let error = moments.varianceOfMean.squareRoot()
      #expect(abs(moments.mean - truth) < 4 * error, "\(metric) \(variant): \(moments.mean)")
    }
  }

  @Test func perTokenIsTheRatioOfSums() throws {
    let table = table([.base, .tuned], count: 24)
    let result = run(table, design(6, 4))
    let rows = result.promptMeasurements.filter {
      $0.checkpoint == "tuned" && $0.variant == "plain_per_token"
    }
    for (prompt, row) in rows.enumerated() {
      let entries = table.entries[1][1][prompt * 4..<prompt * 4 + 4].compactMap { $0 }
      let expected =
        -entries.reduce(0) { $0 + $1.total }
        / Double(entries.reduce(0) { $0 + $1.tokenCount! })
      #expect(agree(try #require(row.value), expected, relative: 1e-12))
    }
  }

  /// `G = CE − H` is the derivative of the cross-entropy by a factor on the logits, on any tokens.
  @Test func theGapIsTheDerivativeOfTheCrossEntropy() throws {
    var random = SplitMix64(seed: 5)
    let texts = (0..<200).map { _ in TinyModel.tuned.sample(&random) }
    let design = Design(
      checkpoints: ["human", "model"], baseline: 0, promptIDs: [""], promptOffsets: [0, 200],
      hasPrompts: false)
    let single = Design(
      checkpoints: ["human", "model"], baseline: 0, promptIDs: ["p"], promptOffsets: [0, 200])
    #expect(design.rowCount(of: 0) == 200)
    func crossEntropy(_ factor: Double) -> Double {
      let model = TinyModel.base.scaled(by: factor)
      let entries = texts.map { model.entry($0) }
      return -entries.reduce(0) { $0 + $1.total }
        / Double(entries.reduce(0) { $0 + $1.tokenCount! })
    }
    let scored = texts.map { Optional(TinyModel.base.entry($0)) }
    let nothing = [LogProbTable.Entry?](repeating: nil, count: 200)
    let table = LogProbTable(
      entries: [[nothing, scored], [nothing, scored]],
      scores: [[Double?](repeating: nil, count: 200), [Double?](repeating: nil, count: 200)])
    let row = try find(run(table, single), "overconfidence_gap", "")
    let step = 1e-4
    let slope = (crossEntropy(1 + step) - crossEntropy(1 - step)) / (2 * step)
    #expect(abs((try #require(row.value)) - slope) < 1e-6)
    #expect(row.flags == [.fewPrompts])
  }

  @Test func likelyAndGoodGoTogether() throws {
    let design = design(20, 8)
    let same = run(table([.base, .tuned], count: 160) { $0.total * 3 - 1 }, design)
    let row = try find(same, "score_logprob_correlation", "")
    #expect(row.value == 1 && row.referenceValue == 1 && row.flags.isEmpty)
    let turned = run(table([.base, .tuned], count: 160) { -$0.total }, design)
    #expect(try find(turned, "score_logprob_correlation", "").value == -1)
    let none = run(table([.base, .tuned], count: 160), design)
    #expect(try find(none, "score_logprob_correlation", "").flags == [.noScores])
    // scipy.stats.spearmanr.
    #expect(
      agree(
        ScoreCorrelation.spearman([1, 2, 2, 5, 0.5, 2], [3, 1, 4, 4, 0, 9]), 0.6468431588153822,
        relative: 1e-12))
  }

  @Test func absenceIsOneRow() throws {
    let nothing = [LogProbTable.Entry?](repeating: nil, count: 24)
    let scores = [Double?](repeating: 1, count: 24)
    let result = run(
      LogProbTable(entries: [[nothing, nothing], [nothing, nothing]], scores: [scores, scores]),
      design(6, 4))
    let row = try #require(result.measurements.first)
    #expect(result.measurements.count == 1 && result.promptMeasurements.isEmpty)
    #expect(row.metric == "entropy" && row.variant == "plain" && row.checkpoint == "base")
    #expect(row.value == nil && row.flags == [.noLogProbs])
  }

  /// Own log-probs of one model only, and one output without: its prompt is left out.
  @Test func whatIsMissingIsSaid() throws {
    let full = table([.base, .tuned], count: 48)
    let nothing = [LogProbTable.Entry?](repeating: nil, count: 48)
    var own = full.entries[0][0]
    own[5] = nil
    let scores = [Double?](repeating: nil, count: 48)
    let table = LogProbTable(
      entries: [[own, nothing], [nothing, nothing]], scores: [scores, scores])
    let result = run(table, design(12, 4))
    for row in result.measurements {
      let isKnown =
        row.checkpoint == "base" && row.metric == "entropy"
      #expect((row.value != nil) == isKnown, "\(row)")
      if isKnown { #expect(row.prompts == 11 && row.samples == 44) }
      if !isKnown { #expect(!row.flags.isEmpty) }
    }
    let keys = result.measurements.map { [$0.checkpoint, $0.reference, $0.metric, $0.variant] }
    #expect(Set(keys).count == keys.count)
  }

  @Test func boundsAreFlagged() throws {
    let full = table([.base, .tuned], count: 48)
    var entries = full.entries
    entries[1][1] = entries[1][1].map { entry in
      entry.map {
        LogProbTable.Entry(total: $0.total, tokenCount: $0.tokenCount, entropy: $0.entropy)
      }
    }
    let result = run(LogProbTable(entries: entries, scores: full.scores), design(12, 4))
    for row in result.measurements where row.metric == "entropy" {
      let isBound = row.checkpoint == "tuned" && row.variant.hasPrefix("rb")
      #expect(row.flags == (isBound ? [.topTokensOnly] : []), "\(row)")
    }
  }

  @Test func aCopyAndNoPromptsAndThreads() throws {
    let copy = table([.base], count: 48)
    let twice = LogProbTable(
      entries: [
        [copy.entries[0][0], copy.entries[0][0]], [copy.entries[0][0], copy.entries[0][0]],
      ],
      scores: [copy.scores[0], copy.scores[0]])
    let result = run(twice, design(12, 4))
    for variant in ["plain", "rb"] {
      let row = try find(result, "entropy", variant)
      #expect(row.effect == 0 && row.p == 1)
    }
    for variant in ["to_base", "from_base", "asymmetry"] {
      #expect(try find(result, "kl", variant).value == 0)
    }
    let pooled = run(twice, design(12, 4, hasPrompts: false))
    #expect(
      pooled.measurements.allSatisfy { $0.scope == .pooled && $0.flags.contains(.noPrompts) })
    #expect(try find(pooled, "entropy", "plain").interval != nil)
    let many = table([.base, .tuned], count: 48)
    #expect(run(many, design(12, 4), threads: 1) == run(many, design(12, 4), threads: 3))
  }
}
