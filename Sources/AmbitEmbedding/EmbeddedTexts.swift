public import AmbitMatrix

/// Vectors of texts, and what was read of each text.
public struct EmbeddedTexts: Equatable, Sendable {
  /// What the row of one text was made of.
  public struct Reading: Equatable, Sendable {
    /// Tokens that entered the row, special ones not counted.
    public var tokenCount: Int
    /// Of these, tokens that the model has no entry for.
    public var unknownCount: Int
    /// Whether the text goes on beyond the window.
    public var isTruncated: Bool

    /// What was read of a text.
    public init(tokenCount: Int, unknownCount: Int = 0, isTruncated: Bool = false) {
      self.tokenCount = tokenCount
      self.unknownCount = unknownCount
      self.isTruncated = isTruncated
    }
  }

  /// One row per text, zero for a text without tokens; of unit length but for transformers whose
  /// folder does not normalize.
  public let matrix: Matrix
  /// One entry per text, in row order.
  public let readings: [Reading]

  /// Joins rows with what they were made of.
  public init(matrix: Matrix, readings: [Reading]) {
    precondition(matrix.rowCount == readings.count, "one reading a row")
    self.matrix = matrix
    self.readings = readings
  }

  /// The tokens that entered each row.
  public var tokenCounts: [Int] { readings.map(\.tokenCount) }

  /// How many texts go on beyond the window.
  public var truncatedCount: Int { readings.count { $0.isTruncated } }

  /// The rows of texts without tokens, which are zero.
  public var emptyRows: [Int] { readings.indices.filter { readings[$0].tokenCount == 0 } }

  /// A new value whose row *k* is row `indices[k]` of this one.
  public func rows(_ indices: [Int]) -> EmbeddedTexts {
    EmbeddedTexts(matrix: matrix.rows(indices), readings: indices.map { readings[$0] })
  }
}
