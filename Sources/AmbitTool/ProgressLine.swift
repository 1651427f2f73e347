import AmbitFormats
import AmbitStudy
import Synchronization

/// One line on the terminal that says what is being done, how far it is and how long it may take.
final class ProgressLine: ProgressListener {
  private struct State {
    var title: String?
    var started: ContinuousClock.Instant
    var lastShown: ContinuousClock.Instant?
    var width = 0
  }

  private let state: Mutex<State>
  private let clock = ContinuousClock()
  private let show: @Sendable (String) -> Void

  init(show: @escaping @Sendable (String) -> Void) {
    self.show = show
    state = Mutex(State(started: ContinuousClock().now))
  }

  /// A line on standard error, where there is someone to see it.
  static func shown(unless quiet: Bool) -> ProgressLine? {
    guard !quiet, StandardStreams.talkIsTerminal else { return nil }
    return ProgressLine { StandardStreams.talk($0) }
  }

  /// Shows the new state, at most ten times a second.
  func update(_ progress: StudyProgress) {
    update(progress.stage.title) { Self.text(progress, elapsed: $0) }
  }

  /// Shows how far the work of that title is; nil where that is not known.
  func update(_ title: String, share: Double?, detail: String? = nil) {
    update(title) { elapsed in
      Self.text(title, share: share, elapsed: elapsed) + (detail.map { ", \($0)" } ?? "")
    }
  }

  private func update(_ title: String, text: (Duration) -> String) {
    state.withLock { state in
      let now = clock.now
      if state.title != title {
        state.title = title
        state.started = now
        state.lastShown = nil
      }
      if let last = state.lastShown, now - last < .milliseconds(100) { return }
      state.lastShown = now
      let text = text(now - state.started)
      let padding = String(repeating: " ", count: max(0, state.width - text.count))
      state.width = text.count
      show("\r\(text)\(padding)")
    }
  }

  /// Wipes the line, so that what comes next starts on a clean one.
  func clear() {
    state.withLock { state in
      if state.width > 0 { show("\r\(String(repeating: " ", count: state.width))\r") }
      state.width = 0
    }
  }

  /// `Embedding  42 %, 310 texts/s, about 12 s left`; without a share only the stage is said.
  static func text(_ progress: StudyProgress, elapsed: Duration) -> String {
    let rate = ProgressRate(progress, elapsed: elapsed)
    var speed = ""
    if let perSecond = rate.perSecond, let unit = progress.stage.unit {
      let digits = DecimalText.fixed(perSecond, decimals: perSecond < 10 ? 1 : 0)
      speed = ", \(digits) \(unit)/s"
    }
    return text(progress.stage.title, share: progress.share, elapsed: elapsed, speed: speed)
      + (progress.detail.map { ", \($0)" } ?? "")
  }

  /// `Measuring  42 %, about 12 s left`.
  static func text(
    _ title: String, share: Double?, elapsed: Duration, speed: String = ""
  ) -> String {
    guard let fraction = share else { return "\(title) …" }
    var text = "\(title)  \(Int(fraction * 100)) %\(speed)"
    let seconds = elapsed.seconds
    if fraction > 0.05, fraction < 1, seconds > 2 {
      let left = Int((seconds * (1 - fraction) / fraction).rounded(.up))
      text += left < 90 ? ", about \(left) s left" : ", about \((left + 59) / 60) min left"
    }
    return text
  }
}
