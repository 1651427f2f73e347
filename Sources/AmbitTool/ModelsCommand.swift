import AmbitStudy
import ArgumentParser

/// `ambit models`: which embedders are installed.
struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "List the embedders that are installed, where, and how to get more.")

  @Flag(help: "Print JSON.") var json = false

  func run() {
    let listing = ModelListing()
    StandardStreams.output(json ? listing.json : listing.text)
  }
}
