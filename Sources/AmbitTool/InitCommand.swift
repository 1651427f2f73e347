import AmbitStudy
import ArgumentParser
import Foundation

/// `ambit init`: a study file for what a folder holds.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a study file for the outputs in a folder.",
    discussion: """
      Looks at every file below the folder and writes FOLDER/study.yaml: what each
      file holds, one entry for files whose names differ in a step alone, the
      likeliest baseline, and comments on what else a study may say.

        ambit init gens
        ambit run gens/study.yaml
      """)

  @Argument(help: "The folder with the outputs.", completion: .directory)
  var folder = "."

  @Flag(help: "Replace a study file that is there.") var force = false
  @Flag(help: "Say nothing but errors and what was written.") var quiet = false

  func run() throws {
    let proposal = StudyProposal(
      folder: folder, replaces: force,
      executablePath: Bundle.main.executableURL?.resolvingSymlinksInPath().path)
    let progress = ProgressLine.shown(unless: quiet)
    defer { progress?.clear() }
    let result = try proposal.run { progress?.update($0) }
    progress?.clear()
    if !quiet {
      for note in result.notes { StandardStreams.talk("note: \(note.text)\n") }
    }
    StandardStreams.output(result.summary)
  }
}
