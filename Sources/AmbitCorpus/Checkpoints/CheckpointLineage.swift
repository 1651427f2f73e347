import AmbitFormats

/// A chain of checkpoints as a user gives it.
public struct LineageArgument: Sendable, Equatable {
  /// What the lineage is called.
  public var name: String
  /// Names of checkpoints in the order of training, the first being the lineage's baseline. `*` and `?`
  /// mean what they mean to a shell; what they match comes in the order of the study.
  public var members: [String]
  /// The line of the study file, for messages.
  public var line: Int?

  /// Creates a lineage of named checkpoints.
  public init(name: String, members: [String], line: Int? = nil) {
    self.name = name
    self.members = members
    self.line = line
  }
}

extension LineageArgument {
  /// What a lineage without a name is called: its last checkpoint.
  public static func name(of members: [String]) -> String { members.last ?? "" }

  /// Whether a member may stand for several checkpoints.
  package static func holdsPattern(_ members: [String]) -> Bool {
    members.contains { $0.contains { "*?".contains($0) } }
  }

  /// Reads what was typed: `base,sft,dpo`, or the same with a name: `tulu=base,sft,dpo`. Nil for fewer
  /// than two checkpoints or an empty name.
  public init?(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let members = parts.last!.split(separator: ",", omittingEmptySubsequences: false).map {
      TextTrimming.trimmed(String($0))
    }
    guard members.count > 1 || Self.holdsPattern(members), members.allSatisfy({ !$0.isEmpty })
    else { return nil }
    let name = parts.count == 2 ? TextTrimming.trimmed(String(parts[0])) : Self.name(of: members)
    guard !name.isEmpty else { return nil }
    self.init(name: name, members: members)
  }
}

/// A chain of checkpoints, each trained from the one before; all are compared with the first.
public struct CheckpointLineage: Sendable, Equatable {
  /// What the lineage is called.
  public var name: String
  /// Its checkpoints by their place in the study, the baseline first; at least two.
  public var members: [Int]

  /// Joins checkpoints under a name.
  public init(name: String, members: [Int]) {
    self.name = name
    self.members = members
  }

  /// Every lineage of a study, those of `arguments` first, then those that entries name.
  ///
  /// Throws `InputError.selection` for a member that is no checkpoint, for a lineage of fewer than two, and
  /// for one that is given both ways.
  ///
  /// - Parameters:
  ///   - labels: the lineage that its entry names, one a checkpoint.
  ///   - absent: names of checkpoints that were left out, which are passed over.
  static func all(
    _ arguments: [LineageArgument], names: [String], labels: [String?], baseline: Int,
    absent: [String]
  ) throws -> [CheckpointLineage] {
    var lineages = try arguments.map { argument in
      CheckpointLineage(
        name: argument.name,
        members: try members(of: argument, names: names, absent: absent))
    }
    for (index, label) in labels.enumerated() {
      guard let label else { continue }
      if arguments.contains(where: { TextKey($0.name) == TextKey(label) }) {
        throw InputError(
          .selection, field: "lineages",
          "`\(label)` is listed, and `\(names[index])` is put into it as well",
          hint: "list it among the members, or leave the list out")
      }
      if let known = lineages.firstIndex(where: { TextKey($0.name) == TextKey(label) }) {
        if !lineages[known].members.contains(index) { lineages[known].members.append(index) }
      } else {
        lineages.append(
          CheckpointLineage(
            name: label, members: index == baseline ? [baseline] : [baseline, index]))
      }
    }
    return lineages.filter { $0.members.count > 1 }
  }

  private static func members(
    of argument: LineageArgument, names: [String], absent: [String]
  ) throws -> [Int] {
    func fault(_ message: String, hint: String) -> InputError {
      InputError(.selection, line: argument.line, field: "lineages", message, hint: hint)
    }
    var members: [Int] = []
    var hasLost = false
    for (place, name) in argument.members.enumerated() {
      let isPattern = name.contains { "*?".contains($0) }
      var found = names.indices.filter { TextKey(names[$0]) == TextKey(name) }
      if found.isEmpty, isPattern {
        let pattern = PathPattern(name)
        found = names.indices.filter {
          pattern.values(of: names[$0]) != nil && !members.contains($0)
        }
      }
      if found.isEmpty, absent.contains(where: { TextKey($0) == TextKey(name) }) {
        guard place > 0 else {
          throw fault(
            "lineage `\(argument.name)` has lost its baseline `\(name)`, which is left out",
            hint: "leave the whole lineage out, or begin it with another checkpoint")
        }
        hasLost = true
        continue
      }
      guard !found.isEmpty else {
        throw fault(
          "lineage `\(argument.name)` names `\(name)`, but no checkpoint "
            + (isPattern ? "matches" : "has that name"),
          hint: NearestNames.hint(for: name, among: names)
            ?? "the checkpoints are \(names.joined(separator: ", "))")
      }
      if let twice = found.first(where: members.contains) {
        throw fault(
          "lineage `\(argument.name)` names `\(names[twice])` twice", hint: "keep one of them")
      }
      members += found
    }
    guard members.count > 1 || hasLost else {
      throw fault(
        "lineage `\(argument.name)` has \(Wording.count(members.count, "checkpoint"))",
        hint: "a lineage is a list of two or more, the baseline first")
    }
    return members
  }
}
