import AmbitFormats
import AmbitMatrix
import Foundation

/// Where a task runs.
enum Machine {
  static var host: String { ProcessInfo.processInfo.hostName }

  /// The processor's name and the kernels that the linear algebra chose for it: `unknown` where the system
  /// does not say.
  static let processor: String = {
    let description = (try? InputFile(path: "/proc/cpuinfo").contents.bytes).map {
      String(decoding: $0, as: UTF8.self)
    }
    let line = description?.split(separator: "\n").first { $0.hasPrefix("model name") }
    let name = line?.split(separator: ":", maxSplits: 1).last
      .map { $0.trimmingCharacters(in: .whitespaces) }
    return "\(name ?? "unknown"); \(blasDescription)"
  }()
}
