/// The records of one checkpoint by prompt.
struct PromptGroups {
  /// The prompts in order of appearance.
  private(set) var keys: [TextKey] = []
  private(set) var rowCount = 0
  private(set) var emptyDropped = 0
  private let records: [Record]
  private var rows: [TextKey: [Int]] = [:]
  private var allKeys = Set<TextKey>()

  /// Prompts in the file, those with nothing but empty outputs included.
  var promptsRead: Int { allKeys.count }
  var recordsRead: Int { records.count }

  init(_ checkpoint: Checkpoint, byID: Bool, hasPrompts: Bool, keepsEmpty: Bool) {
    records = checkpoint.records
    let hasTexts = checkpoint.source.vectors == nil
    for (index, record) in records.enumerated() {
      let key = Self.key(of: record, byID: byID, hasPrompts: hasPrompts)
      allKeys.insert(key)
      if hasTexts, !keepsEmpty, record.isEmpty {
        emptyDropped += 1
        continue
      }
      if rows[key] == nil { keys.append(key) }
      rows[key, default: []].append(index)
      rowCount += 1
    }
  }

  static func key(of record: Record, byID: Bool, hasPrompts: Bool) -> TextKey {
    guard hasPrompts else { return TextKey("") }
    if byID { return TextKey(record.promptID!) }
    // A record without text in a study matched by text has its id alone to go by.
    return TextKey(record.prompt.map(TextTrimming.trimmed) ?? "id " + record.promptID!)
  }

  /// All keys once, in an order that depends on nothing but them.
  static func ordered(_ keys: [TextKey], byID: Bool) -> [TextKey] {
    let unique = Array(Set(keys))
    return byID
      ? unique.sorted { NaturalOrder.precedes($0.text, $1.text) } : unique.sorted()
  }

  /// All keys once, as they first appear.
  static func inOrderOfAppearance(_ keys: [TextKey]) -> [TextKey] {
    var seen = Set<TextKey>()
    return keys.filter { seen.insert($0).inserted }
  }

  func count(of key: TextKey) -> Int { rows[key]?.count ?? 0 }

  /// The prompt's text, from its first record that has one.
  func text(of key: TextKey) -> String? {
    rows[key]?.lazy.compactMap { records[$0].prompt }.first
  }

  /// Whether the prompt had records but only empty ones.
  func hasOnlyEmpty(_ key: TextKey) -> Bool { allKeys.contains(key) && rows[key] == nil }

  /// Keeps the given number of records of each of the given prompts, and no others.
  mutating func keep(_ counts: [(key: TextKey, count: Int)], seed: UInt64) {
    var kept: [TextKey: [Int]] = [:]
    rowCount = 0
    for (key, count) in counts {
      let hash = SampleChoice.hash(ofPrompt: key.text)
      let ranked = rows[key, default: []].map {
        (SampleChoice.rank(seed: seed, promptHash: hash, sample: records[$0].sample), $0)
      }
      kept[key] = ranked.sorted { ($0.0, records[$0.1].sample) < ($1.0, records[$1.1].sample) }
        .prefix(count).map(\.1)
      rowCount += kept[key]!.count
    }
    rows = kept
  }

  /// Keeps that many records over all prompts.
  mutating func keep(_ count: Int, seed: UInt64) {
    var ranked: [(rank: UInt64, key: TextKey, row: Int)] = []
    for (key, indices) in rows {
      let hash = SampleChoice.hash(ofPrompt: key.text)
      for row in indices {
        ranked.append(
          (SampleChoice.rank(seed: seed, promptHash: hash, sample: records[row].sample), key, row))
      }
    }
    ranked.sort {
      $0.rank != $1.rank
        ? $0.rank < $1.rank
        : $0.key != $1.key ? $0.key < $1.key : records[$0.row].sample < records[$1.row].sample
    }
    rows = [:]
    for entry in ranked.prefix(count) { rows[entry.key, default: []].append(entry.row) }
    rowCount = min(count, ranked.count)
  }

  /// The kept rows by prompt and sample, and where each prompt begins.
  func arranged(_ keys: [TextKey]) -> (rows: [Int], offsets: [Int]) {
    var arranged: [Int] = []
    var offsets = [0]
    for key in keys {
      arranged += rows[key, default: []].sorted {
        (records[$0].sample, $0) < (records[$1].sample, $1)
      }
      offsets.append(arranged.count)
    }
    return (arranged, offsets)
  }
}
