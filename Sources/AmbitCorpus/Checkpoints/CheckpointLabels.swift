/// The labels of a file's records, and the checkpoints that they make of it.
struct CheckpointLabels {
  private let generators: [String]
  private let steps: [String]
  private let hasStepPerGenerator: Bool
  /// Whether every record has one.
  let hasGenerators: Bool
  let hasSteps: Bool

  init(_ records: [Record]) {
    hasGenerators = !records.isEmpty && records.allSatisfy { $0.generator != nil }
    hasSteps = !records.isEmpty && records.allSatisfy { $0.step != nil }
    generators = hasGenerators ? Self.distinct(records.map { $0.generator! }) : []
    steps = hasSteps ? Self.distinct(records.map { $0.step! }) : []
    let pairs = Set(records.map { TextKey("\($0.generator ?? "")\u{0}\($0.step ?? "")") })
    hasStepPerGenerator = hasSteps && pairs.count > generators.count
  }

  /// Whether the labels tell several checkpoints apart.
  var holdsSeveral: Bool { generators.count > 1 || steps.count > 1 }

  /// Whether checkpoints are named by the labels rather than by the file.
  ///
  /// - Parameters:
  ///   - source: what the user asked for; nil for nothing.
  ///   - isFieldGiven: whether the user named the field of the labels.
  func giveNames(from source: NameSource?, isFieldGiven: Bool) -> Bool {
    switch source {
    case .file: false
    case .step: hasSteps
    case .generator: hasGenerators
    case nil: holdsSeveral || isFieldGiven
    }
  }

  /// One checkpoint a label: generators in order of appearance, steps in natural order. Where neither is
  /// asked for, by generator, by step, or by both where a generator has several steps.
  func split(_ file: OutputFile, by source: NameSource?) -> [Checkpoint] {
    var order: [TextKey] = []
    var rows: [TextKey: [Int]] = [:]
    for (index, record) in file.records.enumerated() {
      let key = TextKey(name(of: record, by: source))
      if rows[key] == nil { order.append(key) }
      rows[key, default: []].append(index)
    }
    if source == .step || source == nil && steps.count > 1 {
      order = order.enumerated().sorted { a, b in
        generators.count > 1 && source == nil
          ? a.offset < b.offset : NaturalOrder.precedes(a.element.text, b.element.text)
      }.map(\.element)
    }
    return order.map { Checkpoint(name: $0.text, file: file, rows: rows[$0]!) }
  }

  /// The label of one record; empty where it has none.
  func name(of record: Record, by source: NameSource?) -> String {
    let step = record.step.map { "step-\($0)" } ?? ""
    switch source {
    case .step: return step
    case .generator, .file: return record.generator ?? ""
    case nil:
      if generators.count > 1 {
        return hasStepPerGenerator ? "\(record.generator!) \(step)" : record.generator!
      }
      return steps.count > 1 ? step : record.generator ?? step
    }
  }

  private static func distinct(_ labels: [String]) -> [String] {
    var seen = Set<TextKey>()
    return labels.filter { seen.insert(TextKey($0)).inserted }
  }
}
