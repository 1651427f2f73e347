import AmbitCorpus
import AmbitEmbedding
import AmbitFormats
import AmbitMatrix
import AmbitMeasures
import AmbitProjection
import AmbitRendering

/// A study: checkpoints in, a folder of results out.
///
///     let study = try Study(arguments: ["base=base.jsonl", "sft=sft.jsonl"])
///     let result = try study.run()
///
/// All input is read, matched and checked before anything is written. The same input and seed give the
/// same bytes for any thread count, `manifest.json` apart.
public struct Study {
  let arguments: [CheckpointArgument]
  private let command: [String]
  let settings: StudySettings
  /// The study file, where there is one: errors that lie in no other file lie there.
  let studyFile: String?
  /// The lines of the study file's keys that no flag overrides.
  private let places: [String: Int]

  /// Takes checkpoints as the command line gives them, or one study file; `options` override its own.
  ///
  /// - Throws: `InputError` for a study file that cannot be used, `UsageError` for a value out of range.
  public init(arguments: [String], options: StudyOptions = StudyOptions(), command: [String] = [])
    throws
  {
    self.command = command
    if let first = arguments.first, StudyFile.isStudyFile(first), !first.contains("=") {
      guard arguments.count == 1 else {
        throw UsageError(
          "a study file stands alone, found \(arguments.count) arguments",
          hint: "list the checkpoints in the file")
      }
      let file = try StudyFile(path: first)
      self.arguments = file.arguments
      settings = try StudySettings(options.over(file.options))
      studyFile = first
      var places = file.lines
      if options.baseline != nil { places["baseline"] = nil }
      if options.dropped != nil { places["drop"] = nil }
      self.places = places
    } else {
      self.arguments = arguments.map { .word($0) }
      settings = try StudySettings(options)
      studyFile = nil
      places = [:]
    }
  }

  /// Runs every stage and writes the results.
  ///
  /// - Parameters:
  ///   - isStopped: asked between blocks of texts that are embedded and kept.
  ///   - progress: called often, from any thread.
  /// - Throws: `InputError`, `Refusal` or `UsageError`; `Interrupted` where `isStopped` said so. Then nothing
  ///   has been written, but to the cache.
  public func run(
    isStopped: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (StudyProgress) -> Void = { _ in }
  ) throws -> StudyResult {
    try run(given: nil, isStopped: isStopped, progress: progress)
  }

