/// Hill profiles: the effective number of kinds as the order q grows, from every kind counted alike at
/// 0 to only the most common ones. Where profiles do not cross, one checkpoint is less diverse at every
/// order; where they do, it depends on how rare kinds are weighed.
public struct HillProfileFigure: Figure {
  /// `hill_profile`
  public static let name = "hill_profile"

  /// All of the study.
  public var checkpoints: FigureCheckpoints
  /// The values of q, ascending.
  public var orders: [Double]
  /// One list a checkpoint with a value an order; empty where there is none.
  public var profiles: [[Estimate?]]
  /// Above the frame.
  public var valueLabel: String
  /// Whether effective numbers stand a logarithm apart.
  public var isLogarithmic: Bool
  /// Around the frame.
  public var text: FigureText

  /// Profiles.
  public init(
    checkpoints: FigureCheckpoints, orders: [Double], profiles: [[Estimate?]],
    valueLabel: String, isLogarithmic: Bool = false, text: FigureText = FigureText()
  ) {
    precondition(
      profiles.allSatisfy { $0.isEmpty || $0.count == orders.count }, "a value an order or none")
    self.checkpoints = checkpoints
    self.orders = orders
    self.profiles = profiles
    self.valueLabel = valueLabel
    self.isLogarithmic = isLogarithmic
    self.text = text
  }

  /// - Throws: `RenderingError` of code `empty` where no profile has a finite value.
  public func validate() throws(RenderingError) {
    if curves.isEmpty { throw RenderingError.nothingToDraw(Self.name, "profile") }
  }

  private var curves: [CurvePanel.Curve] {
    let symbols = orders.filter { $0 == $0.rounded() }
    return checkpoints.indices.compactMap { index in
      guard profiles.indices.contains(index), !profiles[index].extremes.isEmpty else { return nil }
      return CurvePanel.Curve(
        checkpoint: index, xs: orders, values: profiles[index], symbolsAt: symbols)
    }
  }

  /// From 0, unless all profiles lie so high that they would be squashed into the top of the frame.
  private static func axis(holding values: [Double]) -> ChartAxis {
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    return low > 0.5 * high
      ? .linear(holding: values)
      : .linear(holding: values + [0], within: min(low, 0) ... .infinity)
  }

  /// The figure.
  public func drawing(_ settings: FigureSettings) -> Scene {
    let style = CheckpointStyle(checkpoints, theme: settings.theme)
    let curves = self.curves
    let names = CurveNames(curves, checkpoints, settings: settings)
    let panel = CurvePanel(curves: curves, style: style, settings: settings)
    let values = curves.flatMap(\.values.extremes)
    var chart = Chart(
      panels: [
        Chart.Panel(
          name: valueLabel,
          x: .linear(holding: orders, label: "order q", padding: 0.03),
          y: isLogarithmic
            ? .logarithmic(holding: values)
            : Self.axis(holding: values)
        ) { frame, scene in
          panel.draw(in: frame, on: &scene)
          names?.draw(panel, in: frame, on: &scene)
        }
      ], text: text)
    chart.aspect = settings.isNarrow ? (names == nil ? 0.62 : 0.85) : 0.45
    chart.rightRoom = names?.room ?? 0
    let drawn = checkpoints.baselineFirst.filter { index in
      curves.contains { $0.checkpoint == index }
    }
    chart.legend = names == nil ? [style.legend(drawn, font: settings.font(-1))] : []
    return chart.scene(settings)
  }
}
