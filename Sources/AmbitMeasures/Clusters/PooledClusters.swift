internal import AmbitMatrix

/// One clustering of all outputs of a study, which the measures across prompts count in.
struct PooledClusters: Sendable {
  /// Per checkpoint and row, the cluster.
  let labels: [[Int]]
  /// The centres, one a row.
  let centres: Matrix

  /// How many clusters there are.
  var count: Int { centres.rowCount }

  /// The baseline's outputs a cluster, as MAUVE's histograms have them: ten that vanish are more than
  /// chance by Fisher's test, and fewer clusters would blur what was lost.
  static let rowsPerCluster = 10
  /// The most clusters.
  static let mostClusters = 500

  /// k-means of the rows of all checkpoints, each checkpoint weighing the same.
  init(_ coordinates: [Matrix], baseline: Int, seed: UInt64, workers: Workers) {
    // Each checkpoint's rows are taken to length 1 when they are looked at: a second copy of all would
    // be as large as the study.
    let rows = MatrixStack(
      rowCounts: coordinates.map(\.rowCount), columnCount: coordinates[0].columnCount
    ) { CosineKernel.unitRows(coordinates[$0]) }
    let wanted = coordinates[baseline].rowCount / Self.rowsPerCluster
    let clustering = JointKMeans(
      unitRows: rows,
      weights: coordinates.flatMap {
        [Double](repeating: 1 / Double($0.rowCount), count: $0.rowCount)
      },
      count: max(2, min(Self.mostClusters, wanted)), seed: seed, workers: workers)
    centres = clustering.centres
    var labels: [[Int]] = []
    var start = 0
    for matrix in coordinates {
      labels.append(Array(clustering.labels[start..<start + matrix.rowCount]))
      start += matrix.rowCount
    }
    self.labels = labels
  }

  /// How many of a checkpoint's rows each cluster has.
  func counts(of checkpoint: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: count)
    for label in labels[checkpoint] { counts[label] += 1 }
    return counts
  }

  /// The rows of a cluster nearest its centre, nearest first, equal rows once.
  func exemplars(
    of cluster: Int, in checkpoint: Int, rows: Matrix, limit: Int
  ) -> [Int] {
    let centre = centres.row(cluster)
    let members = labels[checkpoint].indices.filter { labels[checkpoint][$0] == cluster }
    let unit = CosineKernel.unitRows(rows.rows(members))
    let order = members.indices.map { place in
      (distance: Reductions.squaredDistance(unit.row(place), centre), place: place)
    }.sorted { ($0.distance, $0.place) < ($1.distance, $1.place) }
    var chosen: [Int] = []
    for candidate in order where chosen.count < limit {
      let row = rows.row(members[candidate.place])
      if !chosen.contains(where: { rows.row($0) == row }) {
        chosen.append(members[candidate.place])
      }
    }
    return chosen
  }
}
