import AmbitStudy
import ArgumentParser

/// Which measures are taken, and which there are.
struct MeasureOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: """
      Take these measures alone: ids and families, parted by commas; -ID leaves one out \
      (default all).
      """)
  var measures: String?

  @Flag(
    name: .customLong("list-measures"),
    help: "List every measure with its forms, formula and source, and stop.")
  var lists = false

  func apply(to options: inout StudyOptions) {
    options.measures = measures.map { MeasureChoice($0) }
  }

  func show(asJSON: Bool) {
    let listing = MeasureListing()
    StandardStreams.output(asJSON ? listing.json : listing.text)
  }
}
