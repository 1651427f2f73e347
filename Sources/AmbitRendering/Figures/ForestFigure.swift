/// The forest plot: every effect with its interval, one row a metric, negative to the left and always
/// less diverse, before the band in which effects lie where nothing changed.
///
/// A symbol is filled where its interval excludes 0. What lies far beyond all others is marked by an
/// arrow at the edge, so that one wild interval does not squash the rest.
public struct ForestFigure: Figure {
  /// `forest`
  public static let name = "forest"

  /// One metric.
  public struct Row: Sendable, Hashable, Codable {
    /// Such as "dispersion".
    public var label: String
    /// One a checkpoint, polarity-aligned: negative is less diverse than the baseline. nil for the
    /// baseline and for what was refused.
    public var effects: [Estimate?]
    /// Where the effects of halves of the baseline lie.
    public var null: ClosedRange<Double>?

    /// A row.
    public init(label: String, effects: [Estimate?], null: ClosedRange<Double>? = nil) {
      self.label = label
      self.effects = effects
      self.null = null
    }
  }

  /// Rows under a heading, such as "within prompts".
  public struct Group: Sendable, Hashable, Codable {
    /// Written in bold; none if empty.
    public var name: String
    /// From the top.
    public var rows: [Row]

    /// A group.
    public init(name: String, rows: [Row]) {
      self.name = name
      self.rows = rows
    }
  }

  /// Groups whose effects have the same unit, over one axis.
  public struct Section: Sendable, Hashable, Codable {
    /// Below the axis, such as "log ratio to base".
    public var effectLabel: String
    /// Effects between them count as none.
    public var equivalence: ClosedRange<Double>?
    /// From the top.
    public var groups: [Group]

    /// A section.
    public init(effectLabel: String, equivalence: ClosedRange<Double>? = nil, groups: [Group]) {
      self.effectLabel = effectLabel
      self.equivalence = equivalence
      self.groups = groups
    }
  }

  /// All of the study; the baseline is not drawn.
  public var checkpoints: FigureCheckpoints
  /// One for each unit of effect.
  public var sections: [Section]
  /// Around the panels.
  public var text: FigureText

  /// A forest plot.
  public init(
    checkpoints: FigureCheckpoints, sections: [Section], text: FigureText = FigureText()
  ) {
    self.checkpoints = checkpoints
    self.sections = sections
    self.text = text
  }

  /// - Throws: `RenderingError` of code `empty` where no effect is finite.
  public func validate() throws(RenderingError) {
    if drawn.isEmpty { throw RenderingError.nothingToDraw(Self.name, "effect") }
  }

  /// The figure.
  public func drawing(_ settings: FigureSettings) -> Scene {
    ForestLayout(self, settings: settings).scene()
  }

  /// The checkpoints that have any effect.
  var drawn: [Int] {
    let rows = sections.flatMap(\.groups).flatMap(\.rows)
    return checkpoints.others.filter { index in
      rows.contains { $0.effects.finite(index) != nil }
    }
  }
}

extension RenderingError {
  /// Nothing of that kind is finite.
  static func nothingToDraw(_ figure: String, _ what: String) -> RenderingError {
    RenderingError(
      .empty, subject: figure, problem: "there is no \(what) to draw",
      hint: "check that the checkpoints share prompts and that the metrics were not refused")
  }
}
