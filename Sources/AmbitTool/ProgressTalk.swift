import AmbitStudy

/// Someone who is told how far the work is.
protocol ProgressListener: Sendable {
  /// Takes in the new state.
  func update(_ progress: StudyProgress)
  /// Comes to an end, so that other talk may follow.
  func clear()
}

/// How `ambit run` tells how far it is: on a terminal, or to a program.
struct ProgressTalk: Sendable {
  private let listener: (any ProgressListener)?

  init(_ common: CommonOptions) {
    listener =
      common.jsonProgress
      ? ProgressLog { StandardStreams.talk($0) } : ProgressLine.shown(unless: common.quiet)
  }

  func update(_ progress: StudyProgress) {
    Interruption.entered(progress.stage)
    listener?.update(progress)
  }

  func clear() { listener?.clear() }
}
