import AmbitStudy
import ArgumentParser

/// How files are read where detection does not say what the user means.
struct ReadingFlags: ParsableArguments {
  @Option(help: "The field or column that holds the output.") var textField: String?
  @Option(help: "The field that holds the prompt's text.") var promptField: String?
  @Option(help: "The field that identifies the prompt.") var idField: String?
  @Option(help: "The field that numbers the samples of a prompt.") var sampleField: String?
  @Option(help: "The field that names the checkpoint.") var checkpointField: String?
  @Option(help: "The field that holds a quality score.") var scoreField: String?

  @Option(help: "A file of prompts kept apart from the answers.", completion: .file())
  var prompts: String?

  @Option(help: "A file of row ids for NPY or NPZ vectors.", completion: .file())
  var ids: String?

  @Flag(help: "Remove <think>…</think> before anything else.") var stripThink = false

  func apply(to options: inout StudyOptions) {
    options.textField = textField
    options.promptField = promptField
    options.idField = idField
    options.sampleField = sampleField
    options.checkpointField = checkpointField
    options.scoreField = scoreField
    options.promptsFile = prompts
    options.idsFile = ids
    if stripThink { options.stripThink = true }
  }
}
