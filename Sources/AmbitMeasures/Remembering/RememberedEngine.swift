/// An engine that is asked only for what is not remembered.
///
/// What is missing is taken in a study of just the checkpoints that it is about, and so depends on
/// nothing else; a study of which all is remembered makes no engine at all. Joint engines look at all
/// checkpoints in any case.
struct RememberedEngine {
  private let design: Design
  private let keys: [RowsRequest: [UInt8]]
  private let memory: (any RememberedRows)?
  private var known: [RowsRequest: TakenRows] = [:]
  private var session: (any EngineSession)?
  /// The checkpoints that the engine must know, ascending; none where all is remembered.
  let checkpoints: [Int]

  /// Looks up what there is.
  ///
  /// - Parameters:
  ///   - kind: of the engine. `isJoint`: whether all checkpoints are in its keys; `sharesSomething`:
  ///     whether something that they share is.
  ///   - requests: all that it will be asked for.
  ///   - keys: of the study in the engine's space; `nil` where nothing is remembered.
  init(
    _ kind: (name: String, space: String, isJoint: Bool, sharesSomething: Bool),
    requests: [RowsRequest], design: Design,
    keys: StudyKeys?, memory: (any RememberedRows)?
  ) {
    self.design = design
    self.memory = keys == nil ? nil : memory
    // Without paired prompts a checkpoint's part in resampling depends on its place in the study.
    let isJoint = kind.isJoint || !design.isPaired
    guard let memory, let keys else {
      self.keys = [:]
      checkpoints = Array(design.checkpoints.indices)
      return
    }
    var named: [RowsRequest: [UInt8]] = [:]
    var known: [RowsRequest: TakenRows] = [:]
    for request in requests {
      let key = keys.key(of: request, engine: kind.name, isJoint: isJoint)
      named[request] = key
      known[request] = memory.rows(for: key)
    }
    self.keys = named
    self.known = known
    let missing = requests.filter { known[$0] == nil }
    let needed = Set(missing.flatMap(\.checkpoints) + [design.baseline])
    checkpoints =
      missing.isEmpty
      ? [] : design.checkpoints.indices.filter { isJoint || needed.contains($0) }
    func pairs(_ isKnown: Bool) -> [[Int]] {
      requests.filter { $0.checkpoints.count == 2 && (known[$0] != nil) == isKnown }
        .map(\.checkpoints)
    }
    memory.account(
      RowsUse(
        space: kind.space, engine: kind.name, isJoint: kind.isJoint || kind.sharesSomething,
        reusedPairs: pairs(true), takenPairs: pairs(false)))
  }

  /// What was asked for, remembered or taken by the engine that `make` gives for the study of
  /// `checkpoints`.
  mutating func rows(for request: RowsRequest, or make: ([Int]) -> any EngineSession) -> TakenRows {
    if let rows = known.removeValue(forKey: request) {
      return rows.placed(for: request, in: design)
    }
    let places = checkpoints.enumerated().reduce(into: [:]) { $0[$1.element] = $1.offset }
    var session = session ?? make(checkpoints)
    // Not held twice, so that what it remembers is not copied.
    self.session = nil
    let rows = session.take(request.moved(to: places)).placed(for: request, in: design)
    self.session = session
    if let key = keys[request] { memory?.keep(rows, for: key) }
    return rows
  }

  /// Lets go of all that the engine holds, where it will be asked for nothing more.
  mutating func finish() { session = nil }
}

extension Design {
  /// The study of some of the checkpoints, the baseline among them.
  func keeping(_ kept: [Int]) -> Design {
    if kept.count == checkpoints.count { return self }
    guard let baseline = kept.firstIndex(of: baseline) else {
      preconditionFailure("every study has its baseline")
    }
    return Design(
      checkpoints: kept.map { checkpoints[$0] }, baseline: baseline,
      promptIDs: kept.map { promptIDs[$0] }, promptOffsets: kept.map { promptOffsets[$0] },
      hasPrompts: hasPrompts)
  }
}

extension MeasuredSpace {
  /// The space of some of the checkpoints.
  func keeping(_ kept: [Int]) -> MeasuredSpace {
    if kept.count == coordinates.count { return self }
    return MeasuredSpace(
      id: id, coordinates: coordinates.keeping(kept), calibratedRadius: calibratedRadius,
      halves: halves.map { halves in kept.map { halves[$0] } })
  }
}
