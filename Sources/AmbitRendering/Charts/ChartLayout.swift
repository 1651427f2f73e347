/// Where everything of a chart goes. All sizes are points on paper.
struct ChartLayout {
  let chart: Chart
  let settings: FigureSettings
  let measure = TextMeasure()
  let columns: Int
  private(set) var names: PanelNames
  let title: TextBlock
  let caption: TextBlock
  let legend: Legend
  private(set) var frames: [Rectangle] = []
  private(set) var xTicks: [ChartTicks] = []
  private(set) var yTicks: [ChartTicks] = []
  private(set) var legendSpace = Rectangle(x: 0, y: 0, width: 0, height: 0)
  private(set) var captionTop = 0.0
  private(set) var commonLabelTop = 0.0
  private(set) var height = 0.0

  static let margin = 3.0
  static let tickLength = 2.2
  /// Between a tick and its label.
  static let tickGap = 1.5

  var width: Double { settings.width * 72 }
  var fullWidth: Double { width - 2 * Self.margin }
  var font: Font { settings.font() }
  var smallFont: Font { settings.font(-1) }
  var gap: Double { settings.fontSize * 1.1 }
  var rows: Int { (chart.panels.count + columns - 1) / columns }
  var lineHeight: Double { TextBlock.lineHeight(font) }
  private var smallHeight: Double { TextBlock.lineHeight(smallFont) }
  /// Labels may reach this far beyond the frame; the page keeps that much free at its right.
  var overhang: Double { settings.fontSize * 0.8 }

  /// The one label below the grid, where all panels have the same.
  var commonLabel: String? {
    let labels = Set(chart.panels.map(\.x.label))
    return chart.panels.count > 1 && labels.count == 1 ? labels.first : nil
  }

  init(_ chart: Chart, settings: FigureSettings) {
    precondition(!chart.panels.isEmpty, "a chart has panels")
    self.chart = chart
    self.settings = settings
    let measure = TextMeasure()
    let font = settings.font()
    let fullWidth = settings.width * 72 - 2 * Self.margin
    let guessedLeft = chart.leftRoom ?? (chart.hidesY ? 0 : 3 * settings.fontSize)
    let gap = settings.fontSize * 1.1
    let columns =
      chart.columns
      ?? PanelGrid.columns(
        count: chart.panels.count, width: fullWidth, aspect: chart.aspect,
        bandHeight: 3 * settings.fontSize, gap: gap + guessedLeft + chart.rightRoom,
        preferredWidth: chart.preferredWidth * settings.fontSize,
        heightLimit: settings.panelHeightLimit)
    self.columns = columns
    title = TextBlock(
      [settings.title ?? chart.text.title ?? ""], font: settings.font(1, .bold),
      colour: settings.theme.text, width: fullWidth, measure: measure)
    let notes = chart.text.notes.map { "Note: \($0)" }
    caption = TextBlock(
      ([chart.text.caption].filter { !$0.isEmpty } + notes).map(StyledText.typographic),
      font: settings.font(-1), colour: settings.theme.ink, width: fullWidth, measure: measure)
    legend = Legend(
      groups: chart.legend.filter { !$0.isEmpty }, font: settings.font(-1), theme: settings.theme,
      measure: measure)
    // The names are broken for the frames' width, which is known only after the ticks.
    names = PanelNames([], panelWidth: 20, font: font, measure: measure)
    placeAcross()
    names = PanelNames(
      chart.panels.map { StyledText.typographic($0.name) },
      panelWidth: (frames.first?.width ?? 20) + chart.rightRoom + gap / 2, font: font,
      measure: measure)
    placeDown()
  }

  // MARK: Across

