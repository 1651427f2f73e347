import AmbitStudy
import ArgumentParser

/// `ambit status`: how far a submitted study is.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Say how far a study is that was handed to Slurm.",
    discussion: "Exit code 0 whatever it says; --json is for scripts that wait.")

  @Argument(help: "The study file that was submitted.", completion: .file()) var study: String
  @OptionGroup(title: "Folders") var folders: SharedFolders
  @Flag(help: "Print JSON.") var json = false

  func run() throws {
    let status = try StudyStatus(study: study, options: folders.options)
    StandardStreams.output(json ? status.json : status.text)
  }
}
