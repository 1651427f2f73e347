public import AmbitMatrix

/// A finished map of t-SNE or den-SNE.
public struct NeighbourMap: Sendable {
  /// `n × 2`: the place of each row, about their common mean.
  public let coordinates: Matrix
  /// KL(P‖Q) in nats, as the descent estimated it at the end; 0 where all rows are equal.
  public let divergence: Double
  /// How many iterations were run.
  public let iterationCount: Int
  /// The perplexities that were used; lower than asked where there were too few rows.
  public let perplexities: [Double]
  /// The seed that it was made with.
  public let seed: UInt64
  /// The share of the exact nearest rows among those that the affinities are of, over 1,000 rows; nil
  /// where they were searched exactly.
  public let searchRecall: Double?
  /// How well the local radii of the map follow those of the rows; only for den-SNE.
  public internal(set) var densityCorrelation: Double?

  init(allEqual count: Int, perplexities: [Double], seed: UInt64) {
    coordinates = Matrix(rowCount: count, columnCount: 2)
    divergence = 0
    iterationCount = 0
    searchRecall = nil
    self.perplexities = perplexities
    self.seed = seed
  }

  init(_ descent: Descent, perplexities: [Double], seed: UInt64, searchRecall: Double?) {
    self.searchRecall = searchRecall
    coordinates = descent.centredPlaces
    divergence = descent.divergence
    iterationCount = descent.iteration
    self.perplexities = perplexities
    self.seed = seed
  }
}

/// How far a map has come.
public struct MapProgress: Equatable, Sendable {
  /// How many iterations are done.
  public let iteration: Int
  /// At most how many there will be.
  public let iterationCount: Int
  /// KL(P‖Q) in nats, without exaggeration.
  public let divergence: Double
}

/// A projector that makes maps of neighbours: pictures, in which nothing may be measured.
public protocol NeighbourProjector: Projector {
  /// Makes the map of `rows`; `progress` is called every 50 iterations.
  ///
  /// - Throws: `ProjectionError` for fewer than four rows, numbers that are not finite, and
  ///   perplexities below 1.
  func map(
    of rows: Matrix, workers: Workers, progress: (MapProgress) -> Void
  ) throws(ProjectionError) -> NeighbourMap
}

extension NeighbourProjector {
  /// A picture: no area, distance or density in it measures the rows.
  public var isLinear: Bool { false }

  /// The places of the map; `weights` are not heeded.
  public func coordinates(
    of rows: Matrix, weights: [Double], workers: Workers
  ) throws(ProjectionError) -> Matrix {
    try map(of: rows, workers: workers) { _ in }.coordinates
  }
}
