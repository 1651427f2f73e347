import AmbitStudy
import AmbitTestSupport
import Foundation
import Testing

@Suite struct SlurmScriptsTests {
  let folder = TemporaryFolder()

  func tasks(_ count: Int, folder: String? = nil) -> StudyTasks {
    StudyTasks(
      study: "a study", checkpoints: ["base", "sft", "dpo", "rl", "rl2"], count: count,
      digest: "0123", folder: folder ?? self.folder.path)
  }

  @Test func numbersAreWrittenAsRanges() {
    #expect(SlurmScripts.ranges([0, 1, 2, 3]) == "0-3")
    #expect(SlurmScripts.ranges([7, 0, 2, 1]) == "0-2,7")
    #expect(SlurmScripts.ranges([4]) == "4")
  }

  @Test func wordsAreSafeInAShell() {
    #expect(SlurmScripts.quoted("/a/b-c_d.yaml") == "/a/b-c_d.yaml")
    #expect(SlurmScripts.quoted("it's $HOME") == #"'it'\''s $HOME'"#)
    #expect(SlurmScripts.quoted("") == "''")
  }

  @Test func everyCheckpointIsInOneTask() {
    for count in 1...5 {
      let tasks = tasks(count)
      #expect((0..<count).flatMap(tasks.places).sorted() == Array(0..<5))
      #expect(tasks.names.count == count + 1)
    }
    #expect(tasks(2).members(of: "1") == ["sft", "rl"])
    #expect(tasks(2).members(of: StudyTasks.joint).count == 5)
  }

  @Test func theScripts() {
    let scripts = SlurmScripts(
      tasks: tasks(3, folder: "/cache/100%/tasks"),
      resources: SlurmResources(
        atOnce: 8, cores: 4, memory: "8G", time: "01:00:00", partition: "gpu", more: ["--qos=low"]),
      executable: "/opt/ambit", studyPath: "/studies/my study.yaml", flags: ["--cache", "/cache"])
    #expect(
      scripts.array([0, 2]) == """
        #!/bin/bash
        #SBATCH --job-name=ambit-a-study
        #SBATCH --array=0,2%8
        #SBATCH --output='/cache/100%%/tasks/logs/%A_%a.log'
        #SBATCH --cpus-per-task=4
        #SBATCH --mem=8G
        #SBATCH --time=01:00:00
        #SBATCH --partition=gpu
        #SBATCH --requeue
        #SBATCH --qos=low

        exec /opt/ambit task '/studies/my study.yaml' --task "$SLURM_ARRAY_TASK_ID" --tasks 3 \
        --cache /cache --threads 4

        """)
    #expect(scripts.joint.contains("--task joint --tasks 3"))
    #expect(!scripts.joint.contains("--array="))
  }

  @Test func resourcesThatMakeNoSenseAreRefused() {
    for resources in [
      SlurmResources(tasks: 0), SlurmResources(cores: 0), SlurmResources(memory: "8G\nrm -rf /"),
      SlurmResources(more: [""]),
    ] {
      #expect(throws: UsageError.self) { try resources.validate() }
    }
  }

  @Test func aRecordOfAnotherStudyIsNone() throws {
    let tasks = tasks(2)
    var record = TaskRecord(
      task: "0", study: "0123", state: .done, job: "7_0", host: "n1", processor: "cpu",
      started: 10, seconds: 2, message: nil)
    try tasks.write(record)
    #expect(tasks.record(of: "0") == record)
    #expect(tasks.open == [1])
    record.study = "of other files"
    try tasks.write(record)
    #expect(tasks.record(of: "0") == nil)
    #expect(tasks.open == [0, 1])
    try Data("{".utf8).write(to: URL(fileURLWithPath: folder.path(of: "task-0.json")))
    #expect(tasks.record(of: "0") == nil)
  }

  @Test func fieldsOfTheController() {
    let line = "JobId=12 ArrayTaskId=3 JobState=OUT_OF_MEMORY Reason=None ExitCode=0:125"
    #expect(SlurmQueue.field("JobState", of: line) == "OUT_OF_MEMORY")
    #expect(SlurmQueue.field("State", of: line) == nil)
  }
}
