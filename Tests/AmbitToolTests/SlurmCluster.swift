import AmbitTestSupport
import Foundation
import Testing

/// A real Slurm on this machine alone: one controller, one node, its own keys and ports. It is stopped by
/// process id; nothing of an installed cluster is touched.
final class SlurmCluster {
  let folder = TemporaryFolder()
  /// What Slurm's programs need to find it.
  var environment: [String: String] { ["SLURM_CONF": folder.path(of: "slurm.conf")] }

  /// The daemons run as root and munge needs its programs.
  static let isPossible =
    getuid() == 0
    && ["slurmctld", "slurmd", "munged", "sbatch"].allSatisfy { find($0) != nil }

  private static func find(_ program: String) -> String? {
    ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"].map { "\($0)/\(program)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  init() throws {
    let host = try Self.output("/bin/hostname", ["-s"])
    let port = 20_000 + Int(getpid()) % 20_000
    for name in ["state", "spool"] {
      try FileManager.default.createDirectory(
        atPath: folder.path(of: name), withIntermediateDirectories: true)
    }
    let key = folder.write(
      (0..<1024).map { _ in UInt8.random(in: 0...255) }, to: "munge.key")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
    folder.write(
      """
      ClusterName=ambit
      SlurmctldHost=\(host)(127.0.0.1)
      SlurmUser=root
      SlurmdUser=root
      AuthType=auth/munge
      AuthInfo=socket=\(folder.path(of: "munge.socket"))
      CredType=cred/munge
      ProctrackType=proctrack/linuxproc
      TaskPlugin=task/none
      SelectType=select/cons_tres
      SelectTypeParameters=CR_CPU
      StateSaveLocation=\(folder.path(of: "state"))
      SlurmdSpoolDir=\(folder.path(of: "spool"))
      SlurmctldPidFile=\(folder.path(of: "slurmctld.pid"))
      SlurmdPidFile=\(folder.path(of: "slurmd.pid"))
      SlurmctldLogFile=\(folder.path(of: "slurmctld.log"))
      SlurmdLogFile=\(folder.path(of: "slurmd.log"))
      SlurmctldPort=\(port)
      SlurmdPort=\(port + 1)
      SchedulerParameters=sched_interval=1,batch_sched_delay=0
      ReturnToService=2
      MpiDefault=none
      AccountingStorageType=accounting_storage/none
      JobAcctGatherType=jobacct_gather/none
      JobCompType=jobcomp/none
      NodeName=\(host) NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
      PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP

      """, to: "slurm.conf")
    try Self.output(
      Self.find("munged")!,
      [
        "--force", "--key-file=\(key)", "--socket=\(folder.path(of: "munge.socket"))",
        "--pid-file=\(folder.path(of: "munged.pid"))",
        "--log-file=\(folder.path(of: "munged.log"))",
        "--seed-file=\(folder.path(of: "munge.seed"))",
      ], isDaemon: true)
    let conf = folder.path(of: "slurm.conf")
    try Self.output(Self.find("slurmctld")!, ["-f", conf, "-c"], isDaemon: true)
    try Self.output(Self.find("slurmd")!, ["-f", conf, "-N", host, "-c"], isDaemon: true)
    try wait(seconds: 60) { try self.slurm(["sinfo", "-h", "-o", "%T"]).contains("idle") }
  }

  deinit {
    for name in ["slurmd", "slurmctld", "munged"] {
      let text = try? String(contentsOfFile: folder.path(of: "\(name).pid"), encoding: .utf8)
      if let id = text.flatMap({ Int32($0.trimmingCharacters(in: .whitespacesAndNewlines)) }) {
        kill(id, SIGTERM)
        // Its files lie in a folder that is about to go.
        for _ in 0..<50 where kill(id, 0) == 0 { usleep(100_000) }
      }
    }
  }

  /// What one of Slurm's programs prints.
  @discardableResult
  func slurm(_ words: [String]) throws -> String {
    try Self.output("/usr/bin/env", words, environment: environment)
  }

  /// Waits until something holds.
  func wait(seconds: Double, until isTrue: () throws -> Bool) throws {
    let end = Date().addingTimeInterval(seconds)
    while try !isTrue() {
      guard Date() < end else { throw TimedOut() }
      usleep(200_000)
    }
  }

  struct TimedOut: Error {}

  /// Runs a program that ends, or one that goes on in the background and would keep a pipe open.
  @discardableResult
  private static func output(
    _ path: String, _ arguments: [String], environment: [String: String] = [:],
    isDaemon: Bool = false
  ) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let pipe = Pipe()
    process.standardOutput = isDaemon ? FileHandle.nullDevice : pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = isDaemon ? Data() : pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
