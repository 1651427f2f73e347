/// What a map of neighbourhoods shows: every checkpoint's points in one common map whose axes and
/// distances have no meaning of their own.
public struct MapPlotData: Sendable, Hashable, Codable {
  /// One checkpoint's points.
  public struct Checkpoint: Sendable, Hashable, Codable {
    /// Any text in any script.
    public var name: String
    /// In the map that all checkpoints share.
    public var points: [SIMD2<Double>]
    /// One number a point, by which it is coloured where the map has a `valueLabel`.
    public var values: [Double]

    /// Points, with a value each or none.
    public init(name: String, points: [SIMD2<Double>], values: [Double] = []) {
      precondition(values.isEmpty || values.count == points.count, "a value a point or none")
      self.name = name
      self.points = points
      self.values = values
    }
  }

  /// In the order of their panels; the baseline moves to the front.
  public var checkpoints: [Checkpoint]
  /// The index of the baseline.
  public var baseline: Int
  /// Whether the checkpoints follow one another, as training steps do.
  public var isOrdered: Bool
  /// What the values are; nil where points are coloured by checkpoint.
  public var valueLabel: String?
  /// How the map was made and how good it is: a sentence or two under the figure.
  public var caption: String
  /// Above the panels; none if absent.
  public var title: String?

  /// A map of checkpoints.
  public init(
    checkpoints: [Checkpoint], baseline: Int = 0, isOrdered: Bool = true,
    valueLabel: String? = nil, caption: String = "", title: String? = nil
  ) {
    self.checkpoints = checkpoints
    self.baseline = baseline
    self.isOrdered = isOrdered
    self.valueLabel = valueLabel
    self.caption = caption
    self.title = title
  }

  /// - Throws: `RenderingError` for no checkpoint, no point at all, or a number that is not finite.
  public func validate() throws(RenderingError) {
    precondition(
      checkpoints.isEmpty || checkpoints.indices.contains(baseline), "no such baseline")
    precondition(
      valueLabel == nil || checkpoints.allSatisfy { $0.values.count == $0.points.count },
      "a map coloured by a value has one for every point")
    guard checkpoints.contains(where: { !$0.points.isEmpty }) else {
      throw RenderingError(
        .empty, subject: "map", problem: "there is no point to draw",
        hint: "check that the checkpoints share prompts and have outputs")
    }
    for checkpoint in checkpoints {
      let isFinite =
        checkpoint.points.allSatisfy { $0.x.isFinite && $0.y.isFinite }
        && checkpoint.values.allSatisfy(\.isFinite)
      guard isFinite else {
        throw RenderingError(
          .notFinite, subject: "map of \(checkpoint.name)",
          problem: "expected finite numbers, found NaN or infinity",
          hint: "look for NaN or infinity in this checkpoint's vectors")
      }
    }
  }

  /// The range of all values.
  var valueRange: ClosedRange<Double>? {
    guard valueLabel != nil, let low = checkpoints.flatMap(\.values).min(),
      let high = checkpoints.flatMap(\.values).max()
    else { return nil }
    return low...high
  }
}
