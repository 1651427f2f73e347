import AmbitFormats

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What happens on Ctrl-C: half-written files are removed, and the tool ends with exit code 130.
enum Interruption {
  static func install() {
    TemporaryFiles.prepare()
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number) { received in
        TemporaryFiles.removeAll()
        _exit(128 + received)
      }
    }
  }
}
