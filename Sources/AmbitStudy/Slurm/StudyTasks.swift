import AmbitFormats
import Foundation

/// The tasks of one study on a cluster, and the folder of the cache in which they leave their records.
///
/// Each task takes every *n*-th checkpoint: it embeds its outputs into the cache and measures there what
/// depends on it, its reference and the baseline alone. The joint task runs the study, which finds in the
/// cache what the others did. Any task can run again at any time; what is in the cache
/// is not done twice.
public struct StudyTasks: Sendable {
  /// The study's name.
  public let study: String
  /// The checkpoints, in the order of the study.
  public let checkpoints: [String]
  /// The number of tasks besides the joint one.
  public let count: Int
  /// Of the version and all files: records of another digest say nothing of this study.
  public let digest: String
  /// Where records, scripts and logs lie.
  public let folder: String

  package init(
    study: String, checkpoints: [String], count: Int, digest: String, folder: String
  ) {
    self.study = study
    self.checkpoints = checkpoints
    self.count = count
    self.digest = digest
    self.folder = folder
  }

  /// The name of the task that makes what is joint.
  public static let joint = "joint"

  /// The names of all tasks, the joint one last.
  public var names: [String] { (0..<count).map(String.init) + [Self.joint] }

  /// The places of a task's checkpoints.
  public func places(of task: Int) -> [Int] {
    Array(stride(from: task, to: checkpoints.count, by: count))
  }

  /// The checkpoints of a task by name; all of them for the joint one.
  public func members(of task: String) -> [String] {
    Int(task).map { places(of: $0).map { checkpoints[$0] } } ?? checkpoints
  }

  /// What a task has left behind for this very study; nil where it left nothing.
  public func record(of task: String) -> TaskRecord? {
    guard let bytes = try? InputFile(path: path(of: task)).contents.bytes,
      let record = try? JSONDecoder().decode(TaskRecord.self, from: Data(bytes)),
      record.study == digest
    else { return nil }
    return record
  }

  /// Replaces a task's record.
  /// - Throws: `InputError` where the cache cannot be written.
  public func write(_ record: TaskRecord) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try AtomicFile.write(try encoder.encode(record), to: path(of: record.task))
  }

  private func path(of task: String) -> String { "\(folder)/task-\(task).json" }

  /// The tasks that must run: those that did not end well.
  public var open: [Int] { (0..<count).filter { record(of: String($0))?.state != .done } }
}
