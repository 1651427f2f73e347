import AmbitCorpus
import AmbitMatrix
import AmbitProjection

/// What is said under and about a map of neighbours.
struct MapCaption {
  let map: StudyMap
  let corpus: MatchedCorpus
  let embedded: EmbeddedCorpus

  /// The line inside the figure.
  var line: String {
    "\(description). \(capitalised(map.quality.text)). Distances, sizes and areas in this map "
      + "measure nothing."
  }

  /// The caption for the paper.
  var full: String {
    let counts = StudyCounts(corpus)
    let colour =
      map.radii.isEmpty
      ? "Colour and symbol: checkpoint."
      : "Colour: the root mean square distance of an output to its neighbours in the vectors' own "
        + "space, which the map does not show."
    return """
      \(map.method.title) map of all outputs together. Outputs that are near each other are alike; \
      \(density) One panel per checkpoint over the pale points of the others; the last panel shows \
      all. \(colour) n = \(counts.outputs) a checkpoint: \(counts.units). Vectors: \(embedded.name), \
      \(embedded.matrices.first?.columnCount ?? 0) dimensions, taken as they are. \(description). \
      Quality of the map: \(map.quality.text).
      """
  }

  private var description: String { map.settings.description(of: map.map) }

  private var density: String {
    map.method == .densne
      ? "where they spread in the vectors' own space they tend to spread in the map, but its areas are "
        + "not calibrated, so no size may be read from it."
      : "every neighbourhood is given the same room, so no size, distance or area may be read from it."
  }

  private func capitalised(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}
