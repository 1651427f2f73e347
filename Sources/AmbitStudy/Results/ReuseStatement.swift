package import AmbitFormats
import AmbitMeasures

/// What a run took over from earlier ones, and why the rest was measured again.
package struct ReuseStatement {
  private let usage: MeasureCache.Usage
  /// Whether planes are fitted on the checkpoints at hand.
  private let fitsPlanes: Bool

  /// - Parameter fitsPlanes: whether planes are fitted on the checkpoints at hand.
  package init(_ usage: MeasureCache.Usage, fitsPlanes: Bool) {
    self.usage = usage
    self.fitsPlanes = fitsPlanes
  }

  /// How many pairs of one space were there whole.
  private struct Space {
    let name: String
    let pairs: Int
    let reused: Int
  }

  /// By what depends on a pair alone, in the order of the spaces.
  private var spaces: [Space] {
    var names: [String] = []
    for use in usage.uses where !names.contains(use.space) { names.append(use.space) }
    return names.map { name in
      let uses = usage.uses.filter { $0.space == name && !$0.isJoint }
      let taken = Set(uses.flatMap(\.takenPairs))
      let all = taken.union(uses.flatMap(\.reusedPairs))
      return Space(name: name, pairs: all.count, reused: all.count - taken.count)
    }.filter { $0.pairs > 0 }
  }

  private var isJointReused: Bool {
    usage.uses.filter(\.isJoint).allSatisfy(\.takenPairs.isEmpty)
  }

  /// One line; nil where nothing was reused.
  package var text: String? {
    let spaces = spaces
    guard usage.foundCount > 0, let most = spaces.map(\.pairs).max() else { return nil }
    let isWhole = isJointReused && spaces.allSatisfy { $0.reused == $0.pairs }
    if isWhole { return "measures: all of \(Self.pairs(most)) reused" }
    // Spaces of which as much is reused are told together.
    var told: [(share: String, names: [String])] = []
    for space in spaces {
      let share = "\(space.reused) of \(Self.pairs(space.pairs)) reused"
      if let place = told.firstIndex(where: { $0.share == share }) {
        told[place].names.append(space.name)
      } else {
        told.append((share, [space.name]))
      }
    }
    let parts = told.map { "\($0.share) (\($0.names.joined(separator: ", ")))" } + reasons
    return "measures: " + parts.joined(separator: "; ")
  }

  /// Why something was measured again.
  private var reasons: [String] {
    var reasons: [String] = []
    let spaces = spaces
    let hasReuse = spaces.contains { $0.reused > 0 }
    let moved = spaces.filter { $0.name.hasPrefix("pca2") && $0.reused == 0 }
    if hasReuse, !moved.isEmpty, fitsPlanes {
      reasons.append(
        "the planes moved, being fitted on the checkpoints (--basis FILE keeps those of a run)")
    }
    if !isJointReused {
      reasons.append("what all checkpoints share (clusters, components, means) was taken again")
    }
    return reasons
  }

  /// For the manifest.
  package var json: JSON {
    [
      "found": .integer(usage.foundCount), "taken": .integer(usage.takenCount),
      "damaged": .integer(usage.damagedCount),
      "spaces": .array(
        spaces.map {
          [
            "space": .string($0.name), "pairs": .integer($0.pairs),
            "pairs_reused": .integer($0.reused),
          ]
        }),
      "joint_reused": .boolean(isJointReused && usage.foundCount > 0),
      "why": .array(usage.foundCount > 0 ? reasons.map { .string($0) } : []),
    ]
  }

  /// What a user should know of the cache.
  var notes: [StudyNote] {
    var notes: [StudyNote] = []
    if usage.damagedCount > 0 {
      notes.append(
        StudyNote(
          code: "cache_damaged",
          text: "\(usage.damagedCount) damaged entries of the cache were measured again"))
    }
    if let failure = usage.writeFailure {
      notes.append(
        StudyNote(
          code: "cache_not_written",
          text: "the measures are not kept for the next run: \(failure.description)"))
    }
    return notes
  }

  private static func pairs(_ count: Int) -> String { count == 1 ? "1 pair" : "\(count) pairs" }
}
