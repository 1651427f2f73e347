/// Where the rows of a forest plot stand.
struct ForestLayout {
  let figure: ForestFigure
  let settings: FigureSettings
  let style: CheckpointStyle
  /// The checkpoints with a symbol in each row, from the top.
  let drawn: [Int]
  let omittedCount: Int
  let labelRoom: Double
  /// Points from one symbol of a row to the next.
  let spacing: Double
  let showsNumbers: Bool
  /// Whether the two groups of every section stand side by side, each under its name.
  let isPaired: Bool
  private let measure = TextMeasure()

  /// A line of a section: a heading, or a metric.
  struct Line {
    var heading: String?
    var row: ForestFigure.Row?
    var labelLines: [String] = []
    var top: Double
    var height: Double
  }

  /// More ordered checkpoints than this are thinned evenly, the last one kept.
  private static let rowLimit = 10
  /// Of all rows together, in points.
  private static let heightLimit = (column: 320.0, page: 430.0)
  /// Effects so many times as far out as most others are cut off, with an arrow.
  private static let outlierReach = 6.0

  private var theme: Theme { settings.theme }
  private var small: Font { settings.font(-1) }
  private var heading: Font { settings.font(-1, .bold) }
  private var indent: Double { hasHeadings && !isPaired ? settings.fontSize * 0.8 : 0 }
  private var hasHeadings: Bool {
    figure.sections.contains { $0.groups.contains { !$0.name.isEmpty } }
  }
  private var numberRoom: Double {
    measure.width(of: "−0.00 [−0.00, −0.00]", font: small) + settings.fontSize
  }

  init(_ figure: ForestFigure, settings: FigureSettings) {
    self.figure = figure
    self.settings = settings
    style = CheckpointStyle(figure.checkpoints, theme: settings.theme)
    let all = figure.drawn
    let limit = figure.checkpoints.isOrdered ? Self.rowLimit : all.count
    drawn = Self.thinned(all, to: limit)
    omittedCount = all.count - drawn.count
    showsNumbers = drawn.count == 1 && !settings.isNarrow
    let rows = figure.sections.flatMap(\.groups).flatMap(\.rows)
    let measure = TextMeasure()
    let widest = rows.map { measure.width(of: $0.label, font: settings.font(-1)) }.max() ?? 0
    let headings = figure.sections.flatMap(\.groups).map(\.name)
    let widestHeading =
      headings.map { measure.width(of: $0, font: settings.font(-1, .bold)) }.max() ?? 0
    // A heading starts further left by the indent, and may come as near to the axis as it likes.
    let sections = figure.sections.filter { !$0.groups.isEmpty }
    isPaired =
      !settings.isNarrow && !showsNumbers && sections.allSatisfy { $0.groups.count == 2 }
    // A heading above its own frame takes no room beside the rows.
    labelRoom = min(
      max(widest + 2, isPaired ? 0 : widestHeading - 1.6 * settings.fontSize),
      settings.width * 72 * (isPaired ? 0.18 : 0.36))
    let size = settings.fontSize
    let isPaired = isPaired
    let rowCount = sections.reduce(0) { count, section in
      let counts = section.groups.map(\.rows.count)
      return count + (isPaired ? counts.max() ?? 0 : counts.reduce(0, +))
    }
    let heightLimit = settings.isNarrow ? Self.heightLimit.column : Self.heightLimit.page
    let room = (heightLimit / Double(max(rowCount, 1)) - 0.5 * size) / Double(drawn.count)
    spacing = max(
      min(drawn.count <= 4 ? size * 0.68 : size * 0.55, room), size * (drawn.count <= 6 ? 0.4 : 0.2)
    )
  }

  /// Every second, third, … of them, counted from the last.
  static func thinned(_ indices: [Int], to limit: Int) -> [Int] {
    guard indices.count > limit, limit > 1 else { return indices }
    let step = Double(indices.count - 1) / Double(limit - 1)
    return (0..<limit).map { indices[Int((Double($0) * step).rounded())] }
  }

  private var symbolSize: Double { min(spacing * 0.92, settings.fontSize * 0.6) }

