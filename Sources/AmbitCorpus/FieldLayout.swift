import AmbitFormats

/// Sorts the members of rows into the slots of a plan.
///
/// Rows of a file mostly have the same members in the same order, so each member is first compared with
/// the one that stood there in the row before.
struct FieldLayout {
  /// The values of one row, by role.
  struct Slots {
    var prompt: JSONValue?
    var promptAddition: JSONValue?
    var id: JSONValue?
    var text: JSONValue?
    var otherText: JSONValue?
    var messages: JSONValue?
    var sample: JSONValue?
    var generator: JSONValue?
    var step: JSONValue?
    var score: JSONValue?
    var stratum: JSONValue?
    var logProbs: JSONValue?
    var logProbsBy: JSONValue?
  }

  private struct Field {
    var name: String
    var bytes: [UInt8]
    var slots: [(path: FieldPath, slot: WritableKeyPath<Slots, JSONValue?>)]
    var settings: DecodingSettings.Role
  }

  private let roles: [(path: FieldPath, slot: WritableKeyPath<Slots, JSONValue?>)]
  private var fields: [Field] = []
  private var settings = DecodingSettings()

  init(_ plan: FieldPlan) {
    let all: [(FieldPath?, WritableKeyPath<Slots, JSONValue?>)] = [
      (plan.prompt, \.prompt), (plan.promptAddition, \.promptAddition), (plan.id, \.id),
      (plan.text, \.text), (plan.otherText, \.otherText), (plan.messages, \.messages),
      (plan.sample, \.sample), (plan.generator, \.generator), (plan.step, \.step),
      (plan.score, \.score), (plan.stratum, \.stratum), (plan.logProbs, \.logProbs),
      (plan.logProbsBy, \.logProbsBy),
    ]
    roles = all.compactMap { path, slot in path.map { ($0, slot) } }
  }

  /// Puts the members of `row` into their slots.
  mutating func fill(_ slots: inout Slots, from row: JSONValue) {
    var position = 0
    row.forEachMember { key, value in
      let index = field(key, expectedAt: position)
      position = index + 1
      for (path, slot) in fields[index].slots {
        slots[keyPath: slot] = path.rest.isEmpty ? value : Self.descend(value, path.rest)
      }
      if fields[index].settings != .none {
        settings.note(value, name: fields[index].name, role: fields[index].settings)
      }
    }
  }

  /// The names of the fields that neither a role nor the decoding settings took, in order of appearance.
  func ignored(besides silent: [String]) -> [String] {
    fields.filter {
      $0.slots.isEmpty && $0.settings != .setting && !silent.contains($0.name)
    }.map(\.name)
  }

  var decoding: [DecodingSetting] { settings.found }

  private mutating func field(_ key: UnsafeBufferPointer<UInt8>, expectedAt position: Int) -> Int {
    func matches(_ index: Int) -> Bool {
      fields[index].bytes.count == key.count && fields[index].bytes.elementsEqual(key)
    }
    if position < fields.count, matches(position) { return position }
    if let index = fields.indices.first(where: matches) { return index }
    let name = String(decoding: key, as: UTF8.self)
    fields.append(
      Field(
        name: name, bytes: Array(key), slots: roles.filter { $0.path.root == name },
        settings: DecodingSettings.role(of: name)))
    return fields.count - 1
  }

  private static func descend(_ value: JSONValue, _ names: [String]) -> JSONValue? {
    names.reduce(value as JSONValue?) { value, name in
      if let index = Int(name), value?.kind == .array {
        return value?.elements.dropFirst(index).first { _ in true }
      }
      return value?.member(name)
    }
  }
}

/// Decoding settings as they turn up in rows.
struct DecodingSettings {
  enum Role { case none, setting, container }

  private(set) var found: [DecodingSetting] = []

  static func role(of name: String) -> Role {
    let name = FieldNames.normalised(name)
    if FieldNames.decoding.contains(name) { return .setting }
    return FieldNames.settings.contains(name) ? .container : .none
  }

  /// Notes the value of a setting, or of those inside a container of settings, two levels deep.
  mutating func note(_ value: JSONValue, name: String, role: Role, depth: Int = 0) {
    switch role {
    case .none: return
    case .setting:
      switch value.kind {
      case .array, .object, .null: return
      default: note(JSONWriter().string(value.tree), name: FieldNames.normalised(name))
      }
    case .container where depth < 3:
      value.forEachMember { key, member in
        let name = String(decoding: key, as: UTF8.self)
        note(member, name: name, role: Self.role(of: name), depth: depth + 1)
      }
    case .container: return
    }
  }

  mutating func note(_ text: String, name: String) {
    guard let index = found.firstIndex(where: { $0.name == name }) else {
      found.append(DecodingSetting(name: name, values: [text]))
      return
    }
    // A file with more values of one setting than this is a sweep; the manifest needs no more.
    if found[index].values.count < 20, !found[index].values.contains(text) {
      found[index].values.append(text)
    }
  }
}
