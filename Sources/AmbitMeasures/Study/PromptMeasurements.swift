/// The rows of `per_prompt.csv`, in order.
///
/// There is one for every prompt, checkpoint and statistic: millions in a long run. Names are kept once
/// and rows refer to them, 32 bytes each.
public struct PromptMeasurements: RandomAccessCollection, Sendable {
  private struct Row {
    var checkpoint: Int32
    var prompt: Int32
    var kind: Int32
    var samples: Int32
    var value: Double
    var flags: Int32
    var hasValue: Bool
  }

  /// What is the same for many rows.
  private struct Kind: Hashable {
    let metric: Name
    let variant: Name
    let space: Name
  }

  private var rows: [Row] = []
  private var checkpoints = Numbered<Name>()
  private var prompts = Numbered<Name>()
  private var kinds = Numbered<Kind>()
  private var flags = Numbered<FlagList>()

  /// No rows.
  public init() {}

  /// The given rows.
  public init(_ rows: some Sequence<PromptMeasurement>) { append(contentsOf: rows) }

  /// 0.
  public var startIndex: Int { 0 }
  /// The number of rows.
  public var endIndex: Int { rows.count }

  /// A row.
  public subscript(_ index: Int) -> PromptMeasurement {
    let row = rows[index]
    let kind = kinds[row.kind]
    return PromptMeasurement(
      checkpoint: checkpoints[row.checkpoint].text, promptID: prompts[row.prompt].text,
      metric: kind.metric.text, variant: kind.variant.text, space: kind.space.text,
      samples: Int(row.samples),
      value: row.hasValue ? row.value : nil, flags: flags[row.flags].flags)
  }

  /// Adds a row.
  public mutating func append(_ row: PromptMeasurement) {
    let kind = Kind(
      metric: Name(text: row.metric), variant: Name(text: row.variant), space: Name(text: row.space)
    )
    rows.append(
      Row(
        checkpoint: checkpoints.number(of: Name(text: row.checkpoint)),
        prompt: prompts.number(of: Name(text: row.promptID)), kind: kinds.number(of: kind),
        samples: Int32(clamping: row.samples), value: row.value ?? 0,
        flags: flags.number(of: FlagList(flags: row.flags)), hasValue: row.value != nil))
  }

  /// Adds rows.
  public mutating func append(contentsOf others: some Sequence<PromptMeasurement>) {
    for row in others { append(row) }
  }

  /// Adds rows.
  public static func += (rows: inout Self, others: some Sequence<PromptMeasurement>) {
    rows.append(contentsOf: others)
  }

  /// Changes the flags of every row.
  package mutating func setFlags(_ change: ([MeasurementFlag]) -> [MeasurementFlag]) {
    var changed = Numbered<FlagList>()
    let numbers = flags.all.map { changed.number(of: FlagList(flags: change($0.flags))) }
    for index in rows.indices { rows[index].flags = numbers[Int(rows[index].flags)] }
    flags = changed
  }
}

extension PromptMeasurements: Equatable, ExpressibleByArrayLiteral {
  /// The given rows.
  public init(arrayLiteral rows: PromptMeasurement...) { self.init(rows) }

  /// Whether the rows are equal, one by one.
  public static func == (left: Self, right: Self) -> Bool { left.elementsEqual(right) }
}

/// A name under equality of bytes: strings compare by canonical equivalence, and would lose their own.
private struct Name: Hashable {
  let text: String

  static func == (left: Self, right: Self) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

/// Flags as a key.
private struct FlagList: Hashable {
  let flags: [MeasurementFlag]

  func hash(into hasher: inout Hasher) {
    for flag in flags { hasher.combine(flag.text) }
  }
}

/// Values with numbers, from 0 in order of first sight.
private struct Numbered<Value: Hashable & Sendable>: Sendable {
  private(set) var all: [Value] = []
  private var numbers: [Value: Int32] = [:]
  /// The number asked for last: the next is often the same, or the one behind it.
  private var last = 0

  subscript(_ number: Int32) -> Value { all[Int(number)] }

  mutating func number(of value: Value) -> Int32 {
    if last < all.count, all[last] == value { return Int32(last) }
    if last + 1 < all.count, all[last + 1] == value {
      last += 1
      return Int32(last)
    }
    if let number = numbers[value] {
      last = Int(number)
      return number
    }
    last = all.count
    all.append(value)
    numbers[value] = Int32(last)
    return Int32(last)
  }
}
