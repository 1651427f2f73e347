/// How each checkpoint of a figure is told apart.
struct CheckpointStyle {
  let checkpoints: FigureCheckpoints
  let palette: Palette
  private let places: [Int?]

  init(_ checkpoints: FigureCheckpoints, theme: Theme) {
    self.checkpoints = checkpoints
    let others = checkpoints.others
    palette = Palette(count: others.count, isOrdered: checkpoints.isOrdered, theme: theme)
    var places = [Int?](repeating: nil, count: checkpoints.names.count)
    for (place, index) in others.enumerated() { places[index] = place }
    self.places = places
  }

  func colour(_ index: Int) -> Colour { palette.colour(ofOther: places[index]) }
  func shape(_ index: Int) -> MarkerShape { palette.shape(ofOther: places[index]) }
  /// The baseline's line is dashed, so that it is told apart without colour.
  func dash(_ index: Int) -> [Double] { places[index].map { palette.dashes[$0] } ?? [3, 1.8] }

  func line(_ index: Int, width: Double) -> Stroke {
    Stroke(colour(index), width: width, dash: dash(index))
  }

  /// Keys of the checkpoints that are drawn: one a name, or one bar for a long ramp.
  func legend(_ drawn: [Int], font: Font, isLine: Bool = false) -> [Legend.Entry] {
    let steps = drawn.filter { $0 != checkpoints.baseline }
    let isBar = palette.isRamp && steps.count > Legend.namedCount
    let named = isBar ? drawn.filter { $0 == checkpoints.baseline } : drawn
    let entries = named.map { index in
      let suffix = index == checkpoints.baseline && drawn.count > 1 ? " (baseline)" : ""
      return entry(index, checkpoints.names[index] + suffix, font: font, isLine: isLine)
    }
    if !isBar { return entries }
    return entries + [.ramp(steps.map { checkpoints.names[$0] }, steps.map(colour))]
  }

  private func entry(_ index: Int, _ label: String, font: Font, isLine: Bool) -> Legend.Entry {
    let symbol = Legend.Entry.symbol(
      label, shape(index), colour(index), size: font.size * 0.7, keyWidth: isLine ? 2.2 : 0.9)
    guard isLine else { return symbol }
    let stroke = line(index, width: 1)
    return Legend.Entry(keyWidth: 2.2, label: label) { box in
      [
        .path(
          .line(from: SIMD2(box.x, box.midY), to: SIMD2(box.maxX, box.midY)), fill: nil,
          stroke: stroke)
      ] + symbol.key(box)
    }
  }
}
