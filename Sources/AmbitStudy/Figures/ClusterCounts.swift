import AmbitMeasures
import AmbitRendering

/// The joint clusters of a study, counted by checkpoint: what curves of richness are drawn from.
struct ClusterCounts {
  let counts: [[Int]]

  /// Nil where outputs were not clustered.
  init?(_ findings: StudyFindings) {
    guard let clustering = findings.measured.clustering, !clustering.labels.isEmpty,
      let count = clustering.clusterCount
    else { return nil }
    counts = clustering.labels.map { labels in
      var counts = [Int](repeating: 0, count: count)
      for label in labels { counts[label] += 1 }
      return counts
    }
  }
}