  /// The same with files that are read already; nil to read them.
  func run(
    given: (CheckpointArguments.Resolved, MatchedCorpus)?,
    isStopped: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (StudyProgress) -> Void
  ) throws -> StudyResult {
    var clock = StageClock(progress: progress)
    clock.enter(.reading)
    let selection: CheckpointArguments.Resolved
    let corpus: MatchedCorpus
    let quality: QualityStage?
    let strata: StrataStage?
    do {
      (selection, corpus) = try given ?? read(progress)
      quality = try QualityStage(corpus, settings: settings)
      strata = try StrataStage(corpus, settings: settings)
    } catch let error as InputError {
      throw error.located(path: studyFile)
    }
    let folder = try ResultsFolder(path: settings.outputFolder ?? "out/\(studyName(corpus))")

    clock.enter(.embedding)
    let embedded = try EmbeddingStage.run(
      corpus, settings: settings, isStopped: isStopped, progress: progress)

    clock.enter(.projecting)
    let projected = try ProjectionStage.run(embedded, corpus: corpus, settings: settings)

    clock.enter(.mapping)
    let map = try MapStage.run(embedded, settings: settings, progress: progress)

    clock.enter(.measuring)
    let design = MeasuringStage.design(of: corpus)
    let cache = settings.cacheFolder.map { MeasureCache(folder: $0) }
    var measured = MeasuringStage.suite(settings).run(
      design: design, spaces: MeasuringStage.spaces(embedded, projected.planes, map),
      settings: settings.inference,
      workers: settings.workers, remembering: cache
    ) { progress(StudyProgress(stage: .measuring, share: $0)) }
    let lexical = LexicalStage.run(corpus, settings: settings, remembering: cache)
    if let lexical { measured.append(lexical.result) }
    if let quality {
      measured.append(quality.run(embedded, corpus: corpus, settings: settings))
    }
    if let logProbs = LogProbStage.run(corpus, settings: settings) { measured.append(logProbs) }
    let stratumRows = strata?.run(
      embedded, corpus: corpus, settings: settings, clustering: measured.clustering,
      lexical: lexical, remembering: cache)
    cache?.finish()
    let reuse = cache.map { ReuseStatement($0.usage, fitsPlanes: !settings.basis.isFile) }
    if !settings.force { try settings.measures?.checkTaken(measured.measurements) }
    measured.flagIncomplete(selection.skipped.count)

    clock.enter(.drawing)
    let provenance = Provenance(
      corpus: corpus, embedded: embedded, settings: settings, basisSHA256: projected.basisSHA256,
      map: map, skipped: selection.skipped.map(\.name), textWindow: lexical?.window,
      clustering: measured.clustering)
    let matchingNotes = corpus.report.notices.map(StudyNote.init) + embedded.notes
    let fileNotes = selection.notices.map(StudyNote.init)
    let order = CheckpointOrder(
      corpus, isGiven: selection.isOrderGiven, comparisons: settings.inference.comparisons)
    var report = readingReport(measured, corpus, order)
    report.strata = stratumRows
    let findings = StudyFindings(
      corpus: corpus, embedded: embedded, settings: settings, planes: projected.planes, map: map,
      measured: measured, lineages: report.lineages, order: order)
    let figures = try settings.figures.gathered(from: findings).map {
      $0.captioned(provenance.sentences).noted(provenance.figureNotes)
    }
    let drawn = try DrawingStage(settings: settings.figure).run(figures)

    clock.enter(.writing)
    let table = MetricsTable(
      measurements: measured.measurements
        + (map?.measurements(
          checkpoints: corpus.checkpointNames, promptCounts: design.promptIDs.map(\.count)
        ) ?? []).flaggedIncomplete(selection.skipped.count),
      promptMeasurements: measured.promptMeasurements, report: report, provenance: provenance)
    let endpoints = EndpointTable(
      endpoints: Endpoint.all(in: measured.measurements),
      remark: ReadingCounts.truncation(embedded.readings, window: embedded.window))
    let metricsJSON = JSONWriter(isPretty: true).string(table.json) + "\n"
    var files = StudyFiles()
    files.add("metrics.csv", table.csv)
    files.add("metrics.json", text: metricsJSON)
    files.add("per_prompt.csv") { try table.perPromptCSV(to: $0) }
    if let stratumRows { files.add("strata.csv", stratumRows.csv) }
    files.add(
      "lost_gained.jsonl", text: LostAndGained(corpus, design, measured.clusterChanges).jsonl)
    let rows = CoordinatesTable(corpus)
    files.add("coords.csv") { try rows.coordinates(in: projected.planes, map, to: $0) }
    files.add("basis.npz", BasisFile.bytes(of: projected.planes.map(\.basis)))
    if settings.savesEmbeddings {
      files.add("embeddings.npy") { write in
        try write(
          NPYArray.singlePreamble(
            shape: [
              embedded.matrices.reduce(0) { $0 + $1.rowCount }, embedded.matrices[0].columnCount,
            ]))
        for matrix in embedded.matrices { try write(NPYArray.singleBytes(matrix.values)) }
      }
      files.add("rows.csv") { try rows.rows(to: $0) }
    }
    files.add("table.tex", text: endpoints.latex)
    files.add("table.md", text: endpoints.markdown)
    files.add("reading.md", text: report.markdown)
    files.add(drawn, notes: matchingNotes)
    let attainable = StudyNote.attainableSignificance(
      measured.measurements, permutations: settings.inference.permutations)
    let notes =
      fileNotes + matchingNotes + projected.notes
      + [attainable, missingGlyphs(corpus)].compactMap { $0 }
      + [embedded.cacheNote].compactMap { $0 } + (reuse?.notes ?? [])
    let manifest = Manifest(
      command: command, provenance: provenance, skipped: selection.skipped, reuse: reuse,
      strata: stratumRows,
      notes: notes,
      seconds: clock.finished(),
      files: files.names)
    files.add("manifest.json", text: JSONWriter(isPretty: true).string(manifest.json) + "\n")
    try folder.write(files)

    return StudyResult(
      folder: folder.path, notes: notes,
      account: StudyAccount(
        corpus: corpus, embedded: embedded, skipped: selection.skipped.count,
        seconds: clock.finished()
      ).text,
      summary: StudySummary(
        provenance: provenance, endpoints: endpoints, report: report,
        measurements: measured.measurements
      ).text, reuse: reuse?.text, json: metricsJSON,
      figures: drawn.flatMap(\.fileNames).map { "\(folder.path)/\($0)" })
  }

