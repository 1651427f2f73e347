/// The checkpoints of a figure. Colours, symbols and dashes follow from it, so that a checkpoint
/// looks the same in every figure of a study.
public struct FigureCheckpoints: Sendable, Hashable, Codable {
  /// Any text in any script, one a checkpoint.
  public var names: [String]
  /// The index of the baseline, which is grey and a circle; nil where there is none.
  public var baseline: Int?
  /// Whether they follow one another, as training steps do. More than seven are then coloured by a
  /// ramp, light to dark.
  public var isOrdered: Bool

  /// Checkpoints of these names.
  public init(_ names: [String], baseline: Int? = 0, isOrdered: Bool = true) {
    precondition(
      names.isEmpty || baseline.map(names.indices.contains) ?? true, "no such baseline")
    self.names = names
    self.baseline = baseline
    self.isOrdered = isOrdered
  }

  /// All indices.
  var indices: Range<Int> { names.indices }
  /// The indices that are not the baseline's, in order.
  var others: [Int] { names.indices.filter { $0 != baseline } }
  /// The baseline, then the others.
  var baselineFirst: [Int] { (baseline.map { [$0] } ?? []) + others }
}
