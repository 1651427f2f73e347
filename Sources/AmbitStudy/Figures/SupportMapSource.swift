import AmbitCorpus
import AmbitFormats
import AmbitMeasures
import AmbitProjection
import AmbitRendering

/// What each checkpoint kept, lost and gained, on the joint plane and as shares of outputs.
enum SupportMapSource: FigureSource {
  typealias Drawn = SupportMapFigure

  /// More panels than this are no figure.
  private static let mostPanels = 12

  static func figures(of findings: StudyFindings) -> [StudyFigure] {
    guard let plane = findings.plane("pca2"),
      let labels = findings.measured.clustering?.labels, !labels.isEmpty
    else { return [] }
    let baseline = findings.corpus.baselineIndex
    let panels = findings.order.path.dropFirst().prefix(mostPanels).map { checkpoint in
      panel(of: checkpoint, findings, labels, plane)
    }
    guard panels.contains(where: { !$0.lost.isEmpty || !$0.gained.isEmpty }) else { return [] }
    let words = DriftMapCaption(
      plane: plane, corpus: findings.corpus, embedded: findings.embedded,
      settings: findings.settings)
    let figure = SupportMapFigure(
      checkpoints: findings.checkpoints, xLabel: words.axisLabel(0), yLabel: words.axisLabel(1),
      panels: panels, text: FigureText(caption: words.line))
    let name = findings.corpus.checkpointNames[baseline]
    let caption = """
      Outputs of \(name) in clusters that the checkpoint lost, and of the checkpoint in clusters that \
      \(name) has not, among \(findings.measured.clustering?.clusterCount ?? 0) joint clusters of all outputs \
      (k-means); lost and gained by Fisher's exact test, Benjamini–Hochberg at 5 %. Bars: the shares of each \
      cloud's outputs in such clusters. What the clusters hold is in lost_gained.jsonl. \(words.line)
      """
    var table = CSVWriter(header: ["checkpoint", "kind", "index", "x", "y"])
    for panel in panels {
      let kinds = [
        ("lost", panel.lost), ("kept", panel.kept), ("gained", panel.gained),
        ("shared", panel.shared),
      ]
      for (kind, points) in kinds {
        for (index, point) in points.enumerated() {
          table.append(
            [findings.corpus.checkpointNames[panel.checkpoint], kind, String(index)] + point.cells)
        }
      }
    }
    return [StudyFigure(figure, caption: caption, table: table)]
  }

  private static func panel(
    of checkpoint: Int, _ findings: StudyFindings, _ labels: [[Int]], _ plane: JointPlane
  ) -> SupportMapFigure.Panel {
    let baseline = findings.corpus.baselineIndex
    let changes = findings.measured.clusterChanges.filter {
      $0.checkpoint == checkpoint && $0.reference == baseline
    }
    let lost = Set(changes.filter { $0.kind == .lost }.map(\.cluster))
    let gained = Set(changes.filter { $0.kind == .gained }.map(\.cluster))
    let before = zip(plane.coordinates[baseline].points, labels[baseline])
    let after = zip(plane.coordinates[checkpoint].points, labels[checkpoint])
    return SupportMapFigure.Panel(
      checkpoint: checkpoint,
      lost: before.filter { lost.contains($0.1) }.map(\.0),
      kept: before.filter { !lost.contains($0.1) }.map(\.0),
      gained: after.filter { gained.contains($0.1) }.map(\.0),
      shared: after.filter { !gained.contains($0.1) }.map(\.0),
      baselineMass: mass(labels[baseline], lost, gained),
      checkpointMass: mass(labels[checkpoint], lost, gained))
  }

  private static func mass(
    _ labels: [Int], _ lost: Set<Int>, _ gained: Set<Int>
  ) -> SupportMapFigure.Mass {
    let count = Double(max(1, labels.count))
    let lostShare = Double(labels.count { lost.contains($0) }) / count
    let gainedShare = Double(labels.count { gained.contains($0) }) / count
    return .init(lost: lostShare, kept: 1 - lostShare - gainedShare, gained: gainedShare)
  }
}
