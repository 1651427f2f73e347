internal import AmbitMatrix

/// Takes the measures of the distances between all outputs of one checkpoint: of all pairs, and to the
/// nearest.
///
/// The effect is the log ratio. Intervals are Student's from the jackknife over prompts, which leaves one
/// out for pairs and random halves for neighbours; null bands come from random halves of the
/// reference; p values from at most 499 relabellings within prompts (Test B), but a median has none, as
/// each of its relabellings would cost a pass over all pairs.
struct DistanceSpreadEngine: ComparingEngine, Sendable {
  let context: StudyContext
  let space: MeasuredSpace
  let distances: [(measure: any DistanceMeasure, order: Int)]
  let neighbours: [(measure: any NeighbourSpreadMeasure, order: Int)]
  /// Per checkpoint; `nil` where it has too many rows.
  private let own: [OwnDistances?]
  /// The least `log r₅` that counts.
  private let logFloor: Double

  /// Relabellings beyond these would take longer than all else.
  static let mostPermutations = 499
  /// Random halves for the null bands.
  static let splitCount = 400
  /// Random halves for the null band of a median.
  static let medianSplits = 200

  init(context: StudyContext, space: MeasuredSpace, measures: [any Measure]) {
    self.context = context
    self.space = space
    distances = measures.enumerated().compactMap { index, measure in
      (measure as? any DistanceMeasure).map { ($0, index) }
    }
    neighbours = measures.enumerated().compactMap { index, measure in
      (measure as? any NeighbourSpreadMeasure).map { ($0, index) }
    }
    guard !distances.isEmpty || !neighbours.isEmpty else {
      (own, logFloor) = ([], -.infinity)
      return
    }
    let baseline = context.design.baseline
    let first = OwnDistances(space.coordinates[baseline], context, baseline, logFloor: nil)
    let floor = first?.logFloor ?? -.infinity
    logFloor = floor
    own = space.coordinates.indices.map { checkpoint in
      checkpoint == baseline
        ? first : OwnDistances(space.coordinates[checkpoint], context, checkpoint, logFloor: floor)
    }
  }

  var isEmpty: Bool { distances.isEmpty && neighbours.isEmpty }

  /// What chance does to a checkpoint: to be made once for each reference that fits.
  func null(of checkpoint: Int) -> DistanceSpreadNull {
    DistanceSpreadNull(self, of: checkpoint, logFloor: logFloor)
  }

  func allowsNull(checkpoint: Int, reference: Int) -> Bool {
    context.fitsAllPairs(checkpoint, reference)
  }

  /// The rows of one checkpoint alone.
  func ownRows(of checkpoint: Int) -> [(order: Int, row: Measurement)] {
    guard !isEmpty else { return [] }
    let pairs = distances.map { entry in
      let blank = blank(entry.measure, "", checkpoint, nil)
      guard let found = own[checkpoint] else { return (entry.order, refused(blank)) }
      return (
        entry.order,
        context.ownRow(
          blank, found.statistic(entry.measure.statistic), kind: .logRatio, deletion: .each,
          checkpoint: checkpoint)
      )
    }
    let nearest = neighbours.flatMap { entry in
      entry.measure.variants.enumerated().map { index, variant in
        var blank = blank(entry.measure, variant, checkpoint, nil)
        guard let found = own[checkpoint] else { return (entry.order, refused(blank)) }
        found.note(entry.measure, &blank)
        return (
          entry.order,
          context.ownRow(
            blank, found.statistic(entry.measure, index), kind: .logRatio, deletion: .halves,
            checkpoint: checkpoint)
        )
      }
    }
    return pairs + nearest
  }

  /// The rows of one checkpoint against another.
  ///
  /// - Parameter null: of the reference; `nil` where they do not fit.
  func comparedRows(
    checkpoint: Int, reference: Int, null: DistanceSpreadNull?
  ) -> [(order: Int, row: Measurement)] {
    guard let null, let after = own[checkpoint], let before = own[reference] else {
      return distances.map {
        ($0.order, refused(blank($0.measure, "", checkpoint, reference)))
      }
        + neighbours.flatMap { entry in
          entry.measure.variants.map {
            (entry.order, refused(blank(entry.measure, $0, checkpoint, reference)))
          }
        }
    }
    let chance = DistanceRelabellings(self, checkpoint, reference, logFloor: logFloor)
    return distanceRows(checkpoint, reference, after, before, null, chance)
      + neighbourRows(checkpoint, reference, after, before, null, chance)
  }

  private func distanceRows(
    _ checkpoint: Int, _ reference: Int, _ after: OwnDistances, _ before: OwnDistances,
    _ null: DistanceSpreadNull, _ chance: DistanceRelabellings
  ) -> [(order: Int, row: Measurement)] {
    distances.map { entry in
      let statistic = entry.measure.statistic
      return (
        entry.order,
        context.comparedRow(
          blank(entry.measure, "", checkpoint, reference), after.statistic(statistic),
          before.statistic(statistic), kind: .logRatio, deletion: .each, checkpoint: checkpoint,
          reference: reference, null.chance(of: statistic, chance))
      )
    }
  }

  private func neighbourRows(
    _ checkpoint: Int, _ reference: Int, _ after: OwnDistances, _ before: OwnDistances,
    _ null: DistanceSpreadNull, _ chance: DistanceRelabellings
  ) -> [(order: Int, row: Measurement)] {
    let design = context.design
    let isMatched = design.rowCount(of: checkpoint) == design.rowCount(of: reference)
    return neighbours.flatMap { entry in
      let measure = entry.measure
      return measure.variants.enumerated().map { index, variant in
        var row = blank(measure, variant, checkpoint, reference)
        after.note(measure, with: before, &row)
        let (own, other) = (after.statistic(measure, index), before.statistic(measure, index))
        if !isMatched {
          row.flag(.unmatchedCounts)
          guard context.settings.force else {
            row.value = own.value.isFinite ? own.value : nil
            row.referenceValue = other.value.isFinite ? other.value : nil
            return (entry.order, row)
          }
          row.flag(.forced)
        }
        return (
          entry.order,
          context.comparedRow(
            row, own, other, kind: .logRatio, deletion: .halves, checkpoint: checkpoint,
            reference: reference, null.chance(of: measure, index, chance))
        )
      }
    }
  }

  private func refused(_ row: Measurement) -> Measurement {
    var row = row
    row.flag(.tooManyRows)
    return row
  }

  private func blank(
    _ measure: any Measure, _ variant: String, _ checkpoint: Int, _ reference: Int?
  ) -> Measurement {
    context.row(
      measure, scope: .pooled, space: space.id, variant: variant, checkpoint: checkpoint,
      reference: reference, kind: .logRatio,
      isPaired: reference.map { context.design.hasSamePrompts(checkpoint, $0) } ?? true)
  }
}
