import AmbitStudy
import ArgumentParser
import Foundation

/// `ambit task`: one task of a submitted study; Slurm calls it.
struct TaskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "task",
    abstract: "Run one task of a study; the scripts of `ambit submit` call it.",
    shouldDisplay: false)

  @Argument(help: "The study file.", completion: .file()) var study: String
  @Option(help: "The task's number, or `joint`.") var task: String
  @Option(help: "The number of tasks.") var tasks: Int
  @Option(help: "Threads to use (default: one per core).") var threads: Int?
  @OptionGroup(title: "Folders") var folders: SharedFolders

  func run() throws {
    guard tasks > 0 else {
      throw UsageError("--tasks \(tasks) is less than 1", hint: "as `ambit submit` wrote it")
    }
    var options = folders.options
    options.threads = threads
    let result = try Study(
      arguments: [study], options: options, command: CommandLine.arguments
    ).run(task: task, of: tasks, job: Self.job) { Date().timeIntervalSince1970 }
    guard let result else { return }
    for note in result.notes { StandardStreams.talk("note: \(note.text)\n") }
    StandardStreams.output(result.summary)
    StandardStreams.talk(result.farewell)
  }

  /// The job as Slurm's own programs name it.
  private static var job: String? {
    let environment = ProcessInfo.processInfo.environment
    if let array = environment["SLURM_ARRAY_JOB_ID"], let task = environment["SLURM_ARRAY_TASK_ID"]
    {
      return "\(array)_\(task)"
    }
    return environment["SLURM_JOB_ID"]
  }
}
