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
            Self.empty(group.emptyDropped, of: group.recordsRead, were: "dropped"),
            count: group.emptyDropped, hint: "--keep-empty keeps them"))
      } else if keepsEmpty, case let empty = checkpoint.records.count(where: \.isEmpty), empty > 0,
        checkpoint.source.vectors == nil
      {
        notices.append(
          CorpusNotice(
            .emptyKept, subject: checkpoint.name,
            Self.empty(empty, of: group.recordsRead, were: "kept"), count: empty))
      }
    }
  }

  private static func empty(_ count: Int, of all: Int, were fate: String) -> String {
    "\(count) of \(Wording.count(all, "output")) "
      + (count == 1 ? "is empty and was \(fate)" : "are empty and were \(fate)")
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
        "matched to the \(Wording.count(shared.count, "prompt")) that all have (\(counts)); "
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
    let hasSeveralOthers = checkpoints.count > 2
    let others = hasSeveralOthers ? "others'" : "other's"
    for (checkpoint, (group, lost)) in zip(checkpoints, zip(before, lackedByOne)) {
      let ofOthers = promptsShared + lost.count
      guard lost.count * 20 > ofOthers else { continue }
      let empty = lost.count { group.hasOnlyEmpty($0) }
      notices.append(
        CorpusNotice(
          .costlyCheckpoint, subject: checkpoint.name,
          "answers only \(promptsShared) of the \(others) "
            + Wording.count(ofOthers, "prompt")
            + (empty > 0 ? " (\(Wording.count(empty, "empty output")))" : "")
            + (hasSeveralOthers ? "; without it \(ofOthers) would count" : ""),
          count: lost.count,
          hint: hasSeveralOthers
            ? "--drop \(ShellText.quoted(checkpoint.name))"
            : "check that both files answer the same prompts"))
    }
  }

  mutating func noteFewSamples(_ few: Int, counts: [Int]) {
    promptsWithFewSamples = few
    if few > 0 {
      notices.append(
        CorpusNotice(
          .fewSamples,
          few == 1
            ? "1 prompt has less than half the median number of samples and was dropped"
            : "\(few) prompts have less than half the median number of samples and were dropped",
          count: few))
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
        "matched to \(range) \(largest == 1 ? "sample" : "samples") a prompt, "
          + "\(Wording.count(kept, "output")) a checkpoint (outputs: \(have))"))
  }

  mutating func noteSamples(keptRows count: Int) {
    guard before.contains(where: { $0.rowCount > count }) else { return }
    let have = zip(checkpoints, before).map { "\($0.name) \($1.rowCount)" }
      .joined(separator: ", ")
    notices.append(
      CorpusNotice(
        .samplesDropped,
        "matched to \(Wording.count(count, "output")) a checkpoint (outputs: \(have))"))
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
        conflicts.count == 1
          ? "1 prompt has the same id but different text: `\(first.text)`"
          : "\(conflicts.count) prompts have the same id but different text, e.g. `\(first.text)`",
        count: conflicts.count, hint: "check that the files belong to the same set of prompts"))
  }

  mutating func noteNoPrompts() {
    let without = checkpoints.filter { !$0.hasPrompts }.map(\.name)
    if without.count < checkpoints.count {
      notices.append(
        CorpusNotice(
          .noPrompts,
          "\(without.joined(separator: ", ")) \(without.count == 1 ? "names" : "name") no prompts, "
            + "so all outputs are compared without"))
      return
    }
    notices.append(
      CorpusNotice(
        .noPrompts, "the files name no prompts: all outputs count as samples of one"))
  }

  func nothingShared(byID: Bool, keepsEmpty: Bool) -> InputError {
    let examples = zip(checkpoints, before).compactMap { checkpoint, group in
      group.keys.first.map { "\(checkpoint.name): `\($0.text.prefix(40))`" }
    }
    return InputError(
      .unmatched,
      "no prompt is shared by all \(checkpoints.count) checkpoints (compared by "
        + "\(byID ? "id" : "text"); e.g. \(examples.prefix(3).joined(separator: ", ")))",
      hint: byID && textsAgree(keepsEmpty: keepsEmpty)
        ? "the texts of the prompts agree; \(matchingByText)"
        : "check that the files answer the same prompts, or --match none to compare them anyway")
  }

  private func textsAgree(keepsEmpty: Bool) -> Bool {
    let texts = checkpoints.map { checkpoint in
      Set(
        checkpoint.records.lazy.filter { keepsEmpty || !$0.isEmpty }.compactMap(\.prompt)
          .map { TextKey(TextTrimming.trimmed($0)) })
    }
    return !texts.dropFirst().reduce(texts[0]) { $0.intersection($1) }.isEmpty
  }

  /// How to match by text: the prompts' field for the ids, where all files name it alike.
  private var matchingByText: String {
    let fields = Set(checkpoints.map { $0.source.promptField.map { TextKey($0) } })
    if fields.count == 1, let field = fields.first, let name = field?.text {
      return "--id-field \(ShellText.quoted(name)) matches by text"
    }
    return "give the files the same ids, or leave the ids out to match by text"
  }

  func report(rows: [[Int]], offsets: [[Int]], promptsKept: Int) -> MatchingReport {
    let sizes = offsets.flatMap { zip($0.dropFirst(), $0).map { $0 - $1 } }.filter { $0 > 0 }
    return MatchingReport(
      checkpoints: checkpoints.indices.map { index in
        .init(
          name: checkpoints[index].name, recordsRead: before[index].recordsRead,
          promptsRead: before[index].promptsRead, emptyDropped: before[index].emptyDropped,
          rowsKept: rows[index].count,
          promptsKept: zip(offsets[index].dropFirst(), offsets[index]).count { $0 > $1 })
      },
      promptsShared: promptsShared, promptsKept: promptsKept, promptsUnshared: promptsUnshared,
      promptsWithFewSamples: promptsWithFewSamples,
      samplesPerPrompt: (sizes.min() ?? 0)...(sizes.max() ?? 0), notices: notices)
  }
}

/// Text for pasting into a shell.
package enum ShellText {
  /// The text in single quotes where it holds more than letters, digits and `-_.:/+@`.
  package static func quoted(_ text: String) -> String {
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
