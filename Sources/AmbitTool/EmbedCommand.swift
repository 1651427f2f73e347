import AmbitCorpus
import AmbitStudy
import ArgumentParser

/// `ambit embed`: texts to vectors, nothing else.
struct EmbedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "embed",
    abstract: "Turn the texts of files into vectors.",
    discussion: """
      Writes one row a record, in file order, to an NPY file, and rows.csv beside
      it, which says what each row is.

        ambit embed base.jsonl sft.jsonl -o vectors.npy
        ambit embed --embedder lexical answers.csv -o vectors.npy --tokens ids.jsonl
      """)

  @Argument(
    help: "Files with texts: paths, name=path, folders, globs; - is standard input.",
    completion: .file())
  var files: [String]

  @Option(
    name: [.long, .customShort("o")], help: "The NPY file of the vectors.", completion: .file())
  var out: String?

  @Option(
    help: "Also write the token ids of each record, one JSON array a line.", completion: .file())
  var tokens: String?

  @Flag(help: "Also write X.half1.npy and X.half2.npy: the odd and the even sentences apart.")
  var halves = false

  @Flag(help: "Keep empty outputs, which are dropped and counted by default.")
  var keepEmpty = false

  @Option(help: "Name checkpoints from: file, step or generator.") var nameFrom: NameSource?

  @OptionGroup(title: "Vectors") var embedder: EmbedderOptions
  @OptionGroup(title: "Reading") var reading: ReadingFlags

  @Option(help: "Threads to use (default: one per core). Results do not depend on it.")
  var threads: Int?
  @Flag(help: "Say nothing but errors and what was written.") var quiet = false
  @Flag(help: "Print what was written as JSON.") var json = false

  func run() throws {
    var options = StudyOptions()
    options.reading = reading.options
    options.nameSource = nameFrom
    embedder.apply(to: &options)
    if keepEmpty { options.keepEmpty = true }
    options.outputFolder = out
    options.threads = threads
    let job = try FileEmbedding(
      files, options: options, tokensPath: tokens, writesHalves: halves)
    let progress = ProgressLine.shown(unless: quiet)
    defer { progress?.clear() }
    let result = try job.run(isStopped: { Interruption.isRequested }) {
      Interruption.entered($0.stage)
      progress?.update($0)
    }
    progress?.clear()
    if !quiet {
      for note in result.notes { StandardStreams.talk("note: \(note.text)\n") }
    }
    StandardStreams.output(json ? result.json : result.summary)
  }
}
