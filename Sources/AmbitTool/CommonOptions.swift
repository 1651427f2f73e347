import AmbitStudy
import ArgumentParser

/// Where results go and how much is said.
struct CommonOptions: ParsableArguments {
  @Option(
    name: [.long, .customShort("o")], help: "The folder of the results (default out/<study>).")
  var out: String?

  @Option(help: "Threads to use (default: one per core). Results do not depend on it.")
  var threads: Int?

  @Flag(help: "Also write the vectors: embeddings.npy and rows.csv.") var saveEmbeddings = false
  @Flag(help: "Say nothing but errors; the table still goes to standard output.")
  var quiet = false
  @Flag(help: "Write progress for programs to standard error, one JSON object a line.")
  var jsonProgress = false
  @Flag(help: "Print the measurements as JSON instead of a table.") var json = false
  @Flag(
    name: [.long, .customLong("allow-nonmetric")],
    help: "Do what would be refused for a scientific reason; recorded in the results.")
  var force = false

  func apply(to options: inout StudyOptions) {
    options.outputFolder = out
    options.threads = threads
    if saveEmbeddings { options.saveEmbeddings = true }
    if force { options.force = true }
  }
}
