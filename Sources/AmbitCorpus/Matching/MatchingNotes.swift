import AmbitFormats

/// Gathers what matching has to say.
struct MatchingNotes {
  private let checkpoints: [Checkpoint]
  private let before: [PromptGroups]
  private var notices: [CorpusNotice] = []
  private var promptsShared = 0
  private var promptsUnshared = 0
  private var promptsWithFewSamples = 0

  init(checkpoints: [Checkpoint], groups: [PromptGroups], keepsEmpty: Bool) {
    self.checkpoints = checkpoints
    before = groups
    for (checkpoint, group) in zip(checkpoints, groups) {
      if group.emptyDropped > 0 {
        notices.append(
          CorpusNotice(
            .emptyDropped, subject: checkpoint.name,
            "\(group.emptyDropped) of \(group.recordsRead) outputs are empty and were dropped",
            count: group.emptyDropped, hint: "--keep-empty keeps them"))
      } else if keepsEmpty, case let empty = checkpoint.records.count(where: \.isEmpty), empty > 0,
        checkpoint.source.vectors == nil
      {
        notices.append(
          CorpusNotice(
            .emptyKept, subject: checkpoint.name,
            "\(empty) of \(group.recordsRead) outputs are empty and were kept", count: empty))
      }
    }
  }

  mutating func noteUnshared(union: [TextKey], shared: [TextKey]) {
    promptsShared = shared.count
    promptsUnshared = union.count - shared.count
    guard promptsUnshared > 0 else { return }
    let read = before.map { "\($0.promptsRead)" }
    let counts = zip(checkpoints, read).map { "\($0.name) \($1)" }.joined(separator: ", ")
    notices.append(
      CorpusNotice(
        .promptsDropped,
        "matched to the \(shared.count) prompts that all have (\(counts)); "
          + "\(promptsUnshared) dropped", count: promptsUnshared))
    noteCostly(union: union)
  }

  /// Names each checkpoint without which more than 5 % more prompts would be shared.
  private mutating func noteCostly(union: [TextKey]) {
    var lackedByOne = [[TextKey]](repeating: [], count: checkpoints.count)
    for key in union {
      let lacking = before.indices.filter { before[$0].count(of: key) == 0 }
      if lacking.count == 1 { lackedByOne[lacking[0]].append(key) }
    }
    for (checkpoint, (group, lost)) in zip(checkpoints, zip(before, lackedByOne)) {
      let ofOthers = promptsShared + lost.count
      guard lost.count * 20 > ofOthers else { continue }
      let empty = lost.count { group.hasOnlyEmpty($0) }
      notices.append(
        CorpusNotice(
          .costlyCheckpoint, subject: checkpoint.name,
          "costs the others \(lost.count) of their \(ofOthers) prompts"
            + (empty > 0 ? " (\(empty) of them because its output is empty)" : ""),
          count: lost.count,
          hint: checkpoints.count > 2
            ? "--drop \(ShellText.quoted(checkpoint.name)) leaves it out"
            : "check that both files answer the same prompts"))
    }
  }

  mutating func noteFewSamples(_ few: Int, counts: [Int]) {
    promptsWithFewSamples = few
    if few > 0 {
      notices.append(
        CorpusNotice(
          .fewSamples,
          "\(few) prompts have less than half the median number of samples and were "
            + "dropped", count: few))
    }
    let kept = counts.reduce(0, +)
    let dropped = zip(checkpoints, before).filter { _, group in group.rowCount > 0 }.map {
      ($0.name, $1.rowCount)
    }
    guard let smallest = counts.min(), let largest = counts.max(),
      before.contains(where: { group in group.keys.contains { group.count(of: $0) > largest } })
    else { return }
    let have = dropped.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    let range = smallest == largest ? "\(smallest)" : "\(smallest) to \(largest)"
    notices.append(
      CorpusNotice(
        .samplesDropped,
        "matched to \(range) samples a prompt, \(kept) outputs a checkpoint (outputs: \(have))"))
  }

  mutating func noteSamples(keptRows count: Int) {
    guard before.contains(where: { $0.rowCount > count }) else { return }
    let have = zip(checkpoints, before).map { "\($0.name) \($1.rowCount)" }
      .joined(separator: ", ")
    notices.append(
      CorpusNotice(.samplesDropped, "matched to \(count) outputs a checkpoint (outputs: \(have))"))
  }

  mutating func noteConflictingTexts(_ keys: [TextKey]) {
    let conflicts = keys.filter { key in
      let texts = before.compactMap { $0.text(of: key) }.map { TextKey(TextTrimming.trimmed($0)) }
      return Set(texts).count > 1
    }
    guard let first = conflicts.first else { return }
    notices.append(
      CorpusNotice(
        .idTextConflict,
        "\(conflicts.count) prompts have the same id but different text, e.g. `\(first.text)`",
        count: conflicts.count, hint: "check that the files belong to the same set of prompts"))
  }

  mutating func noteNoPrompts() {
    notices.append(
      CorpusNotice(
        .noPrompts, "the files name no prompts: all outputs count as samples of one"))
  }

  func nothingShared(byID: Bool) -> InputError {
    let examples = zip(checkpoints, before).compactMap { checkpoint, group in
      group.keys.first.map { "\(checkpoint.name): `\($0.text.prefix(40))`" }
    }
    return InputError(
      .unmatched,
      "no prompt is shared by all \(checkpoints.count) checkpoints (compared by "
        + "\(byID ? "id" : "text"); e.g. \(examples.prefix(3).joined(separator: ", ")))",
      hint: "check that the files answer the same prompts, or --match none to compare them anyway")
  }

  func report(rows: [[Int]], offsets: [[Int]], promptsKept: Int) -> MatchingReport {
    let sizes = offsets.flatMap { zip($0.dropFirst(), $0).map { $0 - $1 } }.filter { $0 > 0 }
    return MatchingReport(
      checkpoints: zip(zip(checkpoints, before), rows).map { pair, rows in
        .init(
          name: pair.0.name, recordsRead: pair.1.recordsRead, promptsRead: pair.1.promptsRead,
          emptyDropped: pair.1.emptyDropped, rowsKept: rows.count)
      },
      promptsShared: promptsShared, promptsKept: promptsKept, promptsUnshared: promptsUnshared,
      promptsWithFewSamples: promptsWithFewSamples,
      samplesPerPrompt: (sizes.min() ?? 0)...(sizes.max() ?? 0), notices: notices)
  }
}

/// Text for pasting into a shell.
enum ShellText {
  /// The text in single quotes where it holds more than letters, digits and `-_.:/+@`.
  static func quoted(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
        || "-_.:/+@".utf8.contains($0)
    }
    if isPlain && !text.isEmpty { return text }
    return "'"
      + text.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "'\\''") + "'"
  }
}
