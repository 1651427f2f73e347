public import AmbitMatrix

/// den-SNE: t-SNE that also shows where the rows lie densely and where they spread.
///
/// Minimises KL(P‖Q) − λ·C, where C is the correlation of the logarithms of the local radii in the map
/// with those of the rows (variance shift 0.1). λ is on the true scale of this sum; the authors'
/// program drops factors, so that its 0.1 is 0.2 here. C enters in the last three tenths of the
/// iterations alone. Even so areas of the map are not calibrated: no number may be taken from it.
/// The learning rate is 200 by default, n/12 where that is more.
///
/// Complexity and rules as for `TSNE`, but it never ends early. Source: Narayan, Berger & Cho 2021.
public struct DenSNE: NeighbourProjector {
  /// The parameters that it shares with t-SNE; perplexity 50 and 1,000 iterations in all by default,
  /// as its authors chose.
  public var base: TSNE
  /// λ: how much the correlation counts against the divergence.
  public var densityWeight: Double

  /// - Parameter densityWeight: λ on the true scale.
  public init(perplexity: Double = 50, densityWeight: Double = 0.2, seed: UInt64 = 0) {
    base = TSNE(perplexity: perplexity, seed: seed)
    base.earlyIterationCount = 250
    base.iterationCount = 750
    base.annealingIterationCount = 0
    self.densityWeight = densityWeight
  }

  /// `densne2`.
  public var space: String { "densne2" }

  /// Makes the map of `rows`; its `densityCorrelation` is that of r_e with r_o.
  ///
  /// - Throws: as `TSNE.map`.
  public func map(
    of rows: Matrix, workers: Workers, progress: (MapProgress) -> Void = { _ in }
  ) throws(ProjectionError) -> NeighbourMap {
    let used = try base.usedPerplexities(rows)
    guard !rows.isConstant else {
      return NeighbourMap(allEqual: rows.rowCount, perplexities: used, seed: base.seed)
    }
    var recall: Double?
    let affinities = base.affinities(rows, used, workers, recall: &recall)
    let term = DensityTerm(affinities, rows: rows, workers: workers)
    var descent = Descent(
      affinities: affinities, points: base.initialPlaces(rows, workers: workers),
      schedule: schedule(rowCount: rows.rowCount), workers: workers)
    descent.densityTerm = term
    descent.run(progress: progress)
    var map = NeighbourMap(
      descent, perplexities: used, seed: base.seed, searchRecall: recall)
    map.densityCorrelation = term.correlation(descent.places.places, workers: workers)
    return map
  }

  private func schedule(rowCount: Int) -> DescentSchedule {
    let total = base.earlyIterationCount + base.iterationCount
    let dense = min(base.iterationCount, total * 3 / 10)
    var schedule = base.schedule
    // The authors' 200, but enough for many rows.
    schedule.learningRate =
      base.learningRate ?? max(200, Double(rowCount) / max(1, base.earlyExaggeration))
    schedule.phases[1].iterations = base.iterationCount - dense
    schedule.phases[1].stoppingShare = nil
    schedule.phases[1].lastMomentum = nil
    schedule.phases.append(
      .init(
        iterations: dense, exaggeration: base.lateExaggeration, momentum: 0.8,
        stoppingShare: nil, density: densityWeight))
    return schedule
  }
}
