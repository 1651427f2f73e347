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
    let curves = clusters.counts.indices.map { checkpoint -> RarefactionFigure.Curve? in
      let total = clusters.counts[checkpoint].reduce(0, +)
      guard total > 1 else { return nil }
      // Evenly in the square root: the bend is at the left.
      let sizes = Set(
        (1...points).map { place in
          let share = Double(place) / Double(points)
          return max(1, Int((share * share * Double(total)).rounded()))
        }
      ).sorted()
      return .init(
        sizes: sizes.map(Double.init),
        values: clusters.estimates(of: checkpoint) { counts in kinds(at: sizes, in: counts) },
        observedSize: Double(total))
    }
    guard curves.contains(where: { $0 != nil }) else { return [] }
    let figure = RarefactionFigure(
      checkpoints: findings.checkpoints,
      panels: [.init(label: "clusters reached", curves: curves)], sizeLabel: "outputs",
      text: FigureText(caption: "\(findings.words.counts)."))
    let caption = """
      Rarefaction: the expected number of joint clusters (\(findings.measured.clustering?.clusterCount ?? 0), \
      k-means over all outputs) among m outputs drawn without replacement. Compare at one m; a curve that \
      still rises at its end would find more. Bands: 95 % intervals from the jackknife over \
      \(findings.words.units). \(findings.words.ending)
      """
    var table = CSVWriter(header: ["checkpoint", "outputs", "clusters", "ci_low", "ci_high"])
    for (name, curve) in zip(findings.corpus.checkpointNames, curves) {
      guard let curve else { continue }
      for (size, value) in zip(curve.sizes, curve.values) {
        guard let value else { continue }
        table.append([name, DecimalText.shortest(size)] + value.cells)
      }
    }
    return [StudyFigure(figure, caption: caption, table: table)]
  }

  /// The expected number of clusters at each size; of all outputs where there are fewer.
  private static func kinds(at sizes: [Int], in counts: [Int]) -> [Double] {
    let abundances = AbundanceCounts(counts)
    guard abundances.total > 1 else { return sizes.map { _ in .nan } }
    let rarefaction = Rarefaction(abundances)
    return sizes.map { rarefaction.kinds(at: min($0, abundances.total)) }
  }
}
