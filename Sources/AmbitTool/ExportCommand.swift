import AmbitStudy
import ArgumentParser

/// `ambit export`: a finished run as files for other programs.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a finished run for embedding-atlas, TensorBoard or a table program.",
    usage: "ambit export <format> <folder> [<options>]",
    discussion: """
      atlas      a CSV that Apple's embedding-atlas opens: x, y, text, checkpoint
      projector  vectors.tsv and metadata.tsv for TensorBoard's projector; the run
                 must have kept its vectors (--save-embeddings)
      csv        one row an output, with its text and its place in every plane

      A run keeps no texts: they are read again from its input files, which must
      not have changed.

        ambit export atlas out/demo
        ambit export projector out/demo -o projector
      """)

  @Argument(help: "What to write: atlas, projector or csv.") var format: ExportFormat
  @Argument(help: "The folder that `ambit run` wrote.", completion: .directory) var folder: String

  @Option(
    name: [.long, .customShort("o")],
    help: "The CSV file, or the projector's folder (default: in FOLDER/export).",
    completion: .file())
  var out: String?

  @Option(help: "The plane for atlas, as coords.csv names it (default: the first).")
  var plane: String?

  @Option(
    help: "Where the run's input files are now (default: where they were).",
    completion: .directory)
  var inputs: String?

  @Flag(help: "Print what was written as JSON.") var json = false

  func run() throws {
    let result = try RunExport(
      format, folder: folder, out: out, plane: plane, inputsFolder: inputs
    ).run()
    StandardStreams.output(json ? result.json : result.summary)
  }
}
