import AmbitFormats
import Foundation

/// A study handed to Slurm: an array of tasks for what each checkpoint needs, and a joint job after it.
public struct StudySubmission: Sendable {
  /// The study's tasks and where their records lie.
  public let tasks: StudyTasks
  /// The tasks that will run; those that ended well before are left out.
  public let open: [Int]
  private let scripts: SlurmScripts

  /// The jobs of the last submission.
  struct Jobs: Codable, Equatable {
    var array: String?
    var joint: String
    var tasks: Int
  }

  /// Plans a submission; nothing is written.
  ///
  /// - Parameters:
  ///   - study: a study file; all files that it names are read.
  ///   - options: the tasks are given its folders; what else a study needs stands in its file.
  ///   - executable: the whole path of `ambit`.
  /// - Throws: what reading the study throws, `UsageError` for resources out of range.
  public init(
    study: String, options: StudyOptions, resources: SlurmResources, executable: String
  ) throws {
    try resources.validate()
    guard StudyFile.isStudyFile(study) else {
      throw UsageError(
        "`\(study)` is no study file", hint: "`ambit init FOLDER` writes one; then submit it")
    }
    tasks = try Study(arguments: [study], options: options).tasks(count: resources.tasks)
    open = tasks.open
    let folders = [("--cache", options.cacheFolder), ("--out", options.outputFolder)]
    scripts = SlurmScripts(
      tasks: tasks, resources: resources, executable: Self.whole(executable),
      studyPath: Self.whole(study),
      flags: folders.flatMap { flag, folder in folder.map { [flag, Self.whole($0)] } ?? [] })
  }

  /// Both scripts, as they would be submitted.
  public var dryRun: String {
    let array = open.isEmpty ? "" : "# \(tasks.folder)/array.sh\n\(scripts.array(open))\n"
    return array + "# \(tasks.folder)/joint.sh, after the array\n\(scripts.joint)"
  }

  /// Writes and submits the scripts.
  ///
  /// - Returns: what was submitted, for people.
  /// - Throws: `UsageError` where an earlier submission still runs, `InputError` for what Slurm refuses.
  public func submit() throws -> String {
    if let jobs = Self.jobs(in: tasks.folder),
      let entry = try SlurmQueue.entries(of: [jobs.array, jobs.joint].compactMap { $0 }).first
    {
      throw UsageError(
        "the study is in the queue already: job \(entry.job) is \(entry.state)",
        hint:
          "`ambit status` follows it, `scancel \(jobs.array ?? jobs.joint) \(jobs.joint)` ends it")
    }
    try AtomicFile.makeFolder("\(tasks.folder)/logs")
    var array: String?
    if !open.isEmpty {
      let path = "\(tasks.folder)/array.sh"
      try AtomicFile.write(Array(scripts.array(open).utf8), to: path)
      array = try SlurmQueue.submit(path)
    }
    let path = "\(tasks.folder)/joint.sh"
    try AtomicFile.write(Array(scripts.joint.utf8), to: path)
    let joint = try SlurmQueue.submit(path, after: array)
    let jobs = Jobs(array: array, joint: joint, tasks: tasks.count)
    try AtomicFile.write(try JSONEncoder().encode(jobs), to: Self.jobsPath(tasks.folder))
    let done = tasks.count - open.count
    let kept = done > 0 ? "; \(done) of \(tasks.count) are done already" : ""
    return """
      \(array.map { "job \($0): \(open.count) tasks\(kept)" } ?? "all \(tasks.count) tasks are done already")
      job \(joint): what is joint, and the results
      `ambit status` with the study file says how far it is.

      """
  }

  static func jobs(in folder: String) -> Jobs? {
    guard let bytes = try? InputFile(path: jobsPath(folder)).contents.bytes else { return nil }
    return try? JSONDecoder().decode(Jobs.self, from: Data(bytes))
  }

  private static func jobsPath(_ folder: String) -> String { "\(folder)/jobs.json" }

  /// The path from the root.
  static func whole(_ path: String) -> String {
    URL(fileURLWithPath: path).standardizedFileURL.path
  }
}
