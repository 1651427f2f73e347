import AmbitFormats

/// Makes checkpoints comparable.
///
/// Under `prompts`: prompts match by id where every file has ids, else by trimmed text. Per prompt the
/// smallest count r_p over the checkpoints is kept of each, chosen by `SampleChoice`. Prompts with r_p
/// below half the median are dropped. Files without prompts are one unnamed prompt.
public struct Matching: Sendable {
  /// How to match.
  public var mode: MatchMode
  /// The seed of the choice among samples.
  public var seed: UInt64
  /// Whether empty outputs stay; else they are dropped before matching.
  public var keepsEmpty: Bool
  /// Whether prompts stay in the order in which they appear, the first checkpoint's first, and
  /// checkpoints with the same prompts and counts stay as they are: for rows that were matched before.
  public var keepsOrder = false

  /// Matches by prompts, seed 0, empties dropped, unless told otherwise.
  public init(mode: MatchMode = .prompts, seed: UInt64 = 0, keepsEmpty: Bool = false) {
    self.mode = mode
    self.seed = seed
    self.keepsEmpty = keepsEmpty
  }

  /// Matches the checkpoints; linear in their records but for sorting. `baseline` is an index.
  ///
  /// The kept rows of a checkpoint do not depend on the order of the checkpoints. Throws `InputError`
  /// (`selection`, `unmatched`): fewer than two checkpoints where `allowsOne` is false, some files with
  /// prompts and some without under `prompts`, no prompt shared by all, a checkpoint without outputs.
  public func match(
    _ checkpoints: [Checkpoint], baseline: Int = 0, allowsOne: Bool = false
  ) throws -> MatchedCorpus {
    precondition(checkpoints.indices.contains(baseline), "the baseline is none of the checkpoints")
    guard checkpoints.count > 1 || allowsOne else {
      throw InputError(
        .selection, "only one checkpoint, `\(checkpoints[0].name)`; a comparison needs two",
        hint: "add another file, or name=FILE")
    }
    let withPrompts = checkpoints.filter(\.hasPrompts)
    let hasPrompts = withPrompts.count == checkpoints.count
    if mode == .prompts, !hasPrompts, !withPrompts.isEmpty {
      let without = checkpoints.first { !$0.hasPrompts }!
      throw InputError(
        .unmatched,
        "`\(without.name)` has no prompts but `\(withPrompts[0].name)` has, so they cannot be matched",
        hint: "--match none takes all outputs as they are")
    }
    let byID = checkpoints.allSatisfy(\.hasPromptIDs)
    var groups = checkpoints.map {
      PromptGroups($0, byID: byID, hasPrompts: hasPrompts, keepsEmpty: keepsEmpty)
    }
    for (checkpoint, group) in zip(checkpoints, groups) where group.rowCount == 0 {
      throw InputError(
        .empty, path: checkpoint.source.path,
        "`\(checkpoint.name)` holds no outputs but empty ones",
        hint: "--keep-empty keeps empty outputs")
    }

    var notes = MatchingNotes(checkpoints: checkpoints, groups: groups, keepsEmpty: keepsEmpty)
    let union =
      keepsOrder
      ? PromptGroups.inOrderOfAppearance(groups.flatMap(\.keys))
      : PromptGroups.ordered(groups.flatMap(\.keys), byID: byID)
    let isMatched =
      keepsOrder
      && union.allSatisfy { key in
        groups.allSatisfy { $0.count(of: key) == groups[0].count(of: key) }
      }
    var kept = union
    switch mode {
    case .none: break
    case .n:
      let count = groups.map(\.rowCount).min()!
      for index in groups.indices { groups[index].keep(count, seed: seed) }
      kept = union.filter { key in groups.contains { $0.count(of: key) > 0 } }
      notes.noteSamples(keptRows: count)
    case .prompts:
      kept = union.filter { key in groups.allSatisfy { $0.count(of: key) > 0 } }
      notes.noteUnshared(union: union, shared: kept)
      guard !kept.isEmpty else { throw notes.nothingShared(byID: byID, keepsEmpty: keepsEmpty) }
      let counts = kept.map { key in groups.map { $0.count(of: key) }.min()! }
      let median = Self.doubledMedian(counts)
      var few = 0
      var enough: [(TextKey, Int)] = []
      for (key, count) in zip(kept, counts) {
        if 4 * count < median && !isMatched { few += 1 } else { enough.append((key, count)) }
      }
      kept = enough.map(\.0)
      for index in groups.indices { groups[index].keep(enough, seed: seed) }
      notes.noteFewSamples(few, counts: enough.map(\.1))
    }
    if byID { notes.noteConflictingTexts(kept) }
    if !hasPrompts { notes.noteNoPrompts() }

    let prompts = kept.map { key in
      promptEntry(key, byID: byID, hasPrompts: hasPrompts, groups: groups, baseline: baseline)
    }
    var rows: [[Int]] = []
    var offsets: [[Int]] = []
    for group in groups {
      let arranged = group.arranged(kept)
      rows.append(arranged.rows)
      offsets.append(arranged.offsets)
    }
    return MatchedCorpus(
      mode: mode, checkpoints: checkpoints, baselineIndex: baseline, prompts: prompts, rows: rows,
      promptOffsets: offsets, hasPrompts: hasPrompts,
      report: notes.report(rows: rows, offsets: offsets, promptsKept: kept.count))
  }

  private static func doubledMedian(_ counts: [Int]) -> Int {
    let sorted = counts.sorted()
    return sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]
  }

  private func promptEntry(
    _ key: TextKey, byID: Bool, hasPrompts: Bool, groups: [PromptGroups], baseline: Int
  ) -> MatchedCorpus.Prompt {
    guard hasPrompts || !key.text.isEmpty else { return .init(id: "", text: nil) }
    let order = [baseline] + groups.indices.filter { $0 != baseline }
    let text = order.lazy.compactMap { groups[$0].text(of: key) }.first
    let id = byID ? key.text : MatchedCorpus.Prompt.id(ofText: key.text)
    return .init(id: id, text: text)
  }
}
