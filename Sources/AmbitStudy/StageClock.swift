/// Says which stage begins, and how long each took.
struct StageClock {
  private let clock = ContinuousClock()
  private let progress: @Sendable (StudyProgress) -> Void
  private var stages: [(stage: StudyStage, began: ContinuousClock.Instant)] = []

  init(progress: @escaping @Sendable (StudyProgress) -> Void) { self.progress = progress }

  mutating func enter(_ stage: StudyStage) {
    stages.append((stage, clock.now))
    progress(StudyProgress(stage: stage))
  }

  /// Seconds per stage so far, to the millisecond.
  func finished() -> [(stage: StudyStage, seconds: Double)] {
    let ends = stages.dropFirst().map(\.began) + [clock.now]
    return zip(stages, ends).map { entry, end in
      let spent = end - entry.began
      let milliseconds =
        spent.components.seconds * 1000 + spent.components.attoseconds / 1_000_000_000_000_000
      return (entry.stage, Double(milliseconds) / 1000)
    }
  }
}
