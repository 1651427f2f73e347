/// What BERT's normalizer and pre-tokenizer do to each code point, ready for lookup.
///
/// Built once from `UnicodeTables`, in well under a millisecond.
struct UnicodeClasses: Sendable {
  /// What happens to a code point, one bit each.
  struct Flags: OptionSet, Sendable {
    let rawValue: UInt8
    static let dropped = Flags(rawValue: 1)
    static let cleanedSpace = Flags(rawValue: 2)
    static let splittingSpace = Flags(rawValue: 4)
    static let punctuation = Flags(rawValue: 8)
    static let ideograph = Flags(rawValue: 16)
    static let stripped = Flags(rawValue: 32)
    static let lowered = Flags(rawValue: 64)
  }

  static let shared = UnicodeClasses()

  private let flags: ScalarTable
  private let stripping: ScalarMapping
  private let lowering: ScalarMapping

  private init() {
    var all = [UInt8](repeating: 0, count: 0x110000)
    func mark(_ ranges: [ClosedRange<UInt32>], _ flag: Flags) {
      for range in ranges {
        for code in range { all[Int(code)] |= flag.rawValue }
      }
    }
    mark(UnicodeRuns.ranges(UnicodeTables.dropped), .dropped)
    mark(UnicodeRuns.ranges(UnicodeTables.cleanedSpace), .cleanedSpace)
    mark(UnicodeRuns.ranges(UnicodeTables.splittingSpace), .splittingSpace)
    mark(UnicodeRuns.ranges(UnicodeTables.punctuation), .punctuation)
    mark(UnicodeRuns.ranges(UnicodeTables.ideograph), .ideograph)
    mark(UnicodeRuns.ranges(UnicodeTables.marks), .stripped)
    mark([Hangul.syllables], .stripped)
    stripping = ScalarMapping(UnicodeRuns.mappings(UnicodeTables.stripped))
    lowering = ScalarMapping(UnicodeRuns.mappings(UnicodeTables.lowered))
    for code in stripping.codes { all[Int(code)] |= Flags.stripped.rawValue }
    for code in lowering.codes { all[Int(code)] |= Flags.lowered.rawValue }
    flags = ScalarTable(all)
  }

  /// The flags of a code point below 0x110000.
  @inline(__always)
  subscript(code: UInt32) -> Flags { Flags(rawValue: flags[code]) }

  /// Calls `body` with the canonical decomposition of a code point that is flagged `stripped`,
  /// without marks; not at all where it is a mark itself.
  @inline(__always)
  func strip(_ code: UInt32, _ body: (UInt32) -> Void) {
    if Hangul.syllables.contains(code) { return Hangul.decompose(code, body) }
    stripping.forEachTarget(of: code, body)
  }

  /// Calls `body` with the lower case of a code point that is flagged `lowered`.
  @inline(__always)
  func lower(_ code: UInt32, _ body: (UInt32) -> Void) { lowering.forEachTarget(of: code, body) }
}

/// A map from code points to short sequences of code points, by binary search.
private struct ScalarMapping: Sendable {
  let codes: [UInt32]
  private let starts: [UInt32]
  private let targets: [UInt32]

  init(_ entries: [(code: UInt32, targets: [UInt32])]) {
    let entries = entries.sorted { $0.code < $1.code }
    codes = entries.map(\.code)
    targets = entries.flatMap(\.targets)
    var starts: [UInt32] = [0]
    for entry in entries { starts.append(starts[starts.count - 1] + UInt32(entry.targets.count)) }
    self.starts = starts
  }

  @inline(__always)
  func forEachTarget(of code: UInt32, _ body: (UInt32) -> Void) {
    var low = 0
    var high = codes.count
    while low < high {
      let middle = (low + high) / 2
      if codes[middle] < code { low = middle + 1 } else { high = middle }
    }
    guard low < codes.count, codes[low] == code else { return }
    for index in Int(starts[low])..<Int(starts[low + 1]) { body(targets[index]) }
  }
}

/// Korean syllables, whose decomposition is arithmetic (Unicode standard, section 3.12).
private enum Hangul {
  static let syllables: ClosedRange<UInt32> = 0xAC00...0xD7A3

  @inline(__always)
  static func decompose(_ code: UInt32, _ body: (UInt32) -> Void) {
    let index = code - syllables.lowerBound
    body(0x1100 + index / 588)
    body(0x1161 + index % 588 / 28)
    if index % 28 != 0 { body(0x11A7 + index % 28) }
  }
}
