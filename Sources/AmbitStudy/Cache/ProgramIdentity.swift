internal import AmbitFormats
internal import AmbitMatrix
internal import Foundation

/// What measures: the program and its arithmetic. Two runs with one identity give the same bits.
package enum ProgramIdentity {
  /// The version, the SHA-256 of the executable and the BLAS build, which names the kind of processor.
  ///
  /// So no build ever takes over numbers of another. Where Ambit is a library in a program's plug-in the
  /// executable is the program's.
  package static let text: String = {
    #if os(Linux)
    let path: String? = "/proc/self/exe"
    #else
    let path = Bundle.main.executablePath
    #endif
    let program = path.flatMap {
      try? Data(contentsOf: URL(fileURLWithPath: $0), options: .mappedIfSafe)
    }
    let digest = program.map { SHA256.hexadecimal(of: $0) } ?? "unknown"
    return "ambit \(ambitVersion)\n\(digest)\n\(blasDescription)"
  }()
}
