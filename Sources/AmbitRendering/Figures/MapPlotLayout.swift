#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Where everything of a map goes. All sizes are points on paper.
struct MapPlotLayout {
  let data: MapPlotData
  let settings: FigureSettings
  let palette: Palette
  /// The checkpoints in the order of their panels: the baseline first.
  let order: [Int]
  private let others: [Int]
  let hasOverview: Bool
  let limits: DataLimits
  let names: PanelNames
  let title: TextBlock
  let caption: TextBlock
  private(set) var grid: PanelGrid
  private(set) var legend: Legend
  private(set) var legendTop = 0.0
  private(set) var captionTop = 0.0
  private(set) var height = 0.0

  static let margin = 3.0
  static let overviewName = "all"

  var width: Double { settings.width * 72 }
  var fullWidth: Double { width - 2 * Self.margin }

  init(_ data: MapPlotData, settings: FigureSettings) {
    self.data = data
    self.settings = settings
    others = data.checkpoints.indices.filter { $0 != data.baseline }
    palette = Palette(count: others.count, isOrdered: data.isOrdered, theme: settings.theme)
    order = [data.baseline] + others
    hasOverview = data.checkpoints.count > 1
    let count = order.count + (hasOverview ? 1 : 0)
    let tight = DataLimits.robust(for: data.checkpoints.map(\.points)).padded(by: 0.04)
    let aspect = min(max(tight.height / tight.width, 0.7), 1.1)
    let limits = tight.widened(toAspect: aspect)
    self.limits = limits

    let measure = TextMeasure()
    let fullWidth = settings.width * 72 - 2 * Self.margin
    let gap = settings.fontSize * 0.75
    let columns = PanelGrid.columns(
      count: count, width: fullWidth, aspect: aspect,
      bandHeight: 1.5 * TextBlock.lineHeight(settings.font()), gap: gap,
      preferredWidth: 13.5 * settings.fontSize, heightLimit: settings.panelHeightLimit)
    let panelWidth = (fullWidth - gap * Double(columns - 1)) / Double(columns)
    names = PanelNames(
      order.map { data.checkpoints[$0].name } + (hasOverview ? [Self.overviewName] : []),
      panelWidth: panelWidth, font: settings.font(), measure: measure)
    title = TextBlock(
      [settings.title ?? data.title ?? ""], font: settings.font(1, .bold),
      colour: settings.theme.text,
      width: fullWidth, measure: measure)
    let outsideCount = data.checkpoints.reduce(0) { sum, checkpoint in
      sum + checkpoint.points.count { !limits.contains($0) }
    }
    let outside =
      outsideCount == 0
      ? ""
      : Panel.outsideSentence(
        outsideCount, of: data.checkpoints.reduce(0) { $0 + $1.points.count })
    let sentences = [data.caption, outside].filter { !$0.isEmpty }
    caption = TextBlock(
      sentences.isEmpty ? [] : [sentences.joined(separator: " ")], font: settings.font(-1),
      colour: settings.theme.ink, width: fullWidth, measure: measure)
    grid = PanelGrid(
      count: count, columns: columns, width: fullWidth, aspect: aspect, bandHeight: names.height,
      gap: gap)
    legend = Legend(groups: [], font: settings.font(-1), theme: settings.theme, measure: measure)
    legend.groups = [legendEntries()]
    place()
  }

  /// Goes down the page: title, panels, legend, caption.
  private mutating func place() {
    var top = Self.margin
    if !title.isEmpty { top += title.height + 3 }
    grid.origin = SIMD2(Self.margin, top)
    top += grid.height + 4
    legendTop = top
    top += legend.height(width: fullWidth)
    if !caption.isEmpty {
      captionTop = top + 3
      top = captionTop + caption.height
    }
    height = (top + Self.margin).rounded(.up)
  }

  func panel(at position: Int) -> Panel { Panel(frame: grid.frame(position), limits: limits) }

  func colour(of checkpoint: Int) -> Colour {
    palette.colour(ofOther: others.firstIndex(of: checkpoint))
  }

  func shape(of checkpoint: Int) -> MarkerShape {
    palette.shape(ofOther: others.firstIndex(of: checkpoint))
  }

  // MARK: Legend

  private func legendEntries() -> [Legend.Entry] {
    let ghost = key("other checkpoints", .circle, settings.theme.ghost.with(alpha: 0.5))
    if let range = data.valueRange, let label = data.valueLabel {
      return [valueBar(label, range)] + (hasOverview ? [ghost] : [])
    }
    guard hasOverview else { return [] }
    let isBar = palette.isRamp && order.count > Legend.namedCount
    let named = (isBar ? [data.baseline] : order).map { index in
      key(
        data.checkpoints[index].name + (index == data.baseline ? " (baseline)" : ""),
        shape(of: index), colour(of: index))
    }
    let steps = others.map { data.checkpoints[$0].name }
    return named + (isBar ? [.ramp(steps, palette.colours)] : []) + [ghost]
  }

  private func key(_ label: String, _ shape: MarkerShape, _ colour: Colour) -> Legend.Entry {
    .symbol(label, shape, colour, size: settings.fontSize * 0.62)
  }

  private func valueBar(_ label: String, _ range: ClosedRange<Double>) -> Legend.Entry {
    // Three digits of the range's length.
    let length = range.upperBound - range.lowerBound
    let decimals = length > 0 ? min(max(2 - Int(log10(length).rounded(.down)), 0), 9) : 3
    let ends = [range.lowerBound, range.upperBound].map {
      DecimalText.typographic(DecimalText.short($0, decimals: decimals))
    }
    return .bar(
      "\(label), \(ends[0]) to \(ends[1])",
      (0..<32).map { settings.theme.ramp(at: Double($0) / 31) })
  }
}
