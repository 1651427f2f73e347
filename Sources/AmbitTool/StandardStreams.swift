#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Data goes to standard output, talk to standard error; nothing else in Ambit writes to either.
enum StandardStreams {
  /// Writes data. When the reader has gone (`| head`) the tool ends quietly: nothing is wrong.
  static func output(_ text: String) {
    if write(text, to: STDOUT_FILENO) { return }
    if errno == EPIPE { exit(ExitStatus.done) }
    talk("error: standard output cannot be written: \(String(cString: strerror(errno)))\n")
    talk(
      "hint: the disk may be full, or the output is redirected to a place that cannot be written\n")
    exit(ExitStatus.badData)
  }

  /// Writes talk: progress, notes, errors.
  static func talk(_ text: String) { _ = write(text, to: STDERR_FILENO) }

  static var talkIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// A closed pipe must be an error code that `output` can see, not a signal that kills.
  static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }

  private static func write(_ text: String, to descriptor: Int32) -> Bool {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        return false
      }
      bytes = bytes.dropFirst(written)
    }
    return true
  }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
