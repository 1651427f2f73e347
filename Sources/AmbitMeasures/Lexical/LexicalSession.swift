internal import AmbitMatrix

/// The lexical measures at work: one engine for all statistics that depend on the same things, each asked
/// only for what is not remembered.
struct LexicalSession {
  private let context: StudyContext
  private let joint: LexicalJoint
  private var parts: [(part: LexicalPart, engine: RememberedEngine)] = []
  /// The n-grams of a checkpoint.
  private let rows: @Sendable (Int) -> LexicalRows

  init(
    context: StudyContext, texts: LexicalTexts, measures: [any LexicalMeasure],
    memory: (any RememberedRows)?
  ) {
    let design = context.design
    let all = LexicalStatistic.all(measures)
    let joint = LexicalJoint(texts, context: context)
    self.context = context
    self.joint = joint
    let requests =
      design.checkpoints.indices.map { RowsRequest.prompts($0) }
      + context.settings.rows(in: design) {
        [RowsRequest.alone($0)]
      } compared: {
        [.compared($0, reference: $1)]
      }
    let contents = memory.map { memory in
      context.workers.map(texts.checkpoints.count) { Self.digest(texts.checkpoints[$0], memory) }
    }
    for part in LexicalPart.all(all, design: design, joint: joint) {
      var shared = KeyBytes()
      shared.add(LexicalEngine.space)
      shared.add(part.dependence)
      let keys = memory.flatMap { memory in
        contents.map {
          StudyKeys(
            memory, design: design, settings: context.settings, measures: measures,
            shared: shared, contents: $0)
        }
      }
      let engine = RememberedEngine(
        ("lexical", LexicalEngine.space, false, part.sharesSomething), requests: requests,
        design: design, keys: keys, memory: memory)
      parts.append((part, engine))
    }
    let needed = Set(parts.flatMap(\.engine.checkpoints)).sorted()
    let make: @Sendable (Int) -> LexicalRows = {
      LexicalRows(texts.checkpoints[$0], window: texts.window)
    }
    guard needed.count <= LexicalEngine.checkpointsAtOnce else {
      // All of them would be many times the texts; making them again costs less than counting in them.
      rows = make
      return
    }
    let made = context.workers.map(needed.count) { make(needed[$0]) }
    let held = zip(needed, made).reduce(into: [:]) { $0[$1.0] = $1.1 }
    rows = { held[$0] ?? make($0) }
  }

  /// The rows that were asked for, in their order.
  mutating func rows(for request: RowsRequest) -> TakenRows {
    let (context, joint, rows) = (context, joint, rows)
    var found: [TakenRows.Placed] = []
    var prompts: [PromptMeasurement] = []
    for index in parts.indices {
      let part = parts[index].part
      let taken = parts[index].engine.rows(for: request) { kept in
        LexicalPartSession(
          LexicalEngine(
            context: StudyContext(
              design: context.design.keeping(kept), settings: context.settings,
              workers: context.workers),
            rows: { rows(kept[$0]) }, joint: joint,
            statistics: part.within.map(\.statistic),
            setStatistics: part.sets.map(\.statistic)), part: part)
      }
      found += taken.rows
      prompts += taken.promptRows
    }
    let places = LexicalPart.promptPlaces(parts.map(\.part))
    return TakenRows(
      rows: found.indices.sorted { (found[$0].order, $0) < (found[$1].order, $1) }
        .map { found[$0] },
      promptRows: prompts.indices.sorted {
        (places[prompts[$0].word] ?? 0, $0) < (places[prompts[$1].word] ?? 0, $1)
      }.map { prompts[$0] })
  }

  private static func digest(_ rows: TokenRows, _ memory: any RememberedRows) -> [UInt8] {
    var bytes = KeyBytes()
    for text in rows.texts { bytes.add(text) }
    return bytes.digest(memory)
  }
}

/// Statistics whose rows depend on the same things.
struct LexicalPart: Sendable {
  /// On what of all checkpoints they depend, in words.
  let dependence: String
  /// Whether they look at the words or bytes of all checkpoints.
  let sharesSomething: Bool
  /// Taken within prompts, each with its place among all rows.
  var within: [(statistic: LexicalStatistic, order: Int)] = []
  /// Taken of sets.
  var sets: [(statistic: LexicalStatistic, order: Int)] = []

  static func all(
    _ statistics: [LexicalStatistic], design: Design, joint: LexicalJoint
  ) -> [LexicalPart] {
    var parts: [LexicalPart] = []
    func place(_ statistic: LexicalStatistic) -> Int {
      let dependence = joint.dependence(of: statistic)
      if let place = parts.firstIndex(where: { $0.dependence == dependence }) { return place }
      parts.append(
        LexicalPart(
          dependence: dependence,
          sharesSomething: statistic.measure is ExpectationAdjustedDistinct
            || statistic.measure is CompressionRatio))
      return parts.count - 1
    }
    let within = design.hasPrompts ? statistics : []
    for (order, statistic) in within.enumerated() {
      parts[place(statistic)].within.append((statistic, order))
    }
    let sets = design.hasPrompts ? statistics.filter(\.measure.comparesOutputs) : statistics
    for (order, statistic) in sets.enumerated() {
      parts[place(statistic)].sets.append((statistic, within.count + order))
    }
    return parts
  }

  /// The places of the rows of prompts, by what they measure.
  static func promptPlaces(_ parts: [LexicalPart]) -> [String: Int] {
    parts.flatMap(\.within).reduce(into: [:]) {
      if !$1.statistic.isWindowed {
        $0["\($1.statistic.measure.id) \($1.statistic.measure.variant)"] = $1.order
      }
    }
  }
}

extension PromptMeasurement {
  fileprivate var word: String { "\(metric) \(variant)" }
}

/// One engine at work.
private struct LexicalPartSession: EngineSession {
  private let engine: LexicalEngine
  private let part: LexicalPart

  init(_ engine: LexicalEngine, part: LexicalPart) {
    (self.engine, self.part) = (engine, part)
  }

  func promptRows(of checkpoint: Int) -> [PromptMeasurement] {
    Array(engine.promptRows(of: checkpoint).joined())
  }

  func ownRows(of checkpoint: Int) -> [(order: Int, row: Measurement)] {
    placed(engine.ownRows(of: checkpoint))
  }

  func comparedRows(checkpoint: Int, reference: Int) -> [(order: Int, row: Measurement)] {
    placed(engine.comparedRows(checkpoint: checkpoint, reference: reference))
  }

  private func placed(_ rows: [Measurement]) -> [(order: Int, row: Measurement)] {
    zip((part.within + part.sets).map(\.order), rows).map { ($0, $1) }
  }
}
