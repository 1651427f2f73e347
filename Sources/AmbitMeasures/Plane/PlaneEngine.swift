internal import AmbitMatrix

/// Takes the planar measures of one space, with their intervals, null bands and p values.
///
/// Intervals are Student's from a jackknife over prompts, which leaves one out at a time for all
/// points and random halves for peels (see `Jackknife`): the n-out-of-n bootstrap is invalid for
/// hulls. Densities, trees and α-shapes leave a tenth of the prompts out at a time. In a space centred
/// within prompts only checkpoints with the same numbers of samples per prompt are compared. p values
/// come from exchanging whole prompts between the two models; for measures of one cloud after each
/// model's mean has been removed, so that a shift of location does not count as a change of spread;
/// for measures of two clouds as they lie.
struct PlaneEngine: ComparingEngine {
  let context: StudyContext
  let space: MeasuredSpace
  let singles: [PlaneStatistic<any PlaneMeasure>]
  let pairs: [PlaneStatistic<any PlanePairMeasure>]
  let clouds: [PlaneCloud]
  let tier: PlaneTier
  /// The length that α-shapes are measured with: see `AlphaShapeArea`.
  let unitLength: Double

  init(
    context: StudyContext, space: MeasuredSpace, measures: [any Measure], tier: PlaneTier = .hulls
  ) {
    self.context = context
    self.space = space
    self.tier = tier
    singles = measures.enumerated().flatMap {
      index, measure -> [PlaneStatistic<any PlaneMeasure>] in
      guard let measure = measure as? any PlaneMeasure, measure.tier == tier else { return [] }
      return PlaneStatistic.all(
        of: measure as any PlaneMeasure, levels: measure.levels, variant: measure.variant,
        order: index)
    }
    pairs = measures.enumerated().flatMap {
      index, measure -> [PlaneStatistic<any PlanePairMeasure>] in
      guard tier == .hulls, let measure = measure as? any PlanePairMeasure else { return [] }
      return PlaneStatistic.all(
        of: measure as any PlanePairMeasure, levels: measure.levels, order: index)
    }
    let clouds = space.coordinates.indices.map {
      PlaneCloud(space.coordinates[$0], offsets: context.design.unitOffsets(of: $0))
    }
    self.clouds = clouds
    unitLength =
      tier == .fields && !singles.isEmpty
      ? NeighbourSpacing.median(of: clouds[context.design.baseline].points, order: 5) : .nan
  }

  var isEmpty: Bool { singles.isEmpty && pairs.isEmpty }

  /// Room for two clouds.
  func makeWorkspace(_ capacity: Int) -> PlanePairWorkspace {
    PlanePairWorkspace(capacity: max(1, capacity), unitLength: unitLength)
  }

  /// The hulls that the measures of this tier need.
  var levels: PlaneLevels { tier == .hulls ? .all : .none }

  /// Whether these points may be measured.
  var isRefused: Bool { space.refusal != nil && !context.settings.force }

  func allowsNull(checkpoint: Int, reference: Int) -> Bool { !isRefused }

  /// The numbers of one regrouping: those of the base cloud, of the tuned cloud, and of the pair.
  struct Record {
    var base: [Double]
    var tuned: [Double]
    var pair: [Double]
  }

  func record(_ workspace: PlanePairWorkspace, withPairs: Bool) -> Record {
    Record(
      base: singles.map { $0.measure.value(of: workspace.base, level: $0.level) },
      tuned: singles.map { $0.measure.value(of: workspace.tuned, level: $0.level) },
      pair: withPairs ? pairValues(workspace) : [])
  }

  func effects(_ workspace: PlanePairWorkspace) -> [Double] {
    singles.map { statistic in
      statistic.measure.effectKind.effect(
        of: statistic.measure.value(of: workspace.tuned, level: statistic.level),
        against: statistic.measure.value(of: workspace.base, level: statistic.level))
    }
  }

  func pairValues(_ workspace: PlanePairWorkspace) -> [Double] {
    var shared = [Double?](repeating: nil, count: PeelLevel.allCases.count)
    return pairs.map { statistic in
      let level = statistic.level.rawValue
      let area = shared[level] ?? workspace.sharedArea(statistic.level)
      shared[level] = area
      return statistic.measure.value(
        base: workspace.base, tuned: workspace.tuned, shared: area, level: statistic.level)
    }
  }

  /// One list of numbers per regrouping, computed in blocks so that a workspace serves many.
  func replicates(
    _ count: Int, pool: PlanePool, groupCount: Int, levels: PlaneLevels,
    write: @Sendable (Int, inout [UInt8]) -> Void,
    read: @Sendable (PlanePairWorkspace) -> [Double]
  ) -> [[Double]] {
    let blockSize =
      tier == .hulls ? max(1, min(256, 100_000 / max(1, pool.points.count))) : 5
    let blocks = context.workers.map((count + blockSize - 1) / blockSize) { block in
      let workspace = makeWorkspace(pool.points.count)
      var groups = [UInt8](repeating: 2, count: groupCount)
      return (block * blockSize..<min(count, (block + 1) * blockSize)).map { replicate in
        write(replicate, &groups)
        workspace.regroup(pool, groups, levels: levels)
        return read(workspace)
      }
    }
    return Array(blocks.joined())
  }
}

/// A planar measure at one peel.
struct PlaneStatistic<M: Sendable>: Sendable {
  let measure: M
  let level: PeelLevel
  /// Empty where the measure has no variants.
  let variant: String
  /// The measure's place in the suite.
  let order: Int

  static func all(
    of measure: M, levels: [PeelLevel], variant: String = "", order: Int
  ) -> [PlaneStatistic] {
    levels.isEmpty
      ? [PlaneStatistic(measure: measure, level: .all, variant: variant, order: order)]
      : levels.map {
        PlaneStatistic(measure: measure, level: $0, variant: $0.variant, order: order)
      }
  }
}
