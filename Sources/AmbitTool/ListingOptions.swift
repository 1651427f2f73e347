import AmbitStudy
import ArgumentParser

/// Asks which measures there are.
struct ListingOptions: ParsableArguments {
  @Flag(
    name: .customLong("list-measures"),
    help: "List every measure with its forms, formula and source, and stop.")
  var isWanted = false

  func show(asJSON: Bool) {
    let listing = MeasureListing()
    StandardStreams.output(asJSON ? listing.json : listing.text)
  }
}
