/// Something that an engine is asked for once a study.
enum RowsRequest: Hashable, Sendable {
  /// The rows of `per_prompt.csv` of a checkpoint.
  case prompts(Int)
  /// The rows of a checkpoint alone.
  case alone(Int)
  /// The rows of a checkpoint against another, and the clusters lost and gained.
  case compared(Int, reference: Int)
  /// How outputs were clustered.
  case clustering

  /// All that a study asks for in one space, `clustering` apart: the prompts of every checkpoint, then the
  /// rows of the baseline and of those without a reference alone, then those of all pairs.
  static func all(in design: Design, settings: InferenceSettings) -> [RowsRequest] {
    let pairs = settings.pairs(in: design)
    let compared = Set(pairs.map(\.checkpoint))
    let all = design.checkpoints.indices
    return all.map { .prompts($0) }
      + all.filter { $0 == design.baseline || !compared.contains($0) }.map { .alone($0) }
      + pairs.map { .compared($0, reference: $1) }
  }

  /// Whether it is for `per_prompt.csv`.
  var isOfPrompts: Bool { if case .prompts = self { true } else { false } }

  /// Whom it is about.
  var checkpoints: [Int] {
    switch self {
    case .prompts(let checkpoint), .alone(let checkpoint): [checkpoint]
    case .compared(let checkpoint, let reference): [checkpoint, reference]
    case .clustering: []
    }
  }

  /// The word in a key.
  var word: String {
    switch self {
    case .prompts: "prompts"
    case .alone: "alone"
    case .compared: "compared"
    case .clustering: "clustering"
    }
  }

  /// The same of a study that has only some of the checkpoints; `places` says where they are in it.
  func moved(to places: [Int: Int]) -> RowsRequest {
    func place(_ checkpoint: Int) -> Int {
      guard let place = places[checkpoint] else {
        preconditionFailure("the study has no such part")
      }
      return place
    }
    return switch self {
    case .prompts(let checkpoint): .prompts(place(checkpoint))
    case .alone(let checkpoint): .alone(place(checkpoint))
    case .compared(let checkpoint, let reference):
      .compared(place(checkpoint), reference: place(reference))
    case .clustering: .clustering
    }
  }
}

extension EngineSession {
  /// Takes what is asked for.
  mutating func take(_ request: RowsRequest) -> TakenRows {
    func placed(_ rows: [(order: Int, row: Measurement)]) -> [TakenRows.Placed] {
      rows.map { TakenRows.Placed(order: $0.order, row: $0.row) }
    }
    switch request {
    case .prompts(let checkpoint): return TakenRows(promptRows: promptRows(of: checkpoint))
    case .alone(let checkpoint): return TakenRows(rows: placed(ownRows(of: checkpoint)))
    case .compared(let checkpoint, let reference):
      let changes = clusterChanges(checkpoint: checkpoint, reference: reference)
      return TakenRows(
        rows: placed(comparedRows(checkpoint: checkpoint, reference: reference)),
        changes: changes)
    case .clustering: return TakenRows(clustering: clustering)
    }
  }
}

extension TakenRows {
  /// These rows with the names and places of a study, of which they are the answer to `request`.
  func placed(for request: RowsRequest, in design: Design) -> TakenRows {
    guard let checkpoint = request.checkpoints.first else { return self }
    let reference = request.checkpoints.dropFirst().first
    var result = self
    for index in rows.indices {
      result.rows[index].row.checkpoint = design.checkpoints[checkpoint]
      result.rows[index].row.reference = reference.map { design.checkpoints[$0] } ?? ""
    }
    for index in promptRows.indices {
      result.promptRows[index].checkpoint = design.checkpoints[checkpoint]
    }
    for index in changes.indices {
      result.changes[index].checkpoint = checkpoint
      if let reference { result.changes[index].reference = reference }
    }
    return result
  }
}
