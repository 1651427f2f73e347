#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// How alike every two checkpoints are: a heat map a kind of likeness, with the numbers in its cells where
/// they fit.
public struct SimilarityFigure: Figure {
  /// `similarity`
  public static let name = "similarity"

  /// One kind of likeness.
  public struct Panel: Sendable, Hashable, Codable {
    /// Above the map.
    public var label: String
    /// `values[row][column]`, a row and a column a checkpoint; nil where missing.
    public var values: [[Double?]]
    /// What the colours span; nil for what the values span.
    public var range: ClosedRange<Double>?

    /// A heat map.
    public init(label: String, values: [[Double?]], range: ClosedRange<Double>? = nil) {
      self.label = label
      self.values = values
      self.range = range
    }

    var finite: [Double] { values.joined().compactMap { $0 }.filter(\.isFinite) }
    var span: ClosedRange<Double> { range ?? (finite.min() ?? 0)...(finite.max() ?? 0) }
  }

  /// All of the study; the baseline's row and column come first.
  public var checkpoints: FigureCheckpoints
  /// Side by side where their numbers have room.
  public var panels: [Panel]
  /// Around the maps.
  public var text: FigureText

  /// Heat maps.
  public init(
    checkpoints: FigureCheckpoints, panels: [Panel], text: FigureText = FigureText()
  ) {
    let count = checkpoints.names.count
    precondition(
      panels.allSatisfy { panel in
        panel.values.count == count && panel.values.allSatisfy { $0.count == count }
      }, "a value a pair")
    self.checkpoints = checkpoints
    self.panels = panels
    self.text = text
  }

  private var shown: [Panel] { panels.filter { !$0.finite.isEmpty } }

  /// - Throws: `RenderingError` of code `empty` where no value is finite.
  public func validate() throws(RenderingError) {
    if shown.isEmpty { throw RenderingError.nothingToDraw(Self.name, "similarity") }
  }

  /// The figure.
  public func drawing(_ settings: FigureSettings) -> Scene {
    let names = checkpoints.baselineFirst.map { checkpoints.names[$0] }
    let theme = settings.theme
    var chart = Chart(
      panels: shown.map { panel in
        Chart.Panel(
          name: panel.label, x: .categories(names), y: .categories(names)
        ) { frame, scene in draw(panel, in: frame, on: &scene) }
      }, text: text)
    let width = settings.width * 72
    // Names take about a quarter of the figure; a number takes about two letter sizes.
    let cell = 0.72 * width / Double(2 * names.count)
    let columns = shown.count > 1 && cell >= 1.8 * settings.fontSize ? 2 : 1
    chart.columns = columns
    chart.sharesY = true
    // Cells much larger than their numbers are a waste of paper.
    let stacked = columns == 1 && shown.count > 1 ? settings.panelHeightLimit * 0.4 : .infinity
    let side = min(Double(names.count) * settings.fontSize * 5, stacked)
    chart.rightRoom = max(0, width * 0.85 / Double(columns) - side)
    chart.aspect = 1
    chart.border = .none
    chart.legend = [
      shown.map { panel in
        let range = panel.span
        let ends = [range.lowerBound, range.upperBound].map {
          DecimalText.typographic(DecimalText.fixed($0, decimals: Self.decimals(range)))
        }
        let name = shown.count > 1 ? "\(panel.label): " : ""
        return .bar(
          "\(name)\(ends[0]) to \(ends[1])", (0..<32).map { theme.heat(at: Double($0) / 31) })
      }
    ]
    return chart.scene(settings)
  }

  /// Two digits of the range's length, and no more than fit a cell.
  private static func decimals(_ range: ClosedRange<Double>) -> Int {
    let length = range.upperBound - range.lowerBound
    guard length > 0 else { return 2 }
    return min(max(1 - Int(log10(length).rounded(.down)), 0), 4)
  }

  private func draw(_ panel: Panel, in frame: ChartFrame, on scene: inout Scene) {
    let order = checkpoints.baselineFirst
    let count = order.count
    let range = panel.span
    let (width, height) = (
      frame.frame.width / Double(count), frame.frame.height / Double(count)
    )
    let length = range.upperBound - range.lowerBound
    let font = frame.settings.font(-2)
    let decimals = Self.decimals(range)
    let measure = TextMeasure()
    let gap = min(0.8, width * 0.06)
    for row in 0..<count {
      for column in 0..<count {
        let cell = Rectangle(
          x: frame.frame.x + Double(column) * width, y: frame.frame.y + Double(row) * height,
          width: width, height: height
        ).inset(by: gap / 2)
        guard let value = panel.values[order[row]][order[column]], value.isFinite else {
          scene.stroke(
            .rectangle(cell.inset(by: 0.3)), Stroke(frame.theme.faint, width: 0.4))
          continue
        }
        let share = length > 0 ? (value - range.lowerBound) / length : 0.5
        let colour = frame.theme.heat(at: share)
        scene.fill(.rectangle(cell), colour)
        let label = DecimalText.typographic(DecimalText.fixed(value, decimals: decimals))
        if measure.width(of: label, font: font) + 3 < width, font.size * 1.3 < height {
          scene.write(
            StyledText(label), at: SIMD2(cell.midX, cell.midY + font.size * 0.36), font: font,
            colour: frame.theme.ink(on: colour), anchor: .middle)
        }
      }
    }
  }
}
