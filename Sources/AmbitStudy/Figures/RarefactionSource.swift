import AmbitCorpus
import AmbitFormats
import AmbitMeasures
import AmbitRendering

/// How many joint clusters so many outputs would reach.
enum RarefactionSource: FigureSource {
  typealias Drawn = RarefactionFigure

  private static let points = 40

  static func figures(of findings: StudyFindings) -> [StudyFigure] {
    guard let clusters = ClusterCounts(findings) else { return [] }
    let curves = clusters.counts.map { counts -> RarefactionFigure.Curve? in
      let abundances = AbundanceCounts(counts)
      guard abundances.total > 1 else { return nil }
      let rarefaction = Rarefaction(abundances)
      // Evenly in the square root: the bend is at the left.
      let sizes = Set(
        (1...points).map { place in
          let share = Double(place) / Double(points)
          return max(1, Int((share * share * Double(abundances.total)).rounded()))
        }
      ).sorted()
      return .init(
        sizes: sizes.map(Double.init), values: sizes.map { Estimate(rarefaction.kinds(at: $0)) },
        observedSize: Double(abundances.total))
    }
    guard curves.contains(where: { $0 != nil }) else { return [] }
    let figure = RarefactionFigure(
      checkpoints: findings.checkpoints,
      panels: [.init(label: "clusters reached", curves: curves)], sizeLabel: "outputs",
      text: FigureText(caption: "\(findings.words.counts)."))
    let caption = """
      Rarefaction: the expected number of joint clusters (\(findings.measured.clustering?.clusterCount ?? 0), \
      k-means over all outputs) among m outputs drawn without replacement. Compare at one m; a curve that \
      still rises at its end would find more. \(findings.words.ending)
      """
    var table = CSVWriter(header: ["checkpoint", "outputs", "clusters"])
    for (name, curve) in zip(findings.corpus.checkpointNames, curves) {
      guard let curve else { continue }
      for (size, value) in zip(curve.sizes, curve.values) {
        table.append([
          name, DecimalText.shortest(size), value.map { DecimalText.shortest($0.value) } ?? "",
        ])
      }
    }
    return [StudyFigure(figure, caption: caption, table: table)]
  }
}
