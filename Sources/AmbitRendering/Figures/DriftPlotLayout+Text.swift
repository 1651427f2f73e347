extension DriftPlotLayout {
  /// Draws title, panel names, axis labels and caption.
  func drawText(on scene: inout Scene) {
    title.draw(on: &scene, x: Self.margin, top: Self.margin)
    caption.draw(on: &scene, x: Self.margin, top: captionTop)
    for position in names.lines.indices {
      let key = position < order.count ? order[position] : nil
      names.draw(
        position, above: grid.frame(position), shape: key.map(shape), colour: key.map(colour),
        theme: theme, on: &scene)
    }
    drawAxisLabels(on: &scene)
  }

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
      xLabel, at: SIMD2(middle, xLabelTop + extent.ascent), font: axisFont, colour: theme.text,
      anchor: .middle)
    let yLabel = axisLabel(data.yLabel, exponent: axes.yTicks.exponentLabel)
    let top = grid.frame(0).y
    let bottom = grid.frame(grid.count - 1).maxY
    let ascent = measure.extent(of: yLabel, font: axisFont).ascent
    scene.write(
      yLabel, at: SIMD2(Self.margin + ascent, (top + bottom) / 2), font: axisFont,
      colour: theme.text,
      anchor: .middle,
      rotation: 90)
  }

  private func axisLabel(_ label: String, exponent: StyledText?) -> StyledText {
    let text = StyledText(label)
    return exponent.map { text + "  " + $0 } ?? text
  }
}
