/// The statistical settings of a study.
public struct InferenceSettings: Equatable, Sendable {
  /// Which pairs of checkpoints are compared.
  public enum Comparisons: String, CaseIterable, Sendable {
    /// Every checkpoint against the baseline of its lineage.
    case base
    /// Every checkpoint against the one before it; the first stands as it is.
    case consecutive
    /// Every checkpoint against every earlier one of its lineage, and against its baseline.
    case all
  }

  /// Bootstrap replicates.
  public var resamples: Int
  /// Permutations and sign flips.
  public var permutations: Int
  /// The seed of every replicate.
  public var seed: UInt64
  /// Which checkpoints are compared with which.
  public var comparisons: Comparisons
  /// Whether refused numbers are given all the same; their flags stay.
  public var force: Bool

  /// The defaults of the command line.
  ///
  /// - Precondition: at least 100 resamples and 99 permutations.
  public init(
    resamples: Int = 2000, permutations: Int = 9999, seed: UInt64 = 0,
    comparisons: Comparisons = .base, force: Bool = false
  ) {
    precondition(resamples >= 100 && permutations >= 99, "too few replicates to say anything")
    self.resamples = resamples
    self.permutations = permutations
    self.seed = seed
    self.comparisons = comparisons
    self.force = force
  }

  /// Random halves for the null band: its ends are 2.5 % quantiles, which 1,000 settle well enough.
  var splits: Int { min(resamples, 1000) }

  /// The pairs to compare, each as (checkpoint, reference), by checkpoint.
  package func pairs(in design: Design) -> [(checkpoint: Int, reference: Int)] {
    let all = design.checkpoints.indices
    guard design.lineages.isEmpty else { return pairs(alongLineagesOf: design) }
    switch comparisons {
    case .base:
      return all.filter { $0 != design.baseline }.map { ($0, design.baseline) }
    case .consecutive:
      return all.dropFirst().map { ($0, $0 - 1) }
    case .all:
      return all.flatMap { checkpoint in
        all.filter { reference in
          reference != checkpoint && checkpoint != design.baseline
            && (reference < checkpoint || reference == design.baseline)
        }.map { (checkpoint, $0) }
      }
    }
  }

  /// The same where checkpoints come in lineages, each pair once.
  private func pairs(alongLineagesOf design: Design) -> [(checkpoint: Int, reference: Int)] {
    let all = design.checkpoints.indices
    var references = [[Int]](repeating: [], count: all.count)
    for lineage in design.lineages {
      for place in lineage.indices.dropFirst() {
        switch comparisons {
        case .base: references[lineage[place]].append(lineage[0])
        case .consecutive: references[lineage[place]].append(lineage[place - 1])
        case .all: references[lineage[place]] += lineage[..<place]
        }
      }
    }
    let members = Set(design.lineages.joined())
    for checkpoint in all where !members.contains(checkpoint) && checkpoint != design.baseline {
      references[checkpoint] = [design.baseline]
    }
    return all.flatMap { checkpoint in
      Set(references[checkpoint]).sorted().map { (checkpoint, $0) }
    }
  }

  /// The rows of every checkpoint in turn: alone where it is the baseline or has no reference, then
  /// against each of its references.
  func rows<Row>(
    in design: Design, alone: (_ checkpoint: Int) -> [Row],
    compared: (_ checkpoint: Int, _ reference: Int) -> [Row]
  ) -> [Row] {
    let pairs = pairs(in: design)
    return design.checkpoints.indices.flatMap { checkpoint in
      let own = pairs.filter { $0.checkpoint == checkpoint }
      let first = checkpoint == design.baseline || own.isEmpty ? alone(checkpoint) : []
      return first + own.flatMap { compared(checkpoint, $0.reference) }
    }
  }
}
