import AmbitStudy

/// How fast a stage works and how long it may still take.
struct ProgressRate {
  /// Units of work a second; nil where work is not counted, or too little is done to tell.
  let perSecond: Double?
  /// Seconds until the stage is done; nil where that cannot be told yet.
  let secondsLeft: Double?

  init(_ progress: StudyProgress, elapsed: Duration) {
    let seconds = elapsed.seconds
    let isTold = seconds > 2
    perSecond = progress.done.flatMap { isTold && $0 > 0 ? Double($0) / seconds : nil }
    secondsLeft = progress.share.flatMap { share in
      isTold && share > 0.05 && share < 1 ? seconds * (1 - share) / share : nil
    }
  }
}

extension Duration {
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