  func scene() -> Scene {
    var text = figure.text
    if omittedCount > 0 {
      text.notes.append(
        "\(drawn.count) of \(drawn.count + omittedCount) checkpoints are shown, evenly spaced.")
    }
    let panels = figure.sections.filter { !$0.groups.isEmpty }.flatMap { section in
      let axis = axis(of: section)
      let parts = isPaired ? section.groups.map { [$0] } : [section.groups]
      let height = parts.map { Self.height(of: lines(of: $0)) }.max() ?? 0
      return parts.map { groups in
        let lines = lines(of: groups)
        return Chart.Panel(
          name: isPaired ? groups[0].name : "", x: axis, y: .bare(0...height), height: height
        ) { frame, scene in draw(lines, of: section, in: frame, on: &scene) }
      }
    }
    var chart = Chart(panels: panels, columns: isPaired ? 2 : 1, text: text)
    chart.leftRoom = labelRoom + indent + settings.fontSize * 0.8
    chart.rightRoom = showsNumbers ? numberRoom : 0
    chart.headRoom = TextBlock.lineHeight(small)
    chart.hidesY = true
    chart.legend = [style.legend(drawn, font: small), signs()]
    return chart.scene(settings)
  }

  // MARK: Lines

  private static func height(of lines: [Line]) -> Double {
    (lines.last.map { $0.top + $0.height } ?? 0) + 2
  }

  private func lines(of groups: [ForestFigure.Group]) -> [Line] {
    let lineHeight = TextBlock.lineHeight(small)
    var lines: [Line] = []
    var top = 1.0
    for (number, group) in groups.enumerated() {
      if number > 0 { top += settings.fontSize * 0.45 }
      if !group.name.isEmpty, !isPaired {
        lines.append(Line(heading: group.name, top: top, height: lineHeight))
        top += lineHeight
      }
      for row in group.rows {
        let labels = measure.fit(row.label, font: small, width: labelRoom, lineCount: 2)
        let height = max(
          Double(labels.count) * lineHeight,
          Double(drawn.count) * spacing + settings.fontSize * (drawn.count > 2 ? 0.75 : 0.6))
        lines.append(Line(row: row, labelLines: labels, top: top, height: height))
        top += height
      }
    }
    return lines
  }

  // MARK: Axis

  private func axis(of section: ForestFigure.Section) -> ChartAxis {
    let rows = section.groups.flatMap(\.rows)
    let values = rows.flatMap { $0.effects.extremes(drawn) }
    let margins = section.equivalence.map { [$0.lowerBound, $0.upperBound] } ?? []
    let nulls = rows.compactMap(\.null).flatMap { [$0.lowerBound, $0.upperBound] }
    let sizes = (values + nulls).filter(\.isFinite).map(abs).sorted()
    let typical = sizes.isEmpty ? 1 : sizes[min(sizes.count * 3 / 4, sizes.count - 1)]
    let reach = max(Self.outlierReach * typical, margins.map { abs($0) * 1.2 }.max() ?? 0)
    let seen = (values + nulls + margins + [0]).filter { abs($0) <= reach }
    // Where something is cut off, its arrow stands a little beyond all that is seen.
    let (low, high) = (seen.min() ?? 0, seen.max() ?? 0)
    let beyond = 0.1 * (high - low)
    let arrows = values.filter { abs($0) > reach }.map { $0 < 0 ? low - beyond : high + beyond }
    return .linear(holding: seen + arrows, label: section.effectLabel, padding: 0.04)
  }

  // MARK: Drawing

  private func draw(
    _ lines: [Line], of section: ForestFigure.Section, in frame: ChartFrame,
    on scene: inout Scene
  ) {
    let bottom = frame.frame.maxY
    let lineHeight = TextBlock.lineHeight(small)
    for line in lines {
      guard let null = line.row?.null else { continue }
      let top = frame.frame.y + line.top
      scene.add(frame.bandUp(null, top: top, bottom: top + line.height, theme.null))
    }
    for margin in section.equivalence.map({ [$0.lowerBound, $0.upperBound] }) ?? [] {
      scene.add(frame.lineUp(margin, equivalenceStroke))
    }
    scene.add(frame.lineUp(0, Stroke(theme.ink, width: 0.5)))
    writeDirections(frame, on: &scene)
    let left = frame.frame.x - labelRoom - indent - settings.fontSize * 0.8
    for line in lines {
      let top = frame.frame.y + line.top
      if let name = line.heading {
        let fitted = measure.fit(name, font: heading, width: frame.frame.x - left).first ?? ""
        scene.write(
          StyledText(fitted), at: SIMD2(left, top + lineHeight / 2 + small.size * 0.35),
          font: heading, colour: theme.text)
      }
      guard let row = line.row else { continue }
      let first = top + (line.height - Double(line.labelLines.count - 1) * lineHeight) / 2
      for (number, label) in line.labelLines.enumerated() {
        let baseline = first + Double(number) * lineHeight + small.size * 0.35
        scene.write(
          StyledText(label: label), at: SIMD2(left + indent, baseline), font: small,
          colour: theme.ink)
      }
      let middle = min(top + line.height / 2, bottom)
      for (place, index) in drawn.enumerated() {
        guard let effect = row.effects.finite(index) else { continue }
        let y = middle + (Double(place) - Double(drawn.count - 1) / 2) * spacing
        draw(effect, of: index, at: y, in: frame, on: &scene)
        if showsNumbers { write(effect, at: y, in: frame, on: &scene) }
      }
    }
  }

