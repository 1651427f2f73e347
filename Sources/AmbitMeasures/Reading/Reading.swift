internal import AmbitMatrix

/// One comparison read as a whole: its signature and the rows that it rests on.
///
/// A row counts as different where its adjusted p is at most 5 % *and* it lies outside its null band (for
/// an effect, its interval also excludes 0). The signature orders these findings, it is no further test.
public struct Reading: Equatable, Sendable {
  /// The checkpoint read.
  public let checkpoint: String
  /// What it is read against.
  public let reference: String
  /// What happened.
  public let signature: Signature
  /// The rows that decided, the first being the change of spread where there is one.
  public let evidence: [Measurement]
  /// What may mislead.
  public let cautions: [ReadingCaution]
  /// The p value of a change of dispersion by the margin or more (TOST over prompts); `nil` without
  /// values per prompt or with fewer than six of them.
  public let equivalenceP: Double?

  /// A change of dispersion by less than this factor does not matter.
  public static let margin = 1.10
  /// From this share of a text's own 4-grams on, it loops: a hundred times that of human text is
  /// typical of looping models, and no other model of the shared data comes near.
  static let looping = 0.2
  /// From this difference of shares, or this ratio of lengths, on, format is named.
  static let formatDifference = 0.2
  static let lengthRatio = 1.5

  /// Reads every comparison of a study that measured spread or coverage, in the order of the rows.
  public static func all(in result: MeasureSuite.Result) -> [Reading] {
    var seen: Set<[String]> = []
    return result.measurements.compactMap { row in
      guard !row.reference.isEmpty, seen.insert([row.checkpoint, row.reference]).inserted else {
        return nil
      }
      let rows = ComparedRows(result, checkpoint: row.checkpoint, reference: row.reference)
      guard rows.primary("dispersion") ?? rows.pair("coverage") != nil else { return nil }
      return Reading(rows)
    }
  }

  package init(
    checkpoint: String, reference: String, signature: Signature, evidence: [Measurement],
    cautions: [ReadingCaution], equivalenceP: Double?
  ) {
    self.checkpoint = checkpoint
    self.reference = reference
    self.signature = signature
    self.evidence = evidence
    self.cautions = cautions
    self.equivalenceP = equivalenceP
  }

  init(_ rows: ComparedRows) {
    checkpoint = rows.checkpoint
    reference = rows.reference
    let cautions = Self.cautions(rows)
    self.cautions = cautions
    equivalenceP = rows.dispersionEffects.flatMap {
      EquivalenceTest.pValue($0, margin: Elementary.log(Self.margin))
    }
    let spread = rows.primary("dispersion")
    let kinds = rows.primary("rke")
    let coverage = rows.pair("coverage")
    let density = rows.pair("density")
    let precision = rows.pair("precision")
    let shift = rows.pair("centroid_shift") ?? rows.pair("energy_distance")
    let directions = Set([spread, kinds].compactMap { $0.map(\.direction) })
    let covers = coverage.map(\.direction) != .down
    let moved = shift.map(\.direction) == .up
    let beganToLoop =
      cautions.contains { $0.isCheckpointLooping } && !cautions.contains { $0.isReferenceLooping }
    let changedFormat = cautions.contains { $0.isFormat }
    let isEquivalent =
      equivalenceP.map { $0 <= 0.05 } ?? spread?.isWithin(Elementary.log(Self.margin)) ?? false
    signature =
      if beganToLoop {
        .degeneration
      } else if directions.isSuperset(of: [.up, .down]) {
        .mixed
      } else if directions.contains(.down) {
        switch (covers, density.map(\.direction) == .up) {
        case (true, true): .contraction
        case (false, false): .lostModes
        case (false, true): .contractionAndLostModes
        case (true, false): .shrinkage
        }
      } else if directions.contains(.up) {
        .expansion
      } else if !covers, precision.map(\.direction) != .down {
        .lostModes
      } else if moved || !covers {
        changedFormat ? .formatChange : .drift
      } else {
        isEquivalent ? .noChange : .inconclusive
      }
    evidence = [spread, kinds, coverage, density, precision, shift].compactMap { $0 }
  }

  private static func cautions(_ rows: ComparedRows) -> [ReadingCaution] {
    var cautions: [ReadingCaution] = []
    if let row = rows.text("self_repetition", "4_inside"), let value = row.value,
      let before = row.referenceValue
    {
      if value >= looping { cautions.append(.checkpointLoops(share: value)) }
      if before >= looping { cautions.append(.referenceLoops(share: before)) }
    }
    for habit in ["lists", "headings", "bold"] {
      guard let row = rows.text("format_share", habit), row.direction != .unchanged,
        let value = row.value, let before = row.referenceValue,
        abs(value - before) >= formatDifference
      else { continue }
      cautions.append(.format(habit: habit, from: before, to: value))
    }
    if let row = rows.text("length_words", ""), row.direction != .unchanged,
      let value = row.value, let before = row.referenceValue, value > 0, before > 0,
      max(value / before, before / value) >= lengthRatio
    {
      cautions.append(.length(from: before, to: value))
    }
    return cautions
  }
}
