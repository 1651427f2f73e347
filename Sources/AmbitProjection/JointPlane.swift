public import AmbitMatrix

/// Several checkpoints in one linear map: where each of their rows lies, and how much the map shows.
public struct JointPlane: Equatable, Sendable {
  /// What a basis is fitted on.
  public enum Source: Equatable, Sendable {
    /// The rows of all checkpoints, each checkpoint and within it each prompt weighing the same.
    case pooled
    /// The rows of the checkpoint at this index alone.
    case checkpoint(Int)
    /// Nothing: a basis made earlier.
    case given(Basis)
  }

  /// The map.
  public let basis: Basis
  /// For each checkpoint, the coordinates of its rows, `n × k`.
  public let coordinates: [Matrix]
  /// What the map shows of all checkpoints together, weighted as for a pooled fit, about their joint
  /// mean.
  public let overall: VarianceExplained
  /// What the map shows of each checkpoint about its own mean.
  public let perCheckpoint: [VarianceExplained]

  /// Centres the checkpoints, finds the basis and maps every row.
  ///
  /// All checkpoints have the same prompts and the same width; rows are finite. A given basis is used
  /// as it is: its mean stays, and its name.
  ///
  /// - Throws: `ProjectionError` for centring that the samples do not allow, and for a given basis of
  ///   another width.
  public init(
    of checkpoints: [PromptedRows], componentCount: Int = 2, centring: Centring = .none,
    source: Source = .pooled, workers: Workers
  ) throws(ProjectionError) {
    precondition(!checkpoints.isEmpty, "a map needs a checkpoint")
    let centred = try centring.stack(of: checkpoints)
    let weights = checkpoints.map(\.balancedWeights)
    let components = PrincipalComponents(componentCount: componentCount)
    let space = centring.space(componentCount: componentCount)
    switch source {
    case .pooled:
      basis = components.fit(
        centred, weights: weights.flatMap { $0 }, space: space, workers: workers)
    case .checkpoint(let index):
      basis = components.fit(
        centred[index], weights: weights[index], space: space, workers: workers)
    case .given(let given):
      basis = given
    }
    overall = try basis.varianceExplained(
      of: centred, weights: weights.flatMap { $0 }, workers: workers)
    var coordinates: [Matrix] = []
    var shown: [VarianceExplained] = []
    for (index, weights) in weights.enumerated() {
      let rows = centred[index]
      coordinates.append(try basis.coordinates(of: rows, workers: workers))
      shown.append(
        try basis.varianceExplained(of: rows, weights: weights, workers: workers))
    }
    self.coordinates = coordinates
    perCheckpoint = shown
  }
}
