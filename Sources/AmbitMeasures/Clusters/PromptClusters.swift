internal import AmbitMatrix

/// The kinds of outputs that each prompt has, over all checkpoints jointly.
///
/// Complete linkage at one radius in cosine distance, so that a kind means the same for every prompt and
/// checkpoint. Merges are made once; what a checkpoint's counts are follows from its rows' labels.
struct PromptClusters: Sendable {
  /// Per checkpoint and row, the kind, numbered from 0 within the prompt; −1 where the prompt has too
  /// many rows.
  let labels: [[Int]]

  /// The most rows of one prompt over all checkpoints: their distances take 130 MB a thread.
  static let mostRows = 4096

  init(_ coordinates: [Matrix], design: Design, radius: Double, workers: Workers) {
    var places: [String: Int] = [:]
    var groups: [[(checkpoint: Int, rows: Range<Int>)]] = []
    for checkpoint in coordinates.indices {
      let offsets = design.promptOffsets[checkpoint]
      for (prompt, id) in design.promptIDs[checkpoint].enumerated() {
        let place = places[id] ?? groups.count
        if place == groups.count {
          places[id] = place
          groups.append([])
        }
        groups[place].append((checkpoint, offsets[prompt]..<offsets[prompt + 1]))
      }
    }
    let fixed = groups
    let found = workers.map(fixed.count) { place in
      let parts = fixed[place]
      let count = parts.reduce(0) { $0 + $1.rows.count }
      guard count <= Self.mostRows else { return [Int](repeating: -1, count: count) }
      let rows = Matrix.stacked(parts.map { coordinates[$0.checkpoint].rows(Array($0.rows)) })
      return CompleteLinkage(distances: CosineGeometry.distances(rows), count: count)
        .clusters(within: radius)
    }
    var labels = coordinates.map { [Int](repeating: -1, count: $0.rowCount) }
    for (place, parts) in fixed.enumerated() {
      var next = 0
      for part in parts {
        for row in part.rows {
          labels[part.checkpoint][row] = found[place][next]
          next += 1
        }
      }
    }
    self.labels = labels
  }

  /// How many of some rows of one prompt each kind has.
  func counts(of checkpoint: Int, _ rows: some Sequence<Int>) -> AbundanceCounts {
    var abundances: [Int] = []
    for row in rows {
      let label = labels[checkpoint][row]
      while abundances.count <= label { abundances.append(0) }
      abundances[label] += 1
    }
    return AbundanceCounts(abundances)
  }
}
