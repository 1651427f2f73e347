/// What a drift plot shows: every checkpoint's cloud in one common plane.
public struct DriftPlotData: Sendable, Hashable, Codable {
  /// One checkpoint's cloud with what was computed from it.
  public struct Checkpoint: Sendable, Hashable, Codable {
    /// Any text in any script; it is shortened in its middle only where it cannot fit into three lines.
    public var name: String
    /// In the plane that all checkpoints share.
    public var points: [SIMD2<Double>]
    /// The corners of the convex hull of all points, in order; fewer than three if degenerate.
    public var hull100: [SIMD2<Double>]
    /// The corners of the hull of the central 95 %.
    public var hull95: [SIMD2<Double>]
    /// The mean of the points.
    public var centroid: SIMD2<Double>

    /// A cloud with its hulls.
    public init(
      name: String, points: [SIMD2<Double>], hull100: [SIMD2<Double>], hull95: [SIMD2<Double>],
      centroid: SIMD2<Double>
    ) {
      self.name = name
      self.points = points
      self.hull100 = hull100
      self.hull95 = hull95
      self.centroid = centroid
    }
  }

  /// With the variance explained: "PC 1 (12.3 %)".
  public var xLabel: String
  /// As for x.
  public var yLabel: String
  /// In the order of their panels; the baseline moves to the front.
  public var checkpoints: [Checkpoint]
  /// The index of the baseline.
  public var baseline: Int
  /// Whether the checkpoints follow one another, as training steps do. Many of them are then coloured
  /// by a ramp; those of no order have colours, symbols and dashes of their own, and no arrows.
  public var isOrdered: Bool
  /// The checkpoints through which the arrows of the overlay lead, in order. Empty for no arrows; not
  /// looked at where the checkpoints have no order.
  public var centroidPath: [Int]
  /// n, r, prompts, basis: one or two sentences under the figure.
  public var caption: String
  /// Above the panels; none if absent.
  public var title: String?
  /// Warnings that apply to what is seen, each a sentence.
  public var notes: [String]

  /// Data whose arrows lead through all checkpoints in order, unless a path is given or there is no
  /// order.
  public init(
    xLabel: String, yLabel: String, checkpoints: [Checkpoint], baseline: Int = 0,
    isOrdered: Bool = true, centroidPath: [Int]? = nil, caption: String = "", title: String? = nil,
    notes: [String] = []
  ) {
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.checkpoints = checkpoints
    self.baseline = baseline
    self.isOrdered = isOrdered
    self.centroidPath = centroidPath ?? Array(checkpoints.indices)
    self.caption = caption
    self.title = title
    self.notes = notes
  }

  /// The checkpoints that are not the baseline, in order.
  var others: [Int] { checkpoints.indices.filter { $0 != baseline } }

  /// - Throws: `RenderingError` for no checkpoint, no point at all, or a coordinate that is not
  ///   finite.
  public func validate() throws(RenderingError) {
    precondition(
      checkpoints.isEmpty || checkpoints.indices.contains(baseline), "no such baseline")
    precondition(centroidPath.allSatisfy(checkpoints.indices.contains), "no such checkpoint")
    guard checkpoints.contains(where: { !$0.points.isEmpty }) else {
      throw RenderingError(
        .empty, subject: "drift plot", problem: "there is no point to draw",
        hint: "check that the checkpoints share prompts and have outputs")
    }
    for checkpoint in checkpoints {
      let own = [checkpoint.points, checkpoint.hull100, checkpoint.hull95, [checkpoint.centroid]]
      for point in own.joined() where !(point.x.isFinite && point.y.isFinite) {
        throw RenderingError(
          .notFinite, subject: "drift plot of \(checkpoint.name)",
          problem: "expected finite coordinates, found (\(point.x), \(point.y))",
          hint: "look for NaN or infinity in this checkpoint's vectors")
      }
    }
  }
}
