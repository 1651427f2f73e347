import AmbitCorpus
import AmbitFormats
import AmbitMatrix
import AmbitMeasures
import AmbitProjection

/// Files to numbers, and nothing else: `ambit measure`.
///
/// Vectors are measured in the embedding space and in the planes that `ambit run` would fit to them,
/// coordinates in their planes, texts by their words and, where they have them, log-probs. The numbers
/// are those of `ambit run` on the same rows.
public struct FileMeasurement {
  /// What was found.
  public struct Result: Sendable {
    /// What a reader of the numbers must know.
    public let notes: [StudyNote]
    /// The numbers as a table, or where they were written.
    public let summary: String
    /// `metrics.json`, the last line ended.
    public let json: String
  }

  private let words: [String]
  private let settings: StudySettings
  private let readsRows: Bool

  /// Takes files as the command line names them; of `options` all count that change a number, and
  /// `outputFolder` is the path of the table, nil for none.
  ///
  /// - Parameter rowsPath: what each row of the one file of vectors is: `checkpoint`, `prompt_id`,
  ///   `sample`, as `ambit run` and `ambit embed` write it.
  /// - Throws: `UsageError` for a value that cannot be used.
  public init(_ words: [String], rowsPath: String? = nil, options: StudyOptions) throws {
    guard !words.isEmpty else {
      throw UsageError(
        "no file is given", hint: "for example `ambit measure vectors.npy --rows rows.csv`")
    }
    if rowsPath != nil, words.count > 1 {
      throw UsageError(
        "--rows tells the rows of one file of vectors, found \(words.count) files",
        hint: "put the ids beside each: X.ids.csv beside X.npy")
    }
    self.words = words
    readsRows = rowsPath != nil
    var options = options
    if let rowsPath { options.reading.idsPath = rowsPath }
    settings = try StudySettings(options)
    if let path = settings.outputFolder, !path.hasSuffix(".csv") {
      throw UsageError(
        "--out names `\(path)`; the numbers are written as CSV", hint: "for example -o metrics.csv")
    }
  }

  /// Reads, measures and writes.
  ///
  /// - Throws: `InputError`, `Refusal`; then nothing has been written.
  public func run(progress: @escaping @Sendable (StudyProgress) -> Void = { _ in }) throws -> Result
  {
    progress(StudyProgress(stage: .reading))
    let input = try MeasuredInput(words, settings: settings, readsRows: readsRows)
    let corpus = input.corpus
    let suite = MeasuringStage.suite(settings)
    var spaces = input.planes
    if let embedded = input.embedded {
      progress(StudyProgress(stage: .projecting))
      let wantsPlanes = suite.measures.contains { $0.domain == .plane }
      spaces = MeasuringStage.spaces(
        embedded,
        wantsPlanes
          ? try ProjectionStage.run(embedded, corpus: corpus, settings: settings).planes : [], nil)
    }
    progress(StudyProgress(stage: .measuring))
    let design = MeasuringStage.design(of: corpus)
    var measured = suite.run(
      design: design, spaces: spaces, settings: settings.inference, workers: settings.workers
    ) { progress(StudyProgress(stage: .measuring, share: $0)) }
    let lexical =
      input.holdsTexts ? LexicalStage.run(corpus, settings: settings, remembering: nil) : nil
    if let lexical { measured.append(lexical.result) }
    if input.holdsTexts, let logProbs = LogProbStage.run(corpus, settings: settings) {
      measured.append(logProbs)
    }
    try checkTaken(measured.measurements, input)

    let provenance = Provenance(
      corpus: corpus, embedded: input.embedded ?? .none, settings: settings, basisSHA256: nil,
      map: nil, textWindow: lexical?.window)
    let table = MetricsTable(
      measurements: measured.measurements, promptMeasurements: measured.promptMeasurements,
      report: ReadingReport(readings: Reading.all(in: measured)),
      provenance: provenance)
    if let path = settings.outputFolder {
      progress(StudyProgress(stage: .writing))
      var files = AtomicFileSet()
      try files.add(table.csv, at: path)
      try files.commit()
    }
    return Result(
      notes: input.notices.map(StudyNote.init),
      summary: summary(measured.measurements, input),
      json: JSONWriter(isPretty: true).string(table.json) + "\n")
  }

  private func checkTaken(_ rows: [Measurement], _ input: MeasuredInput) throws {
    guard !settings.force else { return }
    let hint =
      input.holdsTexts
      ? "texts have the measures of words and log-probs; `ambit embed` turns them into vectors"
      : nil
    try settings.measures?.checkTaken(rows, hint: hint)
    guard !rows.contains(where: { $0.value != nil }) else { return }
    let reason = rows.first.map { ": \(Endpoint($0).reason)" } ?? ""
    throw Refusal(
      "nothing of this input can be measured\(reason)",
      hint: hint ?? "--force gives what is refused by rule, flagged")
  }

  private func summary(_ rows: [Measurement], _ input: MeasuredInput) -> String {
    let counts = StudyCounts(input.corpus)
    let units = input.corpus.hasPrompts ? counts.units : "\(counts.outputs), no prompts"
    let names = input.corpus.checkpointNames
    let compared =
      names.count == 1
      ? TerminalText.shortened(names[0], to: 60)
      : "\(names.count) checkpoints, the baseline is "
        + TerminalText.shortened(names[input.corpus.baselineIndex], to: 60)
    let heading = "\(input.description)\n\(compared), \(units)\n\n"
    if let path = settings.outputFolder {
      return heading + "\(rows.count) measurements: \(path)\n"
    }
    return heading + MeasurementTable(rows).text + "\n" + MeasurementTable.legend + "\n"
  }
}

extension EmbeddedCorpus {
  /// Of texts or points that no embedder has to do with.
  static let none = EmbeddedCorpus(matrices: [], name: "none", fingerprint: "none", window: nil)
}
