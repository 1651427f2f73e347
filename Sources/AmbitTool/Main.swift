import AmbitFormats
import AmbitMatrix
import AmbitStudy
import ArgumentParser

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Runs a command and turns what it throws into an `error:` line, a `hint:` line and an exit code.
@main
enum Main {
  static func main() {
    endThreadsOfBLAS()
    StandardStreams.ignoreBrokenPipes()
    Interruption.install()
    do {
      var command = try AmbitCommand.parseAsRoot()
      try command.run()
    } catch let error as InputError {
      fail(error.description, hint: error.hint, code: ExitStatus.badData)
    } catch let error as UsageError {
      fail(error.message, hint: error.hint, code: ExitStatus.usage)
    } catch let error as Interrupted {
      StandardStreams.talk(
        "interrupted: \(error.embedded) of \(error.total) texts are embedded and kept\n")
      StandardStreams.talk("hint: the same command goes on from there\n")
      exit(Interruption.exitCode)
    } catch let error as Refusal {
      fail(error.message, hint: error.hint, code: ExitStatus.refused)
    } catch {
      finish(parsing: error)
    }
  }

  /// Help and version are answers; everything else that the parser throws is a usage error.
  private static func finish(parsing error: any Error) -> Never {
    if AmbitCommand.exitCode(for: error) == .success {
      StandardStreams.output(AmbitCommand.fullMessage(for: error) + "\n")
      exit(ExitStatus.done)
    }
    let message = AmbitCommand.message(for: error)
    fail(
      message, hint: "`ambit --help` lists the commands, `ambit run --help` what each flag takes",
      code: ExitStatus.usage)
  }

  private static func fail(_ message: String, hint: String?, code: Int32) -> Never {
    StandardStreams.talk("error: \(message)\n")
    if let hint { StandardStreams.talk("hint: \(hint)\n") }
    exit(code)
  }
}

/// The exit codes of every command.
enum ExitStatus {
  static let done: Int32 = 0
  static let usage: Int32 = 1
  static let badData: Int32 = 2
  static let refused: Int32 = 3
}