  /// Says which characters of names and title would be drawn as empty boxes.
  private func missingGlyphs(_ corpus: MatchedCorpus) -> StudyNote? {
    let missing = MissingGlyphs.characters(
      in: corpus.checkpointNames + [settings.figure.title ?? ""])
    guard !missing.isEmpty else { return nil }
    return StudyNote(
      code: "missing_glyphs",
      text: """
        no installed font can draw \(String(missing.prefix(8))) in the figures \
        (for Chinese, Japanese and Korean install fonts-noto-cjk)
        """)
  }

  /// What the numbers say together.
  private func readingReport(
    _ measured: MeasureSuite.Result, _ corpus: MatchedCorpus, _ order: CheckpointOrder
  ) -> ReadingReport {
    let lineages = order.lineages.compactMap { chain in
      Lineage(
        measured, checkpoints: chain.path.map { corpus.checkpointNames[$0] }, steps: chain.steps,
        settings: settings.inference, workers: settings.workers
      ).map { NamedLineage(name: chain.name, lineage: $0) }
    }
    return ReadingReport(readings: Reading.all(in: measured), lineages: lineages)
  }

  /// Names, reads and matches the checkpoints.
  func read(
    _ progress: @escaping @Sendable (StudyProgress) -> Void = { _ in }
  ) throws -> (CheckpointArguments.Resolved, MatchedCorpus) {
    var given = CheckpointArguments(
      arguments: arguments, baseline: settings.baseline, dropped: settings.dropped,
      nameSource: settings.nameSource, reading: settings.reading)
    given.lineages = settings.lineages
    given.decoding = settings.decoding
    given.skipsBad = settings.skipsBad
    given.places = places
    let selection = try given.resolve { done, total in
      progress(
        StudyProgress(
          stage: .reading, share: Double(done) / Double(total), done: done, total: total))
    }
    var corpus = try Matching(
      mode: settings.match, seed: settings.inference.seed, keepsEmpty: settings.keepsEmpty
    ).match(selection.checkpoints, baseline: selection.baselineIndex)
    corpus.lineages = selection.lineages
    return (selection, corpus)
  }

  /// The study's own name, or that of the folder in which all its files lie.
  func studyName(_ corpus: MatchedCorpus) -> String {
    if let name = settings.name { return FileNameStems.stem(for: name) }
    let folders = Set(
      corpus.checkpoints.map { checkpoint in
        PathText.folder(checkpoint.source.path)
      })
    let shared = folders.count == 1 ? PathText.lastComponent(folders.first!) : ""
    return shared.isEmpty || shared == "." || shared == ".."
      ? "study" : FileNameStems.stem(for: shared)
  }
}
