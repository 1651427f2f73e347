import AmbitFormats
import AmbitStudy
import Synchronization

/// Progress for programs: one JSON object a line, `{"stage", "share", "done", "total", "rate",
/// "seconds_left"}`. What is not known is null; `rate` is in units of `done` a second.
///
/// A line when a stage begins, then at most two a second, and one when its work is done.
final class ProgressLog: ProgressListener {
  private struct State {
    var stage: StudyStage?
    var started: ContinuousClock.Instant
    var lastShown: ContinuousClock.Instant?
    var hasEnded = false
  }

  private let state: Mutex<State>
  private let clock = ContinuousClock()
  private let show: @Sendable (String) -> Void

  init(show: @escaping @Sendable (String) -> Void) {
    self.show = show
    state = Mutex(State(started: ContinuousClock().now))
  }

  func update(_ progress: StudyProgress) {
    state.withLock { state in
      let now = clock.now
      if state.stage != progress.stage {
        state = State(stage: progress.stage, started: now)
      }
      let isEnd = progress.share == 1
      if isEnd, state.hasEnded { return }
      if !isEnd, let last = state.lastShown, now - last < .milliseconds(500) { return }
      state.lastShown = now
      state.hasEnded = isEnd
      show(Self.line(progress, elapsed: now - state.started))
    }
  }

  func clear() {}

  /// One line, ended.
  static func line(_ progress: StudyProgress, elapsed: Duration) -> String {
    let rate = ProgressRate(progress, elapsed: elapsed)
    func number(_ value: Double?) -> JSON {
      value.map { .number(($0 * 1000).rounded() / 1000) } ?? .null
    }
    let object: JSON = [
      "stage": .string(progress.stage.rawValue), "share": number(progress.share),
      "done": progress.done.map { .integer($0) } ?? .null,
      "total": progress.total.map { .integer($0) } ?? .null,
      "rate": number(rate.perSecond), "seconds_left": number(rate.secondsLeft),
    ]
    return JSONWriter().string(object) + "\n"
  }
}
