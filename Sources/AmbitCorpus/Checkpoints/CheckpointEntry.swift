/// One entry of a study file: a checkpoint, or as many as its path matches.
public struct CheckpointEntry: Sendable, Equatable {
  /// The name; where the path has gaps, a pattern of names with the same gaps. Nil for the file's.
  public var name: String?
  /// A file, a folder, a shell's pattern, or a path with gaps such as `gens/step-{step}.jsonl`.
  public var path: String
  /// The training step; nil for that in the gap `{step}`, in the records or in the name.
  public var step: Double?
  /// The lineage that the checkpoints belong to, after the baseline; may hold gaps.
  public var lineage: String?
  /// How outputs were decoded, over what the files themselves say.
  public var decoding: [DecodingSetting]
  /// The line of the study file, for messages.
  public var line: Int?

  /// Creates an entry; what is not said stays nil.
  public init(
    name: String? = nil, path: String, step: Double? = nil, lineage: String? = nil,
    decoding: [DecodingSetting] = [], line: Int? = nil
  ) {
    self.name = name
    self.path = path
    self.step = step
    self.lineage = lineage
    self.decoding = decoding
    self.line = line
  }
}
