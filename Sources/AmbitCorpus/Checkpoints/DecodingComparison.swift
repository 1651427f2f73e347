import AmbitFormats

extension DecodingSetting {
  /// The settings that a study file or a flag may name.
  public static var knownNames: [String] { FieldNames.decoding }

  /// A setting as a user states it: a number, or true or false for `do_sample`. Nil for anything else.
  public init?(name: String, stated value: String) {
    guard Self.knownNames.contains(name) else { return nil }
    if name == "do_sample" {
      guard ["true", "false"].contains(value) else { return nil }
    } else {
      guard let number = Double(value), number.isFinite else { return nil }
    }
    self.init(name: name, values: [Self.canonical(value)])
  }

  /// One value as it is compared: numbers by value, so that `1` is `1.0`.
  static func canonical(_ value: String) -> String {
    Double(value).map { DecimalText.shortest($0) } ?? value
  }

  /// Its values as they are compared and shown.
  package var canonicalValues: [String] { values.map(Self.canonical) }
}

extension Checkpoint {
  /// Takes in what the user says of a setting. What the file itself says stays; a contradiction becomes a
  /// notice.
  mutating func state(_ setting: DecodingSetting) {
    guard let known = source.decoding.first(where: { $0.name == setting.name }) else {
      return source.decoding.append(setting)
    }
    guard known.canonicalValues != setting.canonicalValues else { return }
    source.notices.append(
      CorpusNotice(
        .decodingContradicts, subject: name,
        "\(setting.name) \(setting.canonicalValues.joined(separator: "/")) was said, but the file has "
          + known.canonicalValues.joined(separator: "/"),
        hint: "the file's own value is taken"))
  }
}

/// How the outputs of a study were decoded: different settings change diversity as much as training does,
/// and a narrow decoder hides what the model could write.
struct DecodingComparison {
  private let checkpoints: [Checkpoint]
  private let names: [String]

  init(_ checkpoints: [Checkpoint]) {
    self.checkpoints = checkpoints
    var names: [String] = []
    for setting in checkpoints.flatMap(\.source.decoding) where !names.contains(setting.name) {
      names.append(setting.name)
    }
    self.names = names
  }

  var notices: [CorpusNotice] {
    [differing, unknown, narrowed].compactMap { $0 }
  }

  /// The values of a setting, one a checkpoint; nil where nothing says it.
  private func values(_ name: String) -> [String?] {
    checkpoints.map { checkpoint in
      checkpoint.source.decoding.first { $0.name == name }?.canonicalValues
        .joined(separator: "/")
    }
  }

  private var differing: CorpusNotice? {
    let texts = names.compactMap { name -> String? in
      let values = values(name)
      guard Set(values.compactMap { $0 }).count > 1 else { return nil }
      let shown = zip(checkpoints, values).map { "\($0.name) \($1 ?? "unknown")" }
      return "\(name) (\(shown.joined(separator: ", ")))"
    }
    guard !texts.isEmpty else { return nil }
    return CorpusNotice(
      .decodingDiffers, "decoding settings differ: " + texts.joined(separator: "; "),
      hint: "different settings change diversity as much as training does")
  }

  /// Nothing is known of some checkpoints although others say how they were decoded.
  private var unknown: CorpusNotice? {
    let silent = checkpoints.filter { $0.source.decoding.isEmpty }.map(\.name)
    guard !silent.isEmpty, silent.count < checkpoints.count else { return nil }
    return CorpusNotice(
      .decodingDiffers,
      "decoding settings are not known of \(silent.prefix(6).joined(separator: ", "))"
        + (silent.count > 6 ? " and \(silent.count - 6) more" : ""),
      hint: "say them with --decoding or in the study file")
  }

  /// A decoder that all share and that cannot write all that the model can.
  private var narrowed: CorpusNotice? {
    let texts = names.compactMap { name -> String? in
      let values = Set(values(name))
      guard values.count == 1, let value = values.first ?? nil, Self.narrows(name, value) else {
        return nil
      }
      return "\(name) \(value)"
    }
    guard !texts.isEmpty else { return nil }
    return CorpusNotice(
      .decodingNarrowed,
      "outputs were decoded with \(texts.joined(separator: ", ")): numbers are of what this decoder "
        + "writes, not of all that the models can write")
  }

  private static func narrows(_ name: String, _ value: String) -> Bool {
    guard let number = Double(value) else { return name == "do_sample" && value == "false" }
    return switch name {
    case "temperature", "top_p", "typical_p": number < 1
    case "top_k", "min_p": number > 0
    case "num_beams": number > 1
    default: false
    }
  }
}
