/// What one task of a study on a cluster has left behind: that it began, and how it ended.
public struct TaskRecord: Codable, Equatable, Sendable {
  /// How far a task has come.
  public enum State: String, Codable, Sendable {
    /// It began and has not said that it ended. A task that was killed stays so; the queue knows better.
    case running
    /// It ended well.
    case done
    /// It ended with an error.
    case failed
  }

  /// The task's number, or `joint`.
  public var task: String
  /// What the study was made of, see `StudyTasks.digest`.
  public var study: String
  /// How far it has come.
  public var state: State
  /// The Slurm job, as `123_4`; nil outside Slurm.
  public var job: String?
  /// The machine.
  public var host: String
  /// The processor that the linear algebra was built or chosen for: results are the same bytes on one kind.
  public var processor: String
  /// Seconds since 1970.
  public var started: Double
  /// Seconds that it took; nil while it runs.
  public var seconds: Double?
  /// The error line of a failed task.
  public var message: String?

  package init(
    task: String, study: String, state: State, job: String?, host: String, processor: String,
    started: Double, seconds: Double? = nil, message: String? = nil
  ) {
    self.task = task
    self.study = study
    self.state = state
    self.job = job
    self.host = host
    self.processor = processor
    self.started = started
    self.seconds = seconds
    self.message = message
  }
}
