import AmbitCorpus
import AmbitFormats
import AmbitMeasures
import AmbitRendering

/// The effective number of joint clusters at every order.
enum HillProfileSource: FigureSource {
  typealias Drawn = HillProfileFigure

  static func figures(of findings: StudyFindings) -> [StudyFigure] {
    guard let clusters = ClusterCounts(findings) else { return [] }
    let orders = HillProfile.standardOrders
    let profiles = clusters.counts.indices.map { checkpoint -> [Estimate?] in
      guard clusters.counts[checkpoint].contains(where: { $0 > 0 }) else { return [] }
      return clusters.estimates(of: checkpoint) { counts in
        let total = Double(counts.reduce(0, +))
        return HillProfile(of: counts.map { Double($0) / total }, orders: orders).values
      }
    }
    guard profiles.contains(where: { !$0.isEmpty }) else { return [] }
    let figure = HillProfileFigure(
      checkpoints: findings.checkpoints, orders: orders, profiles: profiles,
      valueLabel: "effective number of clusters",
      text: FigureText(caption: "\(findings.words.counts)."))
    let caption = """
      Hill numbers of the shares of outputs in \(findings.measured.clustering?.clusterCount ?? 0) joint \
      clusters (k-means over all outputs): order 0 counts every cluster, higher orders only the common ones. \
      Where curves do not cross, the order of the checkpoints does not depend on how rare kinds are weighed. \
      Bands: 95 % intervals from the jackknife over \(findings.words.units). Not corrected for the number \
      of outputs. \(findings.words.ending)
      """
    var table = CSVWriter(header: ["checkpoint", "order", "effective_number", "ci_low", "ci_high"])
    for (name, profile) in zip(findings.corpus.checkpointNames, profiles) {
      for (order, value) in zip(orders, profile) {
        guard let value else { continue }
        table.append([name, DecimalText.shortest(order)] + value.cells)
      }
    }
    return [StudyFigure(figure, caption: caption, table: table)]
  }
}
