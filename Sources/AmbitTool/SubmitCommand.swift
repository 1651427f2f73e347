import AmbitStudy
import ArgumentParser
import Foundation

/// `ambit submit`: a study as jobs of Slurm.
struct SubmitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit",
    abstract: "Hand a study to Slurm: an array of tasks, then one job for what is joint.",
    discussion: """
      Each task of the array embeds the outputs of its checkpoints into the shared
      cache; the job after it runs the study, which finds them there. Submitting
      again runs only what did not end well. All machines must see the study's
      files, the cache, the results' folder and `ambit` itself under the same paths.

        ambit submit study.yaml --cache /shared/cache --memory 8G
        ambit status study.yaml --cache /shared/cache
      """)

  @Argument(help: "A study file (.yaml).", completion: .file()) var study: String
  @OptionGroup(title: "Each task") var slurm: SlurmOptions
  @OptionGroup(title: "Folders") var folders: SharedFolders
  @Flag(help: "Print the scripts; submit nothing.") var dryRun = false

  func run() throws {
    let submission = try StudySubmission(
      study: study, options: folders.options, resources: slurm.resources,
      executable: Self.executable)
    StandardStreams.output(dryRun ? submission.dryRun : try submission.submit())
  }

  /// The running executable: the tasks must be the same program.
  private static var executable: String {
    let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return link ?? Bundle.main.executablePath ?? CommandLine.arguments[0]
  }
}
