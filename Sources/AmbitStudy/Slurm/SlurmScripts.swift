/// The two scripts of a study on a cluster: an array of tasks, and the job that waits for all of them.
package struct SlurmScripts {
  let tasks: StudyTasks
  let resources: SlurmResources
  /// The executable and the study file, both as whole paths.
  let executable: String
  let studyPath: String
  /// Flags that both need: `--cache`, `--out`.
  let flags: [String]

  package init(
    tasks: StudyTasks, resources: SlurmResources, executable: String, studyPath: String,
    flags: [String]
  ) {
    self.tasks = tasks
    self.resources = resources
    self.executable = executable
    self.studyPath = studyPath
    self.flags = flags
  }

  /// The tasks that are still to be done.
  package func array(_ open: [Int]) -> String {
    let most = resources.atOnce.map { "%\($0)" } ?? ""
    return script(
      name: "ambit-\(tasks.study)", array: "\(Self.ranges(open))\(most)", log: "%A_%a",
      task: ["--task", "\"$SLURM_ARRAY_TASK_ID\"", "--tasks", String(tasks.count)])
  }

  /// The joint job; it runs also where a task failed, and does that task's work itself.
  package var joint: String {
    script(
      name: "ambit-\(tasks.study)-joint", array: nil, log: "%j",
      task: ["--task", StudyTasks.joint, "--tasks", String(tasks.count)])
  }

  private func script(name: String, array: String?, log: String, task: [String]) -> String {
    var lines = ["#!/bin/bash", "#SBATCH --job-name=\(Self.plain(name))"]
    func ask(_ option: String, _ value: String?) {
      if let value { lines.append("#SBATCH --\(option)=\(value)") }
    }
    ask("array", array)
    let folder = tasks.folder.replacing("%", with: "%%")
    ask("output", Self.quoted("\(folder)/logs/\(log).log"))
    ask("cpus-per-task", String(resources.cores))
    ask("mem", resources.memory)
    ask("time", resources.time)
    ask("partition", resources.partition)
    lines.append("#SBATCH --requeue")
    lines += resources.more.map { "#SBATCH \($0)" }
    let words =
      [Self.quoted(executable), "task", Self.quoted(studyPath)] + task + flags.map(Self.quoted)
      + ["--threads", String(resources.cores)]
    lines += ["", "exec \(words.joined(separator: " "))", ""]
    return lines.joined(separator: "\n")
  }

  /// `0-3,7` for 0, 1, 2, 3, 7.
  package static func ranges(_ numbers: [Int]) -> String {
    var parts: [ClosedRange<Int>] = []
    for number in numbers.sorted() {
      if let last = parts.last, last.upperBound + 1 == number {
        parts[parts.count - 1] = last.lowerBound...number
      } else {
        parts.append(number...number)
      }
    }
    return parts.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
      .joined(separator: ",")
  }

  /// A word of the shell, whatever it holds.
  package static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./=:,".contains($0)) }
    return isPlain ? word : "'\(word.replacing("'", with: "'\\''"))'"
  }

  /// A job's name without what Slurm's own patterns or a shell would read.
  private static func plain(_ name: String) -> String {
    String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) ? $0 : "-" })
  }
}
