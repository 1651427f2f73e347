import AmbitCorpus
import AmbitFormats
import Yams

extension StudyFileReader {
  /// Every key that an entry of `checkpoints` may hold.
  static let entryKeys = ["name", "path", "step", "lineage", "decoding"]

  /// A list of entries or of plain paths, or a mapping from name to path.
  mutating func readCheckpoints(_ node: Node) throws {
    if let mapping = node.mapping {
      for (name, value) in mapping {
        arguments.append(
          .entry(
            CheckpointEntry(
              name: try text(name), path: file(try location(value)), line: name.mark?.line)))
      }
      return
    }
    guard let items = node.sequence else {
      throw fault(node, "expected a list of checkpoints", hint: "`- { name: base, path: FILE }`")
    }
    for item in items { arguments.append(.entry(try entry(item))) }
  }

  private func entry(_ node: Node) throws -> CheckpointEntry {
    guard let mapping = node.mapping else {
      return CheckpointEntry(path: file(try location(node)), line: node.mark?.line)
    }
    for (key, _) in mapping where !Self.entryKeys.contains(key.string ?? "") {
      let name = key.string ?? ""
      throw fault(
        key, field: name, "is not a key of a checkpoint",
        hint: NearestNames.hint(for: name, among: Self.entryKeys)
          ?? "the keys are \(Self.entryKeys.joined(separator: ", "))")
    }
    guard let path = mapping["path"] else {
      throw fault(node, field: "path", "the checkpoint has no path", hint: "add `path: FILE`")
    }
    return CheckpointEntry(
      name: try mapping["name"].map { try location($0, named: "name") },
      path: file(try location(path)),
      step: try mapping["step"].map { try number($0) },
      lineage: try mapping["lineage"].map { try location($0, named: "lineage") },
      decoding: try mapping["decoding"].map { try decoding($0) } ?? [], line: node.mark?.line)
  }

  /// A mapping from a lineage's name to its checkpoints, or a list of such lists.
  mutating func readLineages(_ node: Node) throws {
    var lineages: [LineageArgument] = []
    func add(_ name: String?, _ value: Node) throws {
      guard let items = value.sequence else {
        throw fault(
          value, "expected a list of checkpoints", hint: "for example `[base, sft, dpo]`")
      }
      let members = try items.map { try location($0, named: "name") }
      guard members.count > 1 || LineageArgument.holdsPattern(members) else {
        throw fault(
          value, "expected two checkpoints or more, found \(members.count)",
          hint: "the first is what the others are compared with: `[base, sft, dpo]`")
      }
      let name = name ?? LineageArgument.name(of: members)
      if lineages.contains(where: { $0.name == name }) {
        throw fault(
          value, "two lineages have the name `\(name)`",
          hint: "give each a name: `seed-1: [base, sft-1]`")
      }
      lineages.append(LineageArgument(name: name, members: members, line: value.mark?.line))
    }
    if let mapping = node.mapping {
      for (name, value) in mapping { try add(try text(name), value) }
    } else if let items = node.sequence {
      // `[base, sft, dpo]` is one lineage, `[[base, sft], [base, dpo]]` are two.
      if items.first?.sequence == nil {
        try add(nil, node)
      } else {
        for item in items { try add(nil, item) }
      }
    } else {
      throw fault(
        node, "expected lineages by name",
        hint: "for example `lineages: { tulu: [base, sft, dpo] }`")
    }
    set(\.lineages, lineages)
  }
}
