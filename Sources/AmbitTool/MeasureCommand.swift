import AmbitCorpus
import AmbitMeasures
import AmbitStudy
import ArgumentParser

/// `ambit measure`: files to numbers, nothing else.
struct MeasureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure",
    abstract: "Measure vectors, points or texts, without drawing.",
    usage: "ambit measure [<options>] <files> ...",
    discussion: """
      Vectors have the measures of the embedding space and of the planes, points of
      a coords.csv those of planes, texts those of words and log-probs. The numbers
      are those of `ambit run` on the same rows.

        ambit measure embeddings.npy --rows rows.csv
        ambit measure base=base.npy sft=sft.npy -o metrics.csv
        ambit measure coords.csv --measures hull_area,hull_kept
        ambit measure base=base.jsonl sft=sft.jsonl --measures lexical
      """)

  @Argument(
    help: "NPY or NPZ files of vectors, a coords.csv, or files of texts.", completion: .file())
  var files: [String] = []

  @Option(
    help: "What each vector is: checkpoint, prompt_id and sample, as `run` and `embed` write it.",
    completion: .file())
  var rows: String?

  @Option(
    name: [.long, .customShort("o")], help: "Write the numbers as CSV instead of a table.",
    completion: .file())
  var out: String?

  @Option(
    help: "Give the numbers of a package instead: vendi, prdc, diversity or kirk2023.")
  var compat: CompatiblePackage?

  @OptionGroup(title: "Measures") var measures: MeasureOptions
  @OptionGroup(title: "Checkpoints") var naming: NamingOptions
  @OptionGroup(title: "Reading") var reading: ReadingFlags

  @Option(help: "How rows are matched over checkpoints: prompts, n or none.") var match: MatchMode?
  @Flag(help: "Keep empty outputs, which are dropped and counted by default.")
  var keepEmpty = false
  @Option(help: "The words of each output that equal-token variants look at.")
  var windowTokens: Int?
  @Option(help: "What the planes are fitted on: pooled, base, or a basis.npz of an earlier run.")
  var basis: BasisChoice?
  @OptionGroup(title: "Statistics") var inference: InferenceOptions

  @Option(help: "Threads to use (default: one per core). Results do not depend on it.")
  var threads: Int?
  @Flag(help: "Say nothing but errors; the table still goes to standard output.")
  var quiet = false
  @Flag(help: "Print the measurements as JSON instead of a table.") var json = false
  @Flag(
    name: [.long, .customLong("allow-nonmetric")],
    help: "Do what would be refused for a scientific reason; recorded in the results.")
  var force = false

  func run() throws {
    if measures.lists { return measures.show(asJSON: json) }
    var options = StudyOptions()
    naming.apply(to: &options)
    options.reading = reading.options
    measures.apply(to: &options)
    inference.apply(to: &options)
    options.match = match
    options.windowTokens = windowTokens
    options.basis = basis
    options.threads = threads
    options.outputFolder = out
    if keepEmpty { options.keepEmpty = true }
    if force { options.force = true }
    if let compat {
      let result = try PackageComparison(
        files, package: compat, rowsPath: rows, options: options
      ).run()
      return show(notes: result.notes, json ? result.json : result.summary)
    }
    let job = try FileMeasurement(files, rowsPath: rows, options: options)
    let progress = ProgressLine.shown(unless: quiet)
    defer { progress?.clear() }
    let result = try job.run { progress?.update($0) }
    progress?.clear()
    show(notes: result.notes, json ? result.json : result.summary)
  }

  private func show(notes: [StudyNote], _ text: String) {
    if !quiet {
      for note in notes { StandardStreams.talk("note: \(note.text)\n") }
    }
    StandardStreams.output(text)
  }
}
