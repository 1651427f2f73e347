import AmbitStudy
import ArgumentParser

/// What each task asks of Slurm.
struct SlurmOptions: ParsableArguments {
  @Option(help: "Tasks in the array (default: one per checkpoint).") var tasks: Int?
  @Option(help: "Tasks that may run at a time (default: as many as Slurm lets).") var atOnce: Int?
  @Option(help: "Cores of each task (default 2).") var cores: Int = 2
  @Option(help: "Memory of each task, for example 8G.") var memory: String?
  @Option(help: "Time limit of each task, for example 02:00:00.") var time: String?
  @Option(help: "The partition.") var partition: String?
  @Option(
    name: .customLong("sbatch"), parsing: .singleValue,
    help: "One more argument for sbatch, for example --sbatch=--account=lab; repeat for more.")
  var more: [String] = []

  var resources: SlurmResources {
    SlurmResources(
      tasks: tasks, atOnce: atOnce, cores: cores, memory: memory, time: time, partition: partition,
      more: more)
  }
}

/// Where the tasks of a study meet.
struct SharedFolders: ParsableArguments {
  @Option(
    help: "The cache that all machines see (default: the user's own, or the study file's).",
    completion: .directory)
  var cache: String?
  @Option(
    name: [.long, .customShort("o")], help: "The folder of the results (default out/<study>).")
  var out: String?

  var options: StudyOptions {
    var options = StudyOptions()
    options.cacheFolder = cache
    options.outputFolder = out
    return options
  }
}
