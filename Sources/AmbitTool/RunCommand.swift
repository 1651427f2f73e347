import AmbitStudy
import ArgumentParser

/// `ambit run`: the main job.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Measure and draw how far checkpoints' outputs reach beside a baseline's.",
    usage: "ambit run [<options>] <checkpoints> ...",
    discussion: """
      Give each checkpoint as name=path, or a folder, or a quoted glob, or one
      study file in YAML. The first checkpoint is the baseline unless --baseline
      names another. A gap such as {step} stands for what differs in the names of
      many files; {step} is the training step.

        ambit run base=base.jsonl sft=sft.jsonl dpo=dpo.jsonl
        ambit run base=gens/base.jsonl 'gens/step-{step}.jsonl'
        ambit run study.yaml

      Results go to out/<study>/; the table goes to standard output.
      """)

  @Argument(
    help: "Checkpoints as name=path, folders, globs, or one study file (.yaml).",
    completion: .file())
  var checkpoints: [String] = []

  @OptionGroup(title: "Checkpoints") var naming: NamingOptions
  @OptionGroup(title: "Training and decoding") var training: TrainingOptions
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Vectors") var embedder: EmbedderOptions
  @OptionGroup(title: "Science") var science: ScienceOptions
  @OptionGroup(title: "Figures") var figures: FigureOptions
  @OptionGroup(title: "Measures") var measures: MeasureOptions
  @OptionGroup(title: "Common") var common: CommonOptions

  func run() throws {
    if measures.lists { return measures.show(asJSON: common.json) }
    guard !checkpoints.isEmpty else {
      throw UsageError(
        "no checkpoint is given", hint: "for example `ambit run base=base.jsonl sft=sft.jsonl`")
    }
    var options = StudyOptions()
    naming.apply(to: &options)
    training.apply(to: &options)
    options.reading = reading.options
    embedder.apply(to: &options)
    science.apply(to: &options)
    measures.apply(to: &options)
    try figures.apply(to: &options)
    common.apply(to: &options)
    let study = try Study(
      arguments: checkpoints, options: options, command: CommandLine.arguments)

    let talk = ProgressTalk(common)
    let result: StudyResult
    do {
      result = try study.run(isStopped: { Interruption.isRequested }) { talk.update($0) }
    } catch {
      talk.clear()
      throw error
    }
    talk.clear()
    if !common.quiet {
      for note in result.notes { StandardStreams.talk("note: \(note.text)\n") }
    }
    StandardStreams.output(common.json ? result.json : result.summary)
    if !common.quiet { StandardStreams.talk(result.farewell) }
  }
}
