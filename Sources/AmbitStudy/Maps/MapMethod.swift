/// How rows are laid out in two dimensions.
public enum MapMethod: String, Sendable, CaseIterable {
  /// Principal components: linear, so areas and distances may be read.
  case pca
  /// Neighbourhoods: a picture.
  case tsne
  /// Neighbourhoods and local density: a picture.
  case densne

  /// `t-SNE`, as people write it.
  public var title: String {
    switch self {
    case .pca: "PCA"
    case .tsne: "t-SNE"
    case .densne: "den-SNE"
    }
  }

  /// The word for the space in result files.
  var space: String { self == .pca ? "pca2" : rawValue + "2" }

  /// The perplexity where none is asked for: 30, and 50 for den-SNE as its authors chose.
  var usualPerplexity: Double { self == .densne ? 50 : 30 }
}

/// By what the points of a map of neighbours are coloured.
public enum MapColour: String, Sendable, CaseIterable {
  /// Their checkpoint.
  case checkpoint
  /// How far their neighbours lie in the original space, which the map itself does not show.
  case radius
}
