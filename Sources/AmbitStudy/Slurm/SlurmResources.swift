/// What a user asks of Slurm for each task.
public struct SlurmResources: Equatable, Sendable {
  /// Tasks in the array; nil for one a checkpoint.
  public var tasks: Int?
  /// Tasks at a time; nil for as many as Slurm lets run.
  public var atOnce: Int?
  /// Cores of each task, which are also its threads.
  public var cores: Int
  /// `--mem`, such as `8G`; nil for the cluster's default.
  public var memory: String?
  /// `--time`, such as `02:00:00`; nil for the cluster's default.
  public var time: String?
  /// `--partition`; nil for the cluster's default.
  public var partition: String?
  /// More arguments of `sbatch`, as they are.
  public var more: [String]

  /// One task a checkpoint, two cores each, the cluster's defaults.
  public init(
    tasks: Int? = nil, atOnce: Int? = nil, cores: Int = 2, memory: String? = nil,
    time: String? = nil, partition: String? = nil, more: [String] = []
  ) {
    self.tasks = tasks
    self.atOnce = atOnce
    self.cores = cores
    self.memory = memory
    self.time = time
    self.partition = partition
    self.more = more
  }

  /// - Throws: `UsageError` for a number that is not positive, or text that would break a script's line.
  package func validate() throws {
    for (flag, value) in [("--tasks", tasks), ("--at-once", atOnce), ("--cores", cores)] {
      guard let value, value < 1 else { continue }
      throw UsageError("\(flag) \(value) is less than 1", hint: "for example \(flag) 4")
    }
    for text in [memory, time, partition].compactMap({ $0 }) + more
    where text.contains(where: \.isNewline) || text.isEmpty {
      throw UsageError(
        "an argument of Slurm is empty or holds a line break", hint: "give it on one line")
    }
  }
}
