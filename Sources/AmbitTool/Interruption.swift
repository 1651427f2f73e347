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
    // A mask is inherited, and a program that starts us from a worker thread may have blocked these.
    var handled = sigset_t()
    sigemptyset(&handled)
    for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&handled, number) }
    pthread_sigmask(SIG_UNBLOCK, &handled, nil)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number) { received in
        TemporaryFiles.removeAll()
        _exit(128 + received)
      }
    }
  }
}
