/// Where everything of a drift plot goes. All sizes are points on paper.
struct DriftPlotLayout {
  let data: DriftPlotData
  let settings: FigureSettings
  let measure = TextMeasure()
  let palette: Palette
  /// The checkpoints in the order of their panels: the baseline first.
  let order: [Int]
  let hasOverlay: Bool
  let axes: PanelAxes
  let limits: DataLimits
  let names: PanelNames
  let title: TextBlock
  let caption: TextBlock
  let outsideCount: Int

  private(set) var grid: PanelGrid
  private(set) var legend: Legend
  private(set) var legendSpace = Rectangle(x: 0, y: 0, width: 0, height: 0)
  private(set) var captionTop = 0.0
  private(set) var xLabelTop = 0.0
  private(set) var height = 0.0

  static let margin = 3.0
  static let overlayName = "overlay"

  var width: Double { settings.width * 72 }
  var axisFont: Font { settings.font() }
  var smallFont: Font { settings.font(-1) }
  /// 1 for panels of an inch and a half or more, less for small ones: scales lines and symbols.
  var inkScale: Double { min(max(grid.panelWidth / 108, 0.55), 1) }

  init(_ data: DriftPlotData, settings: FigureSettings) {
    self.data = data
    self.settings = settings
    palette = Palette(count: data.others.count, isOrdered: data.isOrdered, theme: settings.theme)
    order = [data.baseline] + data.others
    hasOverlay = data.checkpoints.count > 1
    let count = order.count + (hasOverlay ? 1 : 0)

    let tight = DataLimits.robust(for: data.checkpoints.map(\.points)).padded(by: 0.06)
    let aspect = min(max(tight.height / tight.width, 0.55), 1.2)
    let limits = tight.widened(toAspect: aspect)
    self.limits = limits
    outsideCount = data.checkpoints.reduce(0) { sum, checkpoint in
      sum + checkpoint.points.count { !limits.contains($0) }
    }

    let measure = TextMeasure()
    let smallFont = settings.font(-1)
    let fullWidth = settings.width * 72 - 2 * Self.margin
    let lineHeight = TextBlock.lineHeight(settings.font())
    let gap = settings.fontSize * 0.75

    // Ticks depend on the panel's width, which depends on the room that tick labels take; so the
    // columns are chosen with a guess of that room, and the grid is made with its true size.
    let guess = fullWidth - 5 * settings.fontSize
    let columns = PanelGrid.columns(
      count: count, width: guess, aspect: aspect, bandHeight: 1.5 * lineHeight, gap: gap,
      preferredWidth: 13.5 * settings.fontSize, heightLimit: settings.panelHeightLimit)
    let guessedWidth = (guess - gap * Double(columns - 1)) / Double(columns)
    let axes = PanelAxes(
      limits: limits, width: guessedWidth, height: guessedWidth * aspect, font: smallFont,
      theme: settings.theme, margin: gap / 2 - 1, measure: measure)
    self.axes = axes
    let left =
      Self.margin + lineHeight + 2 + axes.labelWidth(measure) + axes.tickLength + 1.5
    let gridWidth = settings.width * 72 - Self.margin - left
    let panelWidth = (gridWidth - gap * Double(columns - 1)) / Double(columns)

    names = PanelNames(
      order.map { data.checkpoints[$0].name } + (hasOverlay ? [Self.overlayName] : []),
      panelWidth: panelWidth, font: settings.font(), measure: measure)
    title = TextBlock(
      [settings.title ?? data.title ?? ""], font: settings.font(1, .bold),
      colour: settings.theme.text,
      width: fullWidth, measure: measure)
    grid = PanelGrid(
      count: count, columns: columns, width: gridWidth, aspect: aspect,
      bandHeight: names.height, gap: gap)
    legend = Legend(groups: [], font: smallFont, theme: settings.theme, measure: measure)
    caption = TextBlock(
      Self.captionParagraphs(data, outsideCount: outsideCount), font: smallFont,
      colour: settings.theme.ink, width: fullWidth, measure: measure)
    legend.groups = legendGroups()
    place(left: left)
  }

  private static func captionParagraphs(_ data: DriftPlotData, outsideCount: Int) -> [String] {
    var paragraphs = data.caption.isEmpty ? [] : [data.caption]
    if outsideCount > 0 {
      let sentence = Panel.outsideSentence(
        outsideCount, of: data.checkpoints.reduce(0) { $0 + $1.points.count })
      if paragraphs.isEmpty { paragraphs = [sentence] } else { paragraphs[0] += " " + sentence }
    }
    return paragraphs + data.notes.map { "Note: \($0)" }
  }

  /// Goes down the page: title, panels, axis label, legend, caption.
  private mutating func place(left: Double) {
    var top = Self.margin
    if !title.isEmpty { top += title.height + 3 }
    grid.origin = SIMD2(left, top)
    let tickRoom = axes.tickLength + 1 + TextBlock.lineHeight(smallFont)
    top += grid.height + tickRoom
    xLabelTop = top
    top += TextBlock.lineHeight(axisFont) + 2
    let xLabelBottom = top

    if let cells = spaceInEmptyCells(tickRoom: tickRoom, bottom: xLabelBottom) {
      legendSpace = cells
    } else {
      let fullWidth = width - 2 * Self.margin
      let legendHeight = legend.height(width: fullWidth)
      legendSpace = Rectangle(x: Self.margin, y: top + 3, width: fullWidth, height: legendHeight)
      top += 3 + legendHeight
    }
    if !caption.isEmpty {
      captionTop = top + 4
      top = captionTop + caption.height
    }
    height = (top + Self.margin).rounded(.up)
  }

  /// The room that the unfilled end of the last row offers, if the legend fits into it.
  private func spaceInEmptyCells(tickRoom: Double, bottom: Double) -> Rectangle? {
    guard grid.emptyCells > 0, grid.rows > 1 else { return nil }
    let first = grid.frame(grid.count)
    let right = grid.frame(grid.columns - 1).maxX
    let top = first.y - grid.bandHeight + tickRoom + 2
    let space = Rectangle(
      x: first.x + 2, y: top, width: right - first.x - 2, height: bottom - top)
    // The longest sign must stand there whole.
    guard space.width >= 12.5 * smallFont.size else { return nil }
    guard legend.fitsUnbroken(width: space.width) else { return nil }
    return legend.height(width: space.width) <= space.height ? space : nil
  }

  func panel(at position: Int) -> Panel { Panel(frame: grid.frame(position), limits: limits) }
}
