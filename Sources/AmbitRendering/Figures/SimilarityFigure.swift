#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// How alike every two checkpoints are: a heat map with the numbers in its cells where they fit.
public struct SimilarityFigure: Figure {
  /// `similarity`
  public static let name = "similarity"

  /// All of the study, in the order of rows and columns.
  public var checkpoints: FigureCheckpoints
  /// `values[row][column]`; nil where missing.
  public var values: [[Double?]]
  /// What the values are.
  public var valueLabel: String
  /// What the colours span; nil for what the values span.
  public var range: ClosedRange<Double>?
  /// Around the map.
  public var text: FigureText

  /// A heat map.
  public init(
    checkpoints: FigureCheckpoints, values: [[Double?]], valueLabel: String,
    range: ClosedRange<Double>? = nil, text: FigureText = FigureText()
  ) {
    let count = checkpoints.names.count
    precondition(
      values.count == count && values.allSatisfy { $0.count == count }, "a value a pair")
    self.checkpoints = checkpoints
    self.values = values
    self.valueLabel = valueLabel
    self.range = range
    self.text = text
  }

  private var finite: [Double] { values.joined().compactMap { $0 }.filter(\.isFinite) }

  /// - Throws: `RenderingError` of code `empty` where no value is finite.
  public func validate() throws(RenderingError) {
    if finite.isEmpty { throw RenderingError.nothingToDraw(Self.name, "similarity") }
  }

  /// The figure.
  public func drawing(_ settings: FigureSettings) -> Scene {
    let names = checkpoints.names
    let range = self.range ?? (finite.min()!...finite.max()!)
    let theme = settings.theme
    var chart = Chart(
      panels: [
        Chart.Panel(
          name: valueLabel, x: .categories(names), y: .categories(names)
        ) { frame, scene in draw(range, in: frame, on: &scene) }
      ], text: text)
    // Cells much larger than their numbers are a waste of paper.
    let side = Double(names.count) * settings.fontSize * 5
    chart.rightRoom = max(0, settings.width * 72 * 0.85 - side)
    chart.aspect = 1
    chart.border = .none
    let decimals = Self.decimals(range)
    let ends = [range.lowerBound, range.upperBound].map {
      DecimalText.typographic(DecimalText.fixed($0, decimals: decimals))
    }
    chart.legend = [
      [.bar("\(ends[0]) to \(ends[1])", (0..<32).map { theme.heat(at: Double($0) / 31) })]
    ]
    return chart.scene(settings)
  }

  /// Two digits of the range's length, and no more than fit a cell.
  private static func decimals(_ range: ClosedRange<Double>) -> Int {
    let length = range.upperBound - range.lowerBound
    guard length > 0 else { return 2 }
    return min(max(1 - Int(log10(length).rounded(.down)), 0), 4)
  }

  private func draw(
    _ range: ClosedRange<Double>, in frame: ChartFrame, on scene: inout Scene
  ) {
    let count = checkpoints.names.count
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
        guard let value = values[row][column], value.isFinite else {
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
