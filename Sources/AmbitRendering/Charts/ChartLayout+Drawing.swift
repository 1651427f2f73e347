extension ChartLayout {
  private var theme: Theme { settings.theme }
  private var axisLine: Stroke { Stroke(theme.frame, width: 0.5) }

  /// Draws the whole figure.
  func draw(on scene: inout Scene) {
    title.draw(on: &scene, x: Self.margin, top: Self.margin)
    for (index, panel) in chart.panels.enumerated() {
      panel.draw(
        ChartFrame(frame: frames[index], x: panel.x, y: panel.y, settings: settings), &scene)
      drawBorder(frames[index], on: &scene)
      if showsX(index) { drawX(index, on: &scene) }
      if showsY(index) { drawY(index, on: &scene) }
      drawName(index, on: &scene)
    }
    drawCommonLabels(on: &scene)
    legend.draw(on: &scene, in: legendSpace)
    caption.draw(on: &scene, x: Self.margin, top: captionTop)
  }

  private func drawName(_ index: Int, on scene: inout Scene) {
    let panel = chart.panels[index]
    if panel.name.isEmpty { return }
    var above = frames[index]
    above.y -= chart.headRoom
    if showsY(index), yTicks[index].exponentLabel != nil {
      above.y -= TextBlock.lineHeight(smallFont)
    }
    names.draw(
      index, above: above, shape: panel.symbol?.shape, colour: panel.symbol?.colour, theme: theme,
      on: &scene)
  }

  private func drawBorder(_ frame: Rectangle, on scene: inout Scene) {
    switch chart.border {
    case .all: scene.stroke(.rectangle(frame), axisLine)
    case .leftAndBottom:
      let corners = [
        SIMD2(frame.x, frame.y), SIMD2(frame.x, frame.maxY), SIMD2(frame.maxX, frame.maxY),
      ]
      scene.stroke(.polyline(chart.hidesY ? Array(corners.dropFirst()) : corners), axisLine)
    case .bottom:
      scene.stroke(
        .line(from: SIMD2(frame.x, frame.maxY), to: SIMD2(frame.maxX, frame.maxY)), axisLine)
    case .none: break
    }
  }

  // MARK: Below

  private func drawX(_ index: Int, on scene: inout Scene) {
    let frame = frames[index]
    let axis = chart.panels[index].x
    let ticks = xTicks[index]
    func page(_ place: Double) -> Double {
      frame.x + (place - axis.limits.lowerBound)
        / (axis.limits.upperBound - axis.limits.lowerBound) * frame.width
    }
    func tick(_ place: Double, length: Double) {
      let x = page(place)
      scene.stroke(.line(from: SIMD2(x, frame.maxY), to: SIMD2(x, frame.maxY + length)), axisLine)
    }
    let top = frame.maxY + Self.tickLength + 1
    for place in ticks.unlabelled { tick(place, length: Self.tickLength * 0.55) }
    let ascent = measure.extent(of: "0", font: smallFont).ascent
    for label in ticks.labelled {
      tick(label.place, length: Self.tickLength)
      scene.write(
        label.label, at: SIMD2(page(label.place), top + ascent), font: smallFont,
        colour: theme.ink, anchor: .middle)
    }
    if let zero = axis.zeroPlace,
      let next = (ticks.unlabelled + ticks.labelled.map(\.place))
        .filter({ $0 > zero }).min()
    {
      drawBreak(at: SIMD2(page(zero + 0.5 * min(next - zero, 0.14)), frame.maxY), on: &scene)
    }
    if let categories = ticks.categories {
      drawCategories(categories, top: top, page: page, on: &scene)
      for (place, lines) in categories.lines.enumerated() where !lines.isEmpty {
        tick(Double(place), length: Self.tickLength)
      }
    }
    if commonLabel == nil {
      write(
        labelLines(ofX: index), centre: frame.midX, top: frame.maxY + tickLabelRoom(index),
        on: &scene)
    }
  }

  /// Two short strokes across the axis: values left of it have no logarithm.
  private func drawBreak(at place: SIMD2<Double>, on scene: inout Scene) {
    for offset in [-1.0, 1.0] {
      let middle = place + SIMD2(offset, 0)
      scene.stroke(
        .line(from: middle + SIMD2(-0.9, 2), to: middle + SIMD2(0.9, -2)), axisLine)
    }
  }

  private func drawCategories(
    _ labels: CategoryLabels, top: Double, page: (Double) -> Double, on scene: inout Scene
  ) {
    let ascent = measure.extent(of: "0", font: smallFont).ascent
    for (place, lines) in labels.lines.enumerated() {
      let x = page(Double(place))
      for (number, line) in lines.enumerated() {
        let text = StyledText(line)
        if labels.isUpright {
          scene.write(
            text, at: SIMD2(x + smallFont.size * 0.35, top + 1), font: smallFont,
            colour: theme.ink, anchor: .end, rotation: 90)
        } else {
          let baseline = top + ascent + Double(number) * labels.lineHeight
          scene.write(
            text, at: SIMD2(x, baseline), font: smallFont, colour: theme.ink, anchor: .middle)
        }
      }
    }
  }

  // MARK: Beside

  private func drawY(_ index: Int, on scene: inout Scene) {
    let frame = frames[index]
    let axis = chart.panels[index].y
    let ticks = yTicks[index]
    func page(_ place: Double) -> Double {
      frame.maxY - (place - axis.limits.lowerBound)
        / (axis.limits.upperBound - axis.limits.lowerBound) * frame.height
    }
    func tick(_ place: Double, length: Double) {
      let y = page(place)
      scene.stroke(.line(from: SIMD2(frame.x - length, y), to: SIMD2(frame.x, y)), axisLine)
    }
    func write(_ text: StyledText, _ y: Double) {
      // Digits stand about 0.73 em above the baseline: half of that centres them on the tick.
      scene.write(
        text,
        at: SIMD2(frame.x - Self.tickLength - Self.tickGap, y + smallFont.size * 0.365),
        font: smallFont, colour: theme.ink, anchor: .end)
    }
    for place in ticks.unlabelled { tick(place, length: Self.tickLength * 0.55) }
    for label in ticks.labelled {
      tick(label.place, length: Self.tickLength)
      write(label.label, page(label.place))
    }
    if let power = ticks.exponentLabel {
      let room = measure.extent(of: power, font: smallFont)
      scene.write(
        power, at: SIMD2(frame.x, frame.y - room.descent - 1), font: smallFont, colour: theme.ink)
    }
    guard let categories = ticks.categories else { return }
    let hasTicks = chart.border == .leftAndBottom || chart.border == .all
    // The first category stands at the top, as in a table.
    for (place, lines) in categories.lines.enumerated() where !lines.isEmpty {
      let y = frame.y + (Double(place) + 0.5) / Double(categories.lines.count) * frame.height
      if hasTicks {
        scene.stroke(
          .line(from: SIMD2(frame.x - Self.tickLength, y), to: SIMD2(frame.x, y)), axisLine)
      }
      let first = y - Double(lines.count - 1) * categories.lineHeight / 2
      for (number, line) in lines.enumerated() {
        write(StyledText(line), first + Double(number) * categories.lineHeight)
      }
    }
  }

  private func drawCommonLabels(on scene: inout Scene) {
    let left = frames.map(\.x).min() ?? 0
    let right = frames.map(\.maxX).max() ?? width
    if commonLabel != nil {
      // Any panel's label: their powers of ten agree where their axes do.
      write(labelLines(ofX: 0), centre: (left + right) / 2, top: commonLabelTop, on: &scene)
    }
    if chart.yLabel.isEmpty { return }
    let label = StyledText(label: chart.yLabel)
    let extent = measure.extent(of: label, font: font)
    let middle = ((frames.map(\.y).min() ?? 0) + (frames.map(\.maxY).max() ?? 0)) / 2
    let held = min(
      max(middle, Self.margin + extent.width / 2), height - Self.margin - extent.width / 2)
    scene.write(
      label, at: SIMD2(Self.margin + extent.ascent, held), font: font, colour: theme.text,
      anchor: .middle, rotation: 90)
  }

  /// Writes the lines of a label about `centre`, moved so far that they stand on the page.
  private func write(
    _ lines: [StyledText], centre: Double, top: Double, on scene: inout Scene
  ) {
    for (number, line) in lines.enumerated() {
      let extent = measure.extent(of: line, font: font)
      let held = min(
        max(centre, Self.margin + extent.width / 2), width - Self.margin - extent.width / 2)
      let baseline = top + Double(number) * lineHeight + extent.ascent
      scene.write(
        line, at: SIMD2(held, baseline), font: font, colour: theme.text, anchor: .middle)
    }
  }
}
