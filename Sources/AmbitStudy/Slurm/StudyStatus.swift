import AmbitFormats

/// How far a study on a cluster has come: from the tasks' records and Slurm's queue.
public struct StudyStatus: Sendable {
  /// One task.
  struct Row: Sendable {
    let task: String
    let checkpoints: [String]
    /// `done`, `failed`, `running`, `waiting`, `lost`, `open`.
    let state: String
    let record: TaskRecord?
    /// The queue's reason, the task's error, or how Slurm says that it ended.
    let remark: String
  }

  private let tasks: StudyTasks
  let rows: [Row]

  /// - Throws: what reading the study throws.
  public init(study: String, options: StudyOptions) throws {
    let planned = try Study(arguments: [study], options: options).tasks(count: nil)
    let jobs = StudySubmission.jobs(in: planned.folder)
    let tasks = StudyTasks(
      study: planned.study, checkpoints: planned.checkpoints, count: jobs?.tasks ?? planned.count,
      digest: planned.digest, folder: planned.folder)
    self.tasks = tasks
    let queue = try jobs.map { try SlurmQueue.entries(of: [$0.array, $0.joint].compactMap { $0 }) }
    rows = tasks.names.map { name in
      let job =
        name == StudyTasks.joint ? jobs?.joint : jobs?.array.map { "\($0)_\(name)" }
      return Self.row(
        name, members: tasks.members(of: name), record: tasks.record(of: name), job: job,
        entry: queue?.first { $0.job == job })
    }
  }

  private static func row(
    _ name: String, members: [String], record: TaskRecord?, job: String?, entry: SlurmQueue.Entry?
  ) -> Row {
    var (state, remark) = ("open", "")
    switch (record?.state, entry) {
    case (.done, nil): state = "done"
    case (.done, let entry?) where entry.state == "COMPLETING": state = "done"
    case (_, let entry?):
      state = entry.state == "PENDING" ? "waiting" : "running"
      remark = state == "waiting" && entry.reason != "None" ? entry.reason : ""
    case (.failed, nil): (state, remark) = ("failed", record?.message ?? "")
    case (.running, nil):
      // It began, is not in the queue and never said that it ended.
      state = "lost"
      remark = (record?.job ?? job).flatMap(SlurmQueue.ending) ?? "killed, or its machine is gone"
    case (nil, nil):
      if let job, let ending = SlurmQueue.ending(of: job) {
        (state, remark) = ("lost", ending)
      }
    }
    return Row(task: name, checkpoints: members, state: state, record: record, remark: remark)
  }

  /// Whether the joint task has ended well.
  public var isDone: Bool { rows.last?.state == "done" }

  /// A table, and what to do next.
  public var text: String {
    let table = TextTable(
      columns: [
        .init(heading: "task", isNumeric: true), .init(heading: "checkpoints"),
        .init(heading: "state"), .init(heading: "seconds", isNumeric: true),
        .init(heading: "machine"), .init(heading: ""),
      ],
      rows: rows.map { row in
        [
          row.task, TerminalText.shortened(row.checkpoints.joined(separator: ", "), to: 40),
          row.state, row.record?.seconds.map { DecimalText.fixed($0, decimals: 0) } ?? "",
          row.record?.host ?? "", row.remark,
        ]
      })
    var lines = [table.text, summary]
    let kinds = Set(rows.compactMap(\.record?.processor))
    if kinds.count > 1 {
      lines.append(
        "note: tasks ran on different processors (\(kinds.sorted().joined(separator: "; "))); "
          + "results are the same bytes only on one kind")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var summary: String {
    let counts = Dictionary(grouping: rows, by: \.state).mapValues(\.count)
    let shown = ["done", "running", "waiting", "open", "failed", "lost"].compactMap { state in
      counts[state].map { "\($0) \(state)" }
    }
    let next =
      isDone
      ? "the results are written"
      : counts["failed"] != nil || counts["lost"] != nil
        ? "`ambit submit` submits again what is not done; logs are in \(tasks.folder)/logs"
        : counts["running"] != nil || counts["waiting"] != nil
          ? "it is under way" : "`ambit submit` submits it"
    return "\(tasks.study): \(shown.joined(separator: ", ")) of \(rows.count) tasks; \(next)"
  }

  /// The same for programs.
  public var json: String {
    JSONWriter(isPretty: true).string([
      "study": .string(tasks.study), "folder": .string(tasks.folder),
      "tasks": .array(
        rows.map { row in
          [
            "task": .string(row.task),
            "checkpoints": .array(row.checkpoints.map { .string($0) }),
            "state": .string(row.state),
            "job": row.record?.job.map { .string($0) } ?? .null,
            "machine": row.record.map { .string($0.host) } ?? .null,
            "processor": row.record.map { .string($0.processor) } ?? .null,
            "seconds": row.record?.seconds.map { .number($0) } ?? .null,
            "remark": .string(row.remark),
          ]
        }),
    ]) + "\n"
  }
}
