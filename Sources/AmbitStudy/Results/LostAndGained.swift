import AmbitCorpus
import AmbitFormats
import AmbitMeasures

/// `lost_gained.jsonl`: one cluster a line that a checkpoint lost or gained, with the outputs nearest its
/// centre, so that a reader sees what the numbers speak of.
struct LostAndGained {
  let corpus: MatchedCorpus
  let design: Design
  let changes: [ClusterChange]

  /// The most characters of an output, or of a prompt, that are written.
  static let characterLimit = 500

  init(_ corpus: MatchedCorpus, _ design: Design, _ changes: [ClusterChange]) {
    self.corpus = corpus
    self.design = design
    self.changes = changes
  }

  /// The lines; empty where nothing was lost or gained. Always the same bytes for the same study.
  var jsonl: String {
    let writer = JSONWriter()
    return changes.map { writer.string(object($0)) + "\n" }.joined()
  }

  private func object(_ change: ClusterChange) -> JSON {
    let owner = change.kind == .lost ? change.reference : change.checkpoint
    return [
      "checkpoint": .string(design.checkpoints[change.checkpoint]),
      "reference": .string(design.checkpoints[change.reference]),
      "kind": .string(change.kind.rawValue), "cluster": .integer(change.cluster),
      "checkpoint_size": .integer(change.checkpointSize),
      "reference_size": .integer(change.referenceSize),
      "p_adjusted": .number(change.adjustedP),
      "exemplars": .array(change.exemplars.map { exemplar(row: $0, of: owner) }),
    ]
  }

  /// A row of a checkpoint: where it is from, and its text where there is one.
  private func exemplar(row: Int, of checkpoint: Int) -> JSON {
    let offsets = design.promptOffsets[checkpoint]
    let prompt = offsets.dropFirst().firstIndex { $0 > row }.map { $0 - 1 } ?? 0
    let record = corpus.record(of: checkpoint, row: row)
    let holdsText = corpus.checkpoints[checkpoint].source.vectors == nil
    return [
      "checkpoint": .string(design.checkpoints[checkpoint]),
      "prompt_id": .string(design.promptIDs[checkpoint][prompt]),
      "sample": .integer(record.sample),
      "prompt": record.prompt.map { .string(Self.shortened($0)) } ?? .null,
      "output": holdsText ? .string(Self.shortened(record.output)) : .null,
    ]
  }

  private static func shortened(_ text: String) -> String {
    let start = text.prefix(characterLimit)
    return start.endIndex == text.endIndex ? text : start + "…"
  }
}
