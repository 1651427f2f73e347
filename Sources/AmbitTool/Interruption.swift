import AmbitFormats
import AmbitStudy
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What happens on Ctrl-C: half-written files are removed, and the tool ends with exit code 130.
///
/// While texts are embedded, the first signal only asks to stop: the block at work is finished and kept. A
/// second one ends at once.
enum Interruption {
  /// Whether there is work in hand that is worth finishing.
  private static let isKeeping = Atomic<Bool>(false)
  /// The signal that asked to stop; 0 for none.
  private static let received = Atomic<Int32>(0)
  /// Whether the command writes nothing before its end, so that running it again goes on.
  private static let canGoOn = Atomic<Bool>(false)

  static func install() {
    TemporaryFiles.prepare()
    // Initialised here, not in the handler.
    isKeeping.store(false, ordering: .relaxed)
    received.store(0, ordering: .relaxed)
    canGoOn.store(false, ordering: .relaxed)
    // A mask is inherited, and a program that starts us from a worker thread may have blocked these.
    var handled = sigset_t()
    sigemptyset(&handled)
    for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&handled, number) }
    pthread_sigmask(SIG_UNBLOCK, &handled, nil)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number) { Interruption.handle($0) }
    }
  }

  /// Only what a signal handler may do: atomics, `write`, `unlink`, `_exit`.
  private static func handle(_ number: Int32) {
    let earlier = received.exchange(number, ordering: .relaxed)
    if earlier == 0, isKeeping.load(ordering: .relaxed) {
      say("\nstopping when the block at work is embedded and kept; Ctrl-C again stops at once\n")
      return
    }
    TemporaryFiles.removeAll()
    if canGoOn.load(ordering: .relaxed) {
      say("\ninterrupted: finished vectors are kept, and the same command goes on from there\n")
    }
    _exit(128 + number)
  }

  private static func say(_ text: StaticString) {
    _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
  }

  /// Whether a signal asked to stop.
  static var isRequested: Bool { received.load(ordering: .relaxed) != 0 }

  /// The exit code of a run that stopped when it was asked to.
  static var exitCode: Int32 {
    let number = received.load(ordering: .relaxed)
    return 128 + (number == 0 ? SIGINT : number)
  }

  /// Says which stage is at work: only embedding is worth finishing a block of.
  static func entered(_ stage: StudyStage) {
    canGoOn.store(true, ordering: .relaxed)
    isKeeping.store(stage == .embedding, ordering: .relaxed)
  }
}
