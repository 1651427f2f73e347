import AmbitMatrix
import AmbitMeasures

/// Lexical measures of plain lists of outputs.
enum LexicalFixture {
  static let workers = Workers(threadCount: 2)

  /// A stand-in for DEFLATE: how many different runs of six bytes a text has, and one.
  static func differentRuns(_ bytes: [UInt8]) -> Int {
    Set(bytes.indices.map { bytes[$0..<min($0 + 6, bytes.count)] }).count + 1
  }

  static let suite = LexicalSuite(compressedSize: differentRuns)

  /// Every statistic of one set of outputs, by `metric/variant` with `_w` for windows.
  static func values(_ outputs: [String], window: Int? = nil) -> [String: Double] {
    let rows = run([outputs], window: window).measurements
    return Dictionary(
      uniqueKeysWithValues: rows.compactMap { row in
        row.value.map { (row.metric + (row.variant.isEmpty ? "" : "/" + row.variant), $0) }
      })
  }

  /// Checkpoints of outputs without prompts: everything is one pooled set.
  static func run(_ checkpoints: [[String]], window: Int? = nil) -> MeasureSuite.Result {
    let design = Design(
      checkpoints: checkpoints.indices.map { "c\($0)" }, baseline: 0,
      promptIDs: checkpoints.map { _ in [""] }, promptOffsets: checkpoints.map { [0, $0.count] },
      hasPrompts: false)
    return run(design, checkpoints, window: window)
  }

  /// Checkpoints with `samples` outputs for every prompt.
  static func run(
    _ checkpoints: [[String]], samples: Int, window: Int? = nil, threads: Int = 2
  ) -> MeasureSuite.Result {
    let prompts = checkpoints[0].count / samples
    let design = Design(
      checkpoints: checkpoints.indices.map { "c\($0)" }, baseline: 0,
      promptIDs: (0..<prompts).map { "p\($0)" },
      promptOffsets: Array(stride(from: 0, through: prompts * samples, by: samples)))
    return run(design, checkpoints, window: window, threads: threads)
  }

  static func run(
    _ design: Design, _ checkpoints: [[String]], window: Int? = nil, threads: Int = 2
  ) -> MeasureSuite.Result {
    let workers = Workers(threadCount: threads)
    return suite.run(
      design: design, texts: LexicalTexts(checkpoints, window: window, workers: workers),
      settings: InferenceSettings(resamples: 200, permutations: 199), workers: workers)
  }

  /// Outputs of words `w0…`, uniform over `vocabulary` of them.
  static func outputs(
    _ count: Int, words: ClosedRange<Int> = 5...25, vocabulary: Int = 40,
    random: inout SplitMix64
  ) -> [String] {
    (0..<count).map { _ in
      let length = words.lowerBound + random.index(below: words.count)
      return (0..<length).map { _ in "w\(random.index(below: vocabulary))" }
        .joined(separator: " ")
    }
  }
}
