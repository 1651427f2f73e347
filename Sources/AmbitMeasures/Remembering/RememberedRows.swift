/// Rows that were taken before, by what they depend on: a study that changes a little costs a little.
///
/// Whoever keeps them decides where. A key holds everything that a row depends on but the program itself
/// and the machine: contents of checkpoints, prompts, settings, measures. Names of checkpoints are not
/// among it; they are put in anew.
public protocol RememberedRows: Sendable {
  /// A name for bytes that no other bytes have, such as their SHA-256.
  func digest(of bytes: UnsafeRawBufferPointer) -> [UInt8]
  /// What was kept under a key; `nil` where there is nothing, or nothing sound.
  func rows(for key: [UInt8]) -> TakenRows?
  /// Keeps rows for the next study. May do so later, or not at all.
  func keep(_ rows: TakenRows, for key: [UInt8])
  /// Tells what became of the rows of one engine in one space.
  func account(_ use: RowsUse)
}

/// What an engine took of one checkpoint, or of one against another.
public struct TakenRows: Equatable, Sendable {
  /// A row and its measure's place in the suite.
  public struct Placed: Equatable, Sendable {
    /// The measure's place in the suite.
    public var order: Int
    /// The row.
    public var row: Measurement

    /// Joins them.
    public init(order: Int, row: Measurement) {
      self.order = order
      self.row = row
    }
  }

  /// Rows of `metrics.csv`.
  public var rows: [Placed]
  /// Rows of `per_prompt.csv`.
  public var promptRows: [PromptMeasurement]
  /// Clusters lost and gained.
  public var changes: [ClusterChange]
  /// How the outputs were clustered.
  public var clustering: Clustering?

  /// Nothing, unless given.
  public init(
    rows: [Placed] = [], promptRows: [PromptMeasurement] = [], changes: [ClusterChange] = [],
    clustering: Clustering? = nil
  ) {
    self.rows = rows
    self.promptRows = promptRows
    self.changes = changes
    self.clustering = clustering
  }
}

/// How much of an engine's work in one space was there already.
public struct RowsUse: Equatable, Sendable {
  /// The word in the `space` column.
  public var space: String
  /// The engine's name.
  public var engine: String
  /// Whether its rows depend on something that all checkpoints of the study share.
  public var isJoint: Bool
  /// The pairs of checkpoints whose rows were there, each as checkpoint and reference.
  public var reusedPairs: [[Int]]
  /// The pairs whose rows were taken.
  public var takenPairs: [[Int]]

  /// Joins what is known.
  public init(
    space: String, engine: String, isJoint: Bool, reusedPairs: [[Int]], takenPairs: [[Int]]
  ) {
    self.space = space
    self.engine = engine
    self.isJoint = isJoint
    self.reusedPairs = reusedPairs
    self.takenPairs = takenPairs
  }
}