  private func draw(
    _ effect: Estimate, of index: Int, at y: Double, in frame: ChartFrame, on scene: inout Scene
  ) {
    let colour = style.colour(index)
    let (left, right) = (frame.frame.x, frame.frame.maxX)
    let size = symbolSize
    let line = Stroke(colour, width: max(0.14 * size, 0.5))
    func arrow(_ shape: MarkerShape, _ x: Double) {
      scene.add(.markers(Markers(shape, size: size * 0.75, fill: colour, at: [SIMD2(x, y)])))
    }
    if let interval = effect.interval {
      let (start, end) = (frame.pageX(interval.lowerBound), frame.pageX(interval.upperBound))
      if start < right, end > left {
        scene.stroke(
          .line(from: SIMD2(max(start, left), y), to: SIMD2(min(end, right), y)), line)
      }
      if start < left { arrow(.triangleLeft, left + size * 0.4) }
      if end > right { arrow(.triangleRight, right - size * 0.4) }
    }
    let x = frame.pageX(effect.value)
    guard x >= left, x <= right else {
      let isLeft = x < left
      return arrow(
        isLeft ? .triangleLeft : .triangleRight, isLeft ? left + size * 0.4 : right - size * 0.4)
    }
    let holdsZero = effect.interval?.contains(0) ?? false
    let edge = Stroke(colour, width: size * 0.16)
    scene.add(
      .markers(
        Markers(
          style.shape(index), size: size, fill: holdsZero ? theme.background : colour,
          edge: edge, at: [SIMD2(x, y)])))
  }

  private func write(
    _ effect: Estimate, at y: Double, in frame: ChartFrame, on scene: inout Scene
  ) {
    func number(_ value: Double) -> String {
      guard abs(value) < 1e4 else { return value < 0 ? "<−9999" : ">9999" }
      return DecimalText.typographic(DecimalText.fixed(value, decimals: 2))
    }
    var text = number(effect.value)
    if let interval = effect.interval {
      text += " [\(number(interval.lowerBound)), \(number(interval.upperBound))]"
    }
    scene.write(
      StyledText(text), at: SIMD2(frame.frame.maxX + numberRoom, y + small.size * 0.35),
      font: small, colour: theme.ink, anchor: .end)
  }

  /// What left and right of 0 means, above the frame.
  private func writeDirections(_ frame: ChartFrame, on scene: inout Scene) {
    let zero = frame.pageX(0)
    let baseline = frame.frame.y - small.size * 0.4
    let gap = settings.fontSize * 0.5
    let less = "← less diverse"
    let right = min(settings.width * 72 - ChartLayout.margin, frame.frame.maxX + settings.fontSize)
    let left = max(ChartLayout.margin, frame.frame.x - labelRoom)
    let more = ["more diverse →", "more →"].first {
      zero + gap + measure.width(of: $0, font: small) <= right
    }
    if zero - gap - measure.width(of: less, font: small) >= left {
      scene.write(
        StyledText(less), at: SIMD2(zero - gap, baseline), font: small, colour: theme.ink,
        anchor: .end)
    }
    if let more {
      scene.write(
        StyledText(more), at: SIMD2(zero + gap, baseline), font: small, colour: theme.ink)
    }
  }

  // MARK: Legend

  private var equivalenceStroke: Stroke { Stroke(theme.frame, width: 0.6, dash: [2, 1.6]) }

  private func signs() -> [Legend.Entry] {
    let rows = figure.sections.flatMap(\.groups).flatMap(\.rows)
    let effects = rows.flatMap { row in drawn.compactMap { row.effects.finite($0) } }
    var entries: [Legend.Entry] = []
    if effects.contains(where: { $0.interval?.contains(0) ?? false }) {
      let (ink, paper) = (theme.ink, theme.background)
      let size = settings.fontSize * 0.6
      entries.append(
        Legend.Entry(keyWidth: 0.9, label: "interval holds 0") { box in
          [
            .markers(
              Markers(
                .circle, size: size, fill: paper, edge: Stroke(ink, width: 0.7),
                at: [SIMD2(box.midX, box.midY)]))
          ]
        })
    }
    if rows.contains(where: { $0.null != nil }) {
      entries.append(.swatch("null band: no change", theme.null))
    }
    if figure.sections.contains(where: { $0.equivalence != nil }) {
      entries.append(.line("equivalence margins", equivalenceStroke))
    }
    return entries
  }
}
