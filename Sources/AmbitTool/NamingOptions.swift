import AmbitCorpus
import AmbitStudy
import ArgumentParser

/// Which checkpoints take part, and what they are called.
struct NamingOptions: ParsableArguments {
  @Option(help: "The checkpoint that all others are compared with (default: the first).")
  var baseline: String?

  @Option(name: .customLong("drop"), help: "Leave a checkpoint out; may be given again.")
  var dropped: [String] = []

  @Option(
    name: .customLong("name-from"),
    help: "Where a checkpoint's name comes from when none is given: file, step or generator.")
  var nameSource: NameSource?

  func apply(to options: inout StudyOptions) {
    options.baseline = baseline
    if !dropped.isEmpty { options.dropped = dropped }
    options.nameSource = nameSource
  }
}