  private mutating func placeAcross() {
    let count = Double(columns)
    let yLabelRoom = chart.yLabel.isEmpty ? 0 : lineHeight + 2
    var frameWidth =
      (fullWidth - yLabelRoom) / count - gap - 3 * settings.fontSize - chart.rightRoom
    var lefts: [Double] = []
    // Ticks depend on the frames' size, and the room for their labels is taken from it.
    for _ in 0..<3 {
      let heights = chart.panels.map { $0.height ?? frameWidth * chart.aspect }
      yTicks = zip(chart.panels, heights).map { panel, height in
        chart.hidesY
          ? ChartTicks(
            up: .bare(0...1), length: height, room: 0, font: smallFont, measure: measure)
          : ChartTicks(
            up: panel.y, length: height, room: fullWidth * 0.3, font: smallFont, measure: measure)
      }
      lefts = (0..<columns).map { column in
        if let room = chart.leftRoom { return room }
        if chart.sharesY, column > 0 { return 0 }
        let inColumn = stride(from: column, to: chart.panels.count, by: columns)
        return inColumn.map { labelRoom(yTicks[$0]) }.max() ?? 0
      }
      let used = lefts.reduce(0, +) + yLabelRoom + (count - 1) * gap + count * chart.rightRoom
      frameWidth = max((fullWidth - overhang - used) / count, 10)
    }
    frames = chart.panels.indices.map { index in
      let column = index % columns
      let left =
        Self.margin + yLabelRoom + lefts[0...column].reduce(0, +)
        + Double(column) * (frameWidth + gap + chart.rightRoom)
      let height = chart.panels[index].height ?? frameWidth * chart.aspect
      return Rectangle(x: left, y: 0, width: frameWidth, height: height)
    }
    xTicks = chart.panels.map {
      ChartTicks(
        across: $0.x, length: frameWidth,
        margin: columns == 1 ? overhang : min(gap / 2 - 1, overhang), font: smallFont,
        measure: measure)
    }
  }

  private func labelRoom(_ ticks: ChartTicks) -> Double {
    let widest =
      ticks.categories?.room
      ?? ticks.labelled.map { measure.extent(of: $0.label, font: smallFont).width }.max() ?? 0
    return widest == 0 ? 0 : widest + Self.tickLength + Self.tickGap + 1
  }

  // MARK: Down

  func showsX(_ index: Int) -> Bool {
    !chart.sharesX || index + columns >= chart.panels.count
  }

  func showsY(_ index: Int) -> Bool {
    !chart.hidesY && (!chart.sharesY || index % columns == 0)
  }

  /// What stands below a frame: tick labels, and its own axis label.
  private func roomBelow(_ index: Int) -> Double {
    guard showsX(index) else { return chart.footRoom + 2 }
    let own = commonLabel == nil ? labelLines(ofX: index).count : 0
    return tickLabelRoom(index) + (own > 0 ? Double(own) * lineHeight + 1 : 0)
  }

  func tickLabelRoom(_ index: Int) -> Double {
    if chart.panels[index].x.scale == .bare { return chart.footRoom + 2 }
    return chart.footRoom + Self.tickLength + 1 + (xTicks[index].categories?.room ?? smallHeight)
  }

  /// The axis label with the power of ten that its ticks leave out.
  func label(ofX index: Int) -> StyledText {
    let label = StyledText(label: chart.panels[index].x.label)
    return xTicks[index].exponentLabel.map { label + "  " + $0 } ?? label
  }

  /// The axis label in as many lines as it needs below its frame, or below all frames.
  func labelLines(ofX index: Int) -> [StyledText] {
    let label = label(ofX: index)
    let room = commonLabel == nil && columns > 1 ? frames[index].width + gap - 2 : fullWidth
    if label.plain.isEmpty { return [] }
    let isPlain = label.pieces.count == 1
    if !isPlain || measure.extent(of: label, font: font).width <= room { return [label] }
    return measure.wrap(label.plain, font: font, width: room).map { StyledText($0) }
  }

  private mutating func placeDown() {
    var top = Self.margin
    if !title.isEmpty { top += title.height + 3 }
    for row in 0..<rows {
      let indices = row * columns..<min((row + 1) * columns, chart.panels.count)
      let isNamed = indices.contains { !chart.panels[$0].name.isEmpty }
      let hasPower = indices.contains { showsY($0) && yTicks[$0].exponentLabel != nil }
      top += (isNamed ? names.height(indices) : smallFont.size * 0.5) + chart.headRoom
      if hasPower { top += smallHeight }
      for index in indices { frames[index].y = top }
      let frameHeight = indices.map { frames[$0].height }.max() ?? 0
      let below = indices.map(roomBelow).max() ?? 0
      top += frameHeight + below + (row + 1 < rows ? settings.fontSize * 0.6 : 0)
    }
    if commonLabel != nil {
      commonLabelTop = top
      let lines = labelLines(ofX: 0).count
      top += lines > 0 ? Double(lines) * lineHeight + 1 : 0
    }
    if !legend.groups.isEmpty {
      top += 3
      let legendHeight = legend.height(width: fullWidth)
      legendSpace = Rectangle(x: Self.margin, y: top, width: fullWidth, height: legendHeight)
      top += legendHeight
    }
    if !caption.isEmpty {
      captionTop = top + 4
      top = captionTop + caption.height
    }
    height = (top + Self.margin).rounded(.up)
  }
}
