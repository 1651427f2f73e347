/// An engine at work in one space, with what its comparisons share.
///
/// An engine takes some of the measures from coordinates and knows nothing of the order in which it is
/// asked; its session remembers what costs much and serves several comparisons, such as the null bands
/// of a reference, as `ComparingSession` does for most. To add an engine, add its session to
/// `SpaceEngine`, with what its rows depend on.
protocol EngineSession {
  /// The rows of `per_prompt.csv` of one checkpoint.
  func promptRows(of checkpoint: Int) -> [PromptMeasurement]
  /// The rows of one checkpoint alone, each with its measure's place in the suite.
  mutating func ownRows(of checkpoint: Int) -> [(order: Int, row: Measurement)]
  /// The rows of one checkpoint against another, each with its measure's place in the suite.
  mutating func comparedRows(checkpoint: Int, reference: Int) -> [(order: Int, row: Measurement)]
  /// The clusters that one checkpoint has lost and gained against another.
  func clusterChanges(checkpoint: Int, reference: Int) -> [ClusterChange]
  /// How it clustered the outputs, where it did.
  var clustering: Clustering? { get }
}

extension EngineSession {
  var clustering: Clustering? { nil }
  func clusterChanges(checkpoint: Int, reference: Int) -> [ClusterChange] { [] }
  func promptRows(of checkpoint: Int) -> [PromptMeasurement] { [] }
  func ownRows(of checkpoint: Int) -> [(order: Int, row: Measurement)] { [] }
}

/// What was worked out for a checkpoint, kept for the next time that it is asked for.
struct PerCheckpoint<Value> {
  private var known: [Int: Value] = [:]

  mutating func value(of checkpoint: Int, or make: () -> Value) -> Value {
    if let value = known[checkpoint] { return value }
    let value = make()
    known[checkpoint] = value
    return value
  }
}
