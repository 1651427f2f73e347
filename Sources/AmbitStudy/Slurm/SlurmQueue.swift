import AmbitFormats
import Foundation

/// The programs of Slurm, as far as a study needs them.
package enum SlurmQueue {
  /// What the queue says of one task.
  struct Entry: Equatable, Sendable {
    /// `123_4`, or `123` for a job that is no array.
    var job: String
    /// Slurm's word: `PENDING`, `RUNNING`, `COMPLETING`, …
    var state: String
    /// Why it waits.
    var reason: String
  }

  /// Submits a script and returns its job number.
  /// - Throws: `InputError` with what `sbatch` says.
  static func submit(_ path: String, after job: String? = nil) throws -> String {
    let wait = job.map { ["--dependency=afterany:\($0)"] } ?? []
    let answer = try run(["sbatch", "--parsable"] + wait + [path])
    // With several clusters: `123;name`.
    let number = answer.prefix { $0.isNumber }
    guard !number.isEmpty else {
      throw InputError(
        .unsupported, path: path, "sbatch answered `\(answer)` instead of a job number",
        hint: "submit the script by hand to see what is wrong")
    }
    return String(number)
  }

  /// The entries of some jobs, each task of an array on its own. Jobs that are gone have none.
  static func entries(of jobs: [String]) throws -> [Entry] {
    guard !jobs.isEmpty else { return [] }
    let answer = try run(["squeue", "--me", "--array", "--noheader", "--format=%F|%K|%T|%r"])
    return answer.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      guard cells.count == 4, jobs.contains(cells[0]) else { return nil }
      let isArray = Int(cells[1]) != nil
      return Entry(
        job: isArray ? "\(cells[0])_\(cells[1])" : cells[0], state: cells[2], reason: cells[3])
    }
  }

  /// How Slurm says that a task ended, in its words, such as `OUT_OF_MEMORY`: from the controller while it
  /// remembers, else from accounting where there is any.
  static func ending(of job: String) -> String? {
    if let answer = try? run(["scontrol", "--oneliner", "show", "job", job]),
      let state = field("JobState", of: answer)
    {
      return state
    }
    let accounted = try? run(["sacct", "-n", "-P", "-X", "-j", job, "-o", "State"])
    return accounted?.split(whereSeparator: \.isWhitespace).first.map(String.init)
  }

  package static func field(_ name: String, of line: String) -> String? {
    line.split(separator: " ").first { $0.hasPrefix("\(name)=") }
      .map { String($0.dropFirst(name.count + 1)) }
  }

  /// What a program prints, without the ends' white space.
  /// - Throws: `InputError` where it is not there or ends with an error.
  private static func run(_ words: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    let (output, talk) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = talk
    process.standardInput = FileHandle.nullDevice
    try process.run()
    // Errors are a line or two, which a pipe holds, so the two can be read in turn.
    let answer = output.fileHandleForReading.readDataToEndOfFile()
    let errors = talk.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let said =
        String(decoding: errors, as: UTF8.self)
        .split(whereSeparator: \.isNewline).first.map(String.init) ?? "no reason given"
      throw InputError(
        .unsupported, "\(words[0]) failed: \(said)",
        hint: process.terminationStatus == 127
          ? "Slurm's programs are not on this machine; run this where `sbatch` is"
          : "`sinfo` says whether Slurm answers")
    }
    return String(decoding: answer, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
