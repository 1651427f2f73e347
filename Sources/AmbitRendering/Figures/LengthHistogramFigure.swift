/// How long outputs are: a histogram a checkpoint over the outline of the baseline's, all with the same
/// axes, with the median marked. Lengths move many measures of diversity, so they belong beside them.
public struct LengthHistogramFigure: Figure {
  /// `lengths`
  public static let name = "lengths"

  /// All of the study.
  public var checkpoints: FigureCheckpoints
  /// The ends of the bins, ascending: one more than bins.
  public var edges: [Double]
  /// One list a checkpoint with a count a bin; empty where there is none.
  public var counts: [[Int]]
  /// One a checkpoint; nil where missing.
  public var medians: [Double?]
  /// Below the panels, such as "words".
  public var lengthLabel: String
  /// Around the panels.
  public var text: FigureText

  /// Histograms.
  public init(
    checkpoints: FigureCheckpoints, edges: [Double], counts: [[Int]], medians: [Double?] = [],
    lengthLabel: String = "words", text: FigureText = FigureText()
  ) {
    precondition(
      counts.allSatisfy { $0.isEmpty || $0.count + 1 == edges.count }, "a count a bin or none")
    precondition(zip(edges, edges.dropFirst()).allSatisfy { $0 < $1 }, "ascending edges")
    self.checkpoints = checkpoints
    self.edges = edges
    self.counts = counts
    self.medians = medians
    self.lengthLabel = lengthLabel
    self.text = text
  }

  /// - Throws: `RenderingError` of code `empty` where nothing was counted.
  public func validate() throws(RenderingError) {
    if drawn.isEmpty { throw RenderingError.nothingToDraw(Self.name, "length") }
  }

  /// The bins for which there is always room.
  private static let fewestBins = 5

  private var drawn: [Int] {
    checkpoints.baselineFirst.filter {
      counts.indices.contains($0) && counts[$0].contains { $0 > 0 }
    }
  }

  /// The share of a checkpoint's outputs in each bin, per unit of length where bins differ.
  private func heights(_ index: Int) -> [Double] {
    let total = Double(counts[index].reduce(0, +))
    let widths = zip(edges, edges.dropFirst()).map { $1 - $0 }
    let unit = widths.max() ?? 1
    return zip(counts[index], widths).map { Double($0) / total * unit / $1 }
  }

  /// The figure.
  public func drawing(_ settings: FigureSettings) -> Scene {
    let style = CheckpointStyle(checkpoints, theme: settings.theme)
    let drawn = self.drawn
    let last = drawn.compactMap { counts[$0].lastIndex { $0 > 0 } }.max() ?? 0
    let first = drawn.compactMap { counts[$0].firstIndex { $0 > 0 } }.min() ?? 0
    // Few bins would fill the frame from end to end and look like no histogram at all.
    let missing = Double(max(0, Self.fewestBins - (last - first + 1)))
    let room = (missing / 2).rounded(.up) * (edges[last + 1] - edges[last])
    let x = ChartAxis.linear(
      max(edges[first] - room, min(edges[first], 0))...(edges[last + 1] + room), label: lengthLabel)
    let top = drawn.flatMap(heights).max() ?? 1
    let y = ChartAxis.linear(0...(top * 100 * 1.06))
    var chart = Chart(
      panels: drawn.map { index in
        Chart.Panel(
          name: checkpoints.names[index], symbol: (style.shape(index), style.colour(index)),
          x: x, y: y
        ) { frame, scene in draw(index, style, in: frame, on: &scene) }
      }, text: text)
    chart.sharesX = true
    chart.sharesY = true
    chart.yLabel = "% of outputs"
    chart.aspect = drawn.count == 1 ? 0.45 : 0.6
    chart.legend = [signs(settings.theme, drawn)]
    return chart.scene(settings)
  }

  private func baselineStroke(_ theme: Theme) -> Stroke { Stroke(theme.baseline, width: 0.7) }
  private func medianStroke(_ theme: Theme) -> Stroke { Stroke(theme.mark, width: 0.8) }

  private func signs(_ theme: Theme, _ drawn: [Int]) -> [Legend.Entry] {
    var entries: [Legend.Entry] = []
    if let baseline = checkpoints.baseline, drawn.count > 1, drawn.contains(baseline) {
      entries.append(.line("\(checkpoints.names[baseline]) (baseline)", baselineStroke(theme)))
    }
    if medians.contains(where: { $0?.isFinite ?? false }) {
      let stroke = medianStroke(theme)
      entries.append(
        Legend.Entry(keyWidth: 0.8, label: "median") { box in
          [
            .path(
              .line(from: SIMD2(box.midX, box.y), to: SIMD2(box.midX, box.maxY)), fill: nil,
              stroke: stroke)
          ]
        })
    }
    return entries
  }

  private func draw(
    _ index: Int, _ style: CheckpointStyle, in frame: ChartFrame, on scene: inout Scene
  ) {
    let theme = frame.theme
    scene.clip(to: frame.frame) { scene in
      var outline = steps(index, in: frame)
      outline.append(SIMD2(outline.last!.x, frame.frame.maxY))
      outline.insert(SIMD2(outline[0].x, frame.frame.maxY), at: 0)
      scene.fill(
        .polyline(outline, closed: true), style.colour(index).with(alpha: 0.75))
      if let baseline = checkpoints.baseline, baseline != index, counts.indices.contains(baseline),
        counts[baseline].contains(where: { $0 > 0 })
      {
        scene.stroke(.polyline(steps(baseline, in: frame)), baselineStroke(theme))
      }
    }
    guard medians.indices.contains(index), let median = medians[index], median.isFinite,
      frame.x.limits.contains(median)
    else { return }
    let x = frame.pageX(median)
    scene.stroke(
      .line(from: SIMD2(x, frame.frame.maxY), to: SIMD2(x, frame.frame.y)), medianStroke(theme))
  }

  /// The upper edge of the histogram, from left to right.
  private func steps(_ index: Int, in frame: ChartFrame) -> [SIMD2<Double>] {
    heights(index).enumerated().flatMap { bin, height in
      [
        frame.page(edges[bin], 100 * height), frame.page(edges[bin + 1], 100 * height),
      ]
    }
  }
}
