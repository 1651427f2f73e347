extension DriftPlotLayout {
  /// Draws title, panel names, axis labels and caption.
  func drawText(on scene: inout Scene) {
    write(titleLines, font: titleFont, colour: .black, x: Self.margin, top: Self.margin, on: &scene)
    write(
      captionLines, font: smallFont, colour: PanelAxes.ink, x: Self.margin, top: captionTop,
      on: &scene)
    for position in names.indices {
      let frame = grid.frame(position)
      let lineHeight = (grid.bandHeight - 2) / Double(names.map(\.count).max() ?? 1)
      let top = frame.y - 2 - Double(names[position].count) * lineHeight
      for (index, line) in names[position].enumerated() {
        let extent = measure.extent(of: StyledText(line), font: nameFont)
        let baseline = top + Double(index) * lineHeight + extent.ascent
        scene.write(
          StyledText(line), at: SIMD2(frame.x + indent(at: position), baseline), font: nameFont)
        if index == 0, position < order.count {
          let place = SIMD2(frame.x + nameFont.size * 0.4, baseline - nameFont.size * 0.34)
          scene.add(
            .markers(
              Markers(
                shape(of: order[position]), size: nameFont.size * 0.62,
                fill: colour(of: order[position]), at: [place])))
        }
      }
    }
    drawAxisLabels(on: &scene)
  }

  private func indent(at position: Int) -> Double { position < order.count ? nameIndent : 0 }

  private func drawAxisLabels(on scene: inout Scene) {
    let lastRow = (grid.rows - 1) * grid.columns
    let left = grid.frame(lastRow).x
    let right = grid.frame(grid.count - 1).maxX
    let xLabel = axisLabel(data.xLabel, exponent: axes.xTicks.exponentLabel)
    let extent = measure.extent(of: xLabel, font: axisFont)
    let middle = min(
      max((left + right) / 2, Self.margin + extent.width / 2),
      width - Self.margin - extent.width / 2)
    scene.write(
      xLabel, at: SIMD2(middle, xLabelTop + extent.ascent), font: axisFont, anchor: .middle)
    let yLabel = axisLabel(data.yLabel, exponent: axes.yTicks.exponentLabel)
    let top = grid.frame(0).y
    let bottom = grid.frame(grid.count - 1).maxY
    scene.write(
      yLabel,
      at: SIMD2(
        Self.margin + measure.extent(of: yLabel, font: axisFont).ascent, (top + bottom) / 2),
      font: axisFont, anchor: .middle, rotation: 90)
  }

  private func axisLabel(_ label: String, exponent: StyledText?) -> StyledText {
    let text = StyledText(label)
    return exponent.map { text + "  " + $0 } ?? text
  }

  private func write(
    _ lines: [String], font: Font, colour: Colour, x: Double, top: Double, on scene: inout Scene
  ) {
    let lineHeight = lineHeight(of: lines, font: font)
    for (index, line) in lines.enumerated() {
      let extent = measure.extent(of: StyledText(line), font: font)
      scene.write(
        StyledText(line), at: SIMD2(x, top + Double(index) * lineHeight + extent.ascent),
        font: font, colour: colour)
    }
  }
}
