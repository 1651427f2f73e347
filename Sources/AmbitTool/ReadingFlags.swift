import AmbitCorpus
import ArgumentParser

/// How files are read where detection does not say what the user means.
struct ReadingFlags: ParsableArguments {
  @Option(help: "The field or column that holds the output.") var textField: String?
  @Option(help: "The field that holds the prompt's text.") var promptField: String?
  @Option(help: "The field that identifies the prompt.") var idField: String?
  @Option(help: "The field that numbers the samples of a prompt.") var sampleField: String?
  @Option(help: "The field that names the checkpoint.") var checkpointField: String?
  @Option(help: "The field that holds a quality score.") var scoreField: String?
  @Option(
    help: "The field that holds the kind of the prompt; every kind is measured by itself too.")
  var stratumField: String?
  @Option(name: .customLong("logprob-field"), help: "The field that holds log-probs.")
  var logProbField: String?

  @Option(help: "A file of prompts kept apart from the answers.", completion: .file())
  var prompts: String?

  @Option(help: "A file of row ids for NPY or NPZ vectors.", completion: .file())
  var ids: String?

  @Flag(help: "Remove <think>…</think> before anything else.") var stripThink = false

  /// What was asked for.
  var options: ReadingOptions {
    ReadingOptions(
      textField: textField, promptField: promptField, idField: idField, sampleField: sampleField,
      checkpointField: checkpointField, scoreField: scoreField, stratumField: stratumField,
      logProbField: logProbField,
      promptsPath: prompts, idsPath: ids,
      stripsThinking: stripThink)
  }
}
