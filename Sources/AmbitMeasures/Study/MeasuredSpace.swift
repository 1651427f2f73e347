public import AmbitMatrix

/// One space in which the outputs of all checkpoints are points.
public struct MeasuredSpace: Sendable {
  /// The space's word in tables: `embedding`, `pca2`, `pca2_within`, `pca2_prompt`, `tsne2`, ….
  public let id: String
  /// One matrix a checkpoint, rows in the design's order.
  public let coordinates: [Matrix]
  /// The cosine distance up to which people take two outputs to a prompt for the same, where that is
  /// known of these vectors; else a rule finds one, and rows say so.
  public let calibratedRadius: Double?

  /// Wraps one matrix a checkpoint; planes have two columns.
  public init(id: String, coordinates: [Matrix], calibratedRadius: Double? = nil) {
    self.id = id
    self.coordinates = coordinates
    self.calibratedRadius = calibratedRadius
  }

  /// What may be measured in a space.
  enum Kind {
    case embedding
    case plane
    case other
  }

  var kind: Kind {
    if id == "embedding" { return .embedding }
    return coordinates.allSatisfy { $0.columnCount == 2 } ? .plane : .other
  }

  /// Whether each prompt's own mean per checkpoint has been removed.
  var isCentredWithinPrompts: Bool { id == "pca2_within" }

  /// Why numbers from this space are refused, if they are.
  var refusal: MeasurementFlag? {
    switch id {
    case "pca2_prompt": .centeringMixesCheckpoints
    case "tsne2", "densne2": .nonmetric
    default: nil
    }
  }
}
