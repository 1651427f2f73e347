import AmbitCorpus
import AmbitFormats
import AmbitStudy
import ArgumentParser

/// `ambit inspect`: what files hold and how they were recognised.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Say what files hold and how they were recognised.",
    usage: "ambit inspect [<options>] <files> ...",
    discussion: """
      Prints format and reason, records, prompts, samples, lengths, empties,
      duplicates, scripts and the fields that are not used. Nothing is written.

        ambit inspect gens/*.jsonl
        ambit inspect --json base.jsonl
      """)

  @Argument(help: "Files to look at; - is standard input.", completion: .file())
  var files: [String]

  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @Flag(help: "Print JSON.") var json = false

  func run() throws {
    let inspections = try files.map {
      Inspection(try OutputFile(path: $0, options: reading.options))
    }
    StandardStreams.output(
      json
        ? JSONWriter(isPretty: true).string(Inspection.json(inspections)) + "\n"
        : inspections.map(\.text).joined(separator: "\n"))
  }
}
