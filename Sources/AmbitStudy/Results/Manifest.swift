import AmbitCorpus
import AmbitFormats
import AmbitMatrix
import AmbitMeasures
import AmbitRendering

/// `manifest.json`: everything that a repetition would need, and every warning. The only result that
/// may hold paths, the command, times and the thread count.
struct Manifest {
  let command: [String]
  let provenance: Provenance
  /// What was left out because it could not be read.
  let skipped: [CheckpointArguments.SkippedFile]
  /// What was taken over from earlier runs; nil where nothing is kept.
  let reuse: ReuseStatement?
  let strata: StratumRows?
  let notes: [StudyNote]
  /// Seconds per stage, in order.
  let seconds: [(stage: StudyStage, seconds: Double)]
  /// The other files of the folder, in the order in which they were written.
  let files: [String]

  var json: JSON {
    let corpus = provenance.corpus
    let settings = provenance.settings
    return [
      "schema_version": 1,
      "tool": "ambit",
      "version": .string(ambitVersion),
      "command": .array(command.map { .string($0) }),
      "checkpoints": .array(corpus.checkpoints.indices.map(checkpoint)),
      "baseline": .string(corpus.checkpointNames[corpus.baselineIndex]),
      "dropped": .array(settings.dropped.map { .string($0) }),
      "skipped": .array(
        skipped.map {
          [
            "name": .string($0.name), "path": $0.error.path.map { .string($0) } ?? .null,
            "error": .string($0.error.description),
          ]
        }),
      "reading": reading,
      "matching": matching,
      "embedder": embedder,
      "statistics": provenance.statistics,
      "figure": [
        "width_inches": .number(settings.figure.width), "dpi": .number(settings.figure.dpi),
        "font_size": .number(settings.figure.fontSize),
        "formats": .array(settings.figure.formats.map { .string($0.rawValue) }),
        "title": settings.figure.title.map { .string($0) } ?? .null,
      ],
      "measures_cache": reuse?.json ?? .null,
      "strata": strata?.json ?? .null,
      "threads": .integer(settings.threads),
      "blas": .string(blasDescription),
      "processor": .string(Machine.processor),
      "seconds": .object(
        seconds.reduce(into: JSONObject()) { $0[$1.stage.rawValue] = .number($1.seconds) }),
      "warnings": .array(notes.map { ["code": .string($0.code), "text": .string($0.text)] }),
      "files": .array(files.map { .string($0) }),
    ]
  }

  private func checkpoint(_ index: Int) -> JSON {
    let checkpoint = provenance.corpus.checkpoints[index]
    let counts = provenance.corpus.report.checkpoints[index]
    return [
      "name": .string(checkpoint.name), "path": .string(checkpoint.source.path),
      "sha256": .string(checkpoint.source.sha256), "format": .string(checkpoint.source.format),
      "why": .string(checkpoint.source.why), "records": .integer(counts.recordsRead),
      "prompts": .integer(counts.promptsRead), "empty_dropped": .integer(counts.emptyDropped),
      "rows_kept": .integer(counts.rowsKept),
      "embedded":
        index < provenance.embedded.readings.count
        ? provenance.embedded.readings[index].json : .null,
      "step": checkpoint.step.map { .number($0) } ?? .null,
      "decoding": checkpoint.decodingJSON,
    ]
  }

  /// The embedder, what to do for a better one, and how much of its work the cache spared.
  private var embedder: JSON {
    let embedded = provenance.embedded
    var object = EmbedderStatement(embedded).facts
    object["chosen"] = .boolean(provenance.settings.embedder != nil)
    object["advice"] = embedded.advice.map { .string($0) } ?? .null
    object["cache"] = embedded.cache
    return .object(object)
  }

  private var reading: JSON {
    let reading = provenance.settings.reading
    func text(_ value: String?) -> JSON { value.map { .string($0) } ?? .null }
    return [
      "text_field": text(reading.textField), "prompt_field": text(reading.promptField),
      "id_field": text(reading.idField), "sample_field": text(reading.sampleField),
      "checkpoint_field": text(reading.checkpointField), "score_field": text(reading.scoreField),
      "stratum_field": text(reading.stratumField),
      "logprob_field": text(reading.logProbField),
      "prompts": text(reading.promptsPath), "ids": text(reading.idsPath),
      "strip_think": .boolean(reading.stripsThinking),
      "name_from": text(provenance.settings.nameSource?.rawValue),
    ]
  }

  private var matching: JSON {
    let report = provenance.corpus.report
    return [
      "mode": .string(provenance.settings.match.rawValue),
      "has_prompts": .boolean(provenance.corpus.hasPrompts),
      "prompts_kept": .integer(report.promptsKept),
      "prompts_shared": .integer(report.promptsShared),
      "prompts_not_shared": .integer(report.promptsUnshared),
      "prompts_with_few_samples": .integer(report.promptsWithFewSamples),
      "samples_per_prompt": [
        "min": .integer(report.samplesPerPrompt.lowerBound),
        "max": .integer(report.samplesPerPrompt.upperBound),
      ],
    ]
  }
}
