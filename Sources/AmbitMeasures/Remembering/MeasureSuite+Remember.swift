public import AmbitMatrix

extension MeasureSuite {
  /// The checkpoints on which the rows of some checkpoints depend, where they depend on no others: their
  /// references and the baseline, ascending. Nil where the rows of each depend on its place in the study:
  /// without paired prompts.
  public static func needed(
    for checkpoints: [Int], in design: Design, settings: InferenceSettings
  ) -> [Int]? {
    guard design.isPaired else { return nil }
    let own = Set(checkpoints)
    let references = settings.pairs(in: design).filter { own.contains($0.checkpoint) }
    return own.union(references.map(\.reference)).union([design.baseline]).sorted()
  }

  /// Takes the rows of some checkpoints for `memory` alone, so that a run of the whole study finds them
  /// there; what depends on all checkpoints is left to that run.
  ///
  /// - Parameters:
  ///   - checkpoints: whose rows to take.
  ///   - needed: what `needed(for:in:settings:)` gave for them.
  ///   - design: the whole study's.
  ///   - space: the space of `needed` alone, one matrix each, in that order, without halves.
  /// - Precondition: as of `run`.
  public func remember(
    _ checkpoints: [Int], needed: [Int], design: Design, space: MeasuredSpace,
    settings: InferenceSettings, workers: Workers, in memory: any RememberedRows,
    progress: (Double) -> Void = { _ in }
  ) {
    precondition(space.coordinates.count == needed.count, "one matrix a needed checkpoint")
    precondition(space.halves == nil, "what halves are kept depends on all checkpoints")
    let own = Set(checkpoints)
    let wanted = RowsRequest.all(in: design, settings: settings).filter {
      own.contains($0.checkpoints[0])
    }
    let places = needed.enumerated().reduce(into: [:]) { $0[$1.element] = $1.offset }
    let requests = wanted.map { $0.moved(to: places) }
    var session = SpaceSession(
      context: StudyContext(
        design: design.keeping(needed), settings: settings, workers: workers),
      space: space, measures: measures, requests: requests, memory: memory, takesJoint: false)
    let steps = Double(session.indices.count * requests.count)
    for engine in session.indices {
      for (done, request) in requests.enumerated() {
        progress(Double(engine * requests.count + done) / steps)
        _ = session.rows(for: request, of: engine)
      }
      session.finish(engine)
    }
  }
}
