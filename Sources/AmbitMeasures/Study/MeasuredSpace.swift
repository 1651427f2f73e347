public import AmbitMatrix

/// One space in which the outputs of all checkpoints are points.
public struct MeasuredSpace: Sendable {
  /// The space's word in tables: `embedding`, `pca2`, `pca2_within`, `pca2_prompt`, `tsne2`, ….
  public let id: String
  /// One matrix a checkpoint, rows in the design's order.
  public let coordinates: CheckpointRows
  /// The cosine distance up to which people take two outputs to a prompt for the same, where that is
  /// known of these vectors; else a rule finds one, and rows say so.
  public let calibratedRadius: Double?

  /// What the two halves of each output are in it, one a checkpoint; `nil` where that is not known.
  public let halves: [HalvedRows]?

  /// Wraps one matrix a checkpoint; planes have two columns.
  ///
  /// - Precondition: halves have the rows and columns of the coordinates.
  public init(
    id: String, coordinates: [Matrix], calibratedRadius: Double? = nil,
    halves: [HalvedRows]? = nil
  ) {
    self.init(
      id: id, coordinates: CheckpointRows(coordinates), calibratedRadius: calibratedRadius,
      halves: halves)
  }

  /// The same of rows that need not be held.
  public init(
    id: String, coordinates: CheckpointRows, calibratedRadius: Double? = nil,
    halves: [HalvedRows]? = nil
  ) {
    for (matrix, halved) in zip(coordinates, halves ?? []) {
      precondition(
        halved.first.rowCount == matrix.rowCount && halved.second.rowCount == matrix.rowCount,
        "one row an output")
    }
    precondition(halves.map { $0.count == coordinates.count } ?? true, "halves of each checkpoint")
    self.id = id
    self.coordinates = coordinates
    self.calibratedRadius = calibratedRadius
    self.halves = halves
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
