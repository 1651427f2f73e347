import AmbitCorpus
import AmbitFormats

/// Checkpoints by how their outputs were decoded.
struct DecodingGroups {
  /// Checkpoints that were decoded in one way.
  struct Group {
    /// `temperature 1, top_p 0.95`; several values of one setting are parted by slashes.
    let text: String
    var names: [String]
  }

  /// In the order of the study.
  private(set) var all: [Group] = []

  init(_ checkpoints: [Checkpoint]) {
    for checkpoint in checkpoints {
      let text = checkpoint.decodingText
      if let known = all.firstIndex(where: { $0.text == text }) {
        all[known].names.append(checkpoint.name)
      } else {
        all.append(Group(text: text, names: [checkpoint.name]))
      }
    }
  }

  /// `temperature 1 (base); temperature 0.7 (sft, dpo and 3 more)`.
  var description: String {
    all.map { group in
      let shown = group.names.prefix(3).joined(separator: ", ")
      let more = group.names.count > 3 ? " and \(group.names.count - 3) more" : ""
      return "\(group.text) (\(shown)\(more))"
    }.joined(separator: "; ")
  }
}

extension Checkpoint {
  fileprivate var decodingText: String {
    guard !source.decoding.isEmpty else { return "not known" }
    let known = DecodingSetting.knownNames
    let settings = source.decoding.sorted { a, b in
      (known.firstIndex(of: a.name) ?? known.count) < (known.firstIndex(of: b.name) ?? known.count)
    }
    return settings.map { "\($0.name) \($0.canonicalValues.joined(separator: "/"))" }
      .joined(separator: ", ")
  }

  /// Every value of every setting.
  var decodingJSON: JSON {
    .object(
      source.decoding.reduce(into: JSONObject()) {
        $0[$1.name] = .array($1.values.map { .string($0) })
      })
  }
}
