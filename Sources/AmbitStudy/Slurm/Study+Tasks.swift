import AmbitCorpus
import AmbitFormats
import AmbitMeasures

extension Study {
  /// The tasks of this study on a cluster; reads all files.
  ///
  /// - Parameter count: the number of tasks besides the joint one, at most one a checkpoint.
  /// - Throws: what `run` throws for its input, `UsageError` where there is no cache to share.
  func tasks(count: Int?) throws -> StudyTasks {
    do {
      let (_, corpus) = try read()
      return try tasks(of: corpus, count: count)
    } catch let error as InputError {
      throw error.located(path: studyFile)
    }
  }

  private func tasks(of corpus: MatchedCorpus, count: Int?) throws -> StudyTasks {
    guard let cache = settings.cacheFolder else {
      throw UsageError(
        "tasks share a cache, and there is none",
        hint: "name a folder that all machines see with --cache FOLDER")
    }
    let path = studyFile.map(StudySubmission.whole) ?? ""
    let text = try studyFile.map { try InputFile(path: $0).contents.bytes } ?? []
    let parts =
      [ambitVersion, SHA256.hexadecimal(of: text)] + corpus.checkpoints.map(\.source.sha256)
    let name = studyName(corpus)
    return StudyTasks(
      study: name, checkpoints: corpus.checkpointNames,
      count: min(count ?? .max, corpus.checkpoints.count),
      digest: SHA256.hexadecimal(of: parts.joined(separator: "\n")),
      folder:
        "\(StudySubmission.whole(cache))/tasks/\(name)-\(SHA256.hexadecimal(of: path).prefix(12))")
  }

  /// Runs one task and leaves its record in the cache.
  ///
  /// - Parameters:
  ///   - task: its number, or `joint`.
  ///   - count: the number of tasks, as submitted.
  ///   - job: the Slurm job, where it is one.
  ///   - now: seconds since 1970.
  /// - Returns: the results of the joint task; nil for others.
  /// - Throws: what `run` throws; the record says so.
  public func run(
    task: String, of count: Int, job: String?, now: () -> Double,
    progress: @escaping @Sendable (StudyProgress) -> Void = { _ in }
  ) throws -> StudyResult? {
    let (tasks, selection, corpus): (StudyTasks, CheckpointArguments.Resolved, MatchedCorpus)
    do {
      (selection, corpus) = try read()
      tasks = try self.tasks(of: corpus, count: count)
    } catch let error as InputError {
      throw error.located(path: studyFile)
    }
    guard tasks.names.contains(task) else {
      throw UsageError(
        "there is no task `\(task)` of \(tasks.count)",
        hint: "tasks are numbered from 0; `\(StudyTasks.joint)` is the last")
    }
    var record = TaskRecord(
      task: task, study: tasks.digest, state: .running, job: job, host: Machine.host,
      processor: Machine.processor, started: now())
    try tasks.write(record)
    do {
      var result: StudyResult?
      if let number = Int(task) {
        try keep(tasks.places(of: number), of: corpus, progress: progress)
      } else {
        result = try run(given: (selection, corpus), progress: progress)
      }
      record.state = .done
      record.seconds = now() - record.started
      try tasks.write(record)
      return result
    } catch {
      record.state = .failed
      record.seconds = now() - record.started
      record.message = "\(error)"
      try tasks.write(record)
      throw error
    }
  }

  /// Embeds some checkpoints into the cache and takes those of their rows in the embedding space that
  /// depend on them, their references and the baseline alone.
  ///
  /// References that another task has not embedded yet are embedded here too, so they come last.
  private func keep(
    _ places: [Int], of corpus: MatchedCorpus,
    progress: @escaping @Sendable (StudyProgress) -> Void
  ) throws {
    try EmbeddingStage.keep(places, of: corpus, settings: settings, progress: progress)
    let design = MeasuringStage.design(of: corpus)
    // Where all are compared with all, the last would embed what every other task embeds.
    guard let folder = settings.cacheFolder, !settings.embedsHalves,
      settings.inference.comparisons != .all,
      let needed = MeasureSuite.needed(for: places, in: design, settings: settings.inference)
    else { return }
    let embedded = try EmbeddingStage.run(
      corpus.keeping(needed), settings: settings, progress: progress)
    let cache = MeasureCache(folder: folder)
    MeasuringStage.suite(settings).remember(
      places, needed: needed, design: design, space: MeasuringStage.embeddingSpace(embedded),
      settings: settings.inference, workers: settings.workers, in: cache
    ) { progress(StudyProgress(stage: .measuring, share: $0)) }
    cache.finish()
    if let failure = cache.usage.writeFailure { throw failure }
  }
}

extension MatchedCorpus {
  /// The same rows of some of the checkpoints, the baseline among them.
  fileprivate func keeping(_ kept: [Int]) -> MatchedCorpus {
    guard let baseline = kept.firstIndex(of: baselineIndex) else {
      preconditionFailure("every study has its baseline")
    }
    var result = self
    result.checkpoints = kept.map { checkpoints[$0] }
    result.baselineIndex = baseline
    result.rows = kept.map { rows[$0] }
    result.promptOffsets = kept.map { promptOffsets[$0] }
    result.lineages = []
    return result
  }
}
