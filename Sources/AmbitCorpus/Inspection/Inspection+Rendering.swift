public import AmbitFormats

extension Inspection {
  /// The keys that `ambit inspect --json` promises, one object a file.
  public var json: JSON {
    func optional(_ value: Double?) -> JSON { value.map { .number(Self.rounded($0)) } ?? .null }
    var shares = JSONObject()
    for (script, share) in scripts { shares[script] = .number(Self.rounded(share)) }
    return [
      "path": .string(path), "format": .string(format), "why": .string(why),
      "records": .integer(records), "prompts": .integer(prompts),
      "samples_per_prompt": [
        "min": samplesPerPrompt.map { .integer($0.lowerBound) } ?? .null,
        "max": samplesPerPrompt.map { .integer($0.upperBound) } ?? .null,
      ],
      "mean_words": optional(meanWords), "median_words": optional(medianWords),
      "empty": .integer(empty), "duplicates": .integer(duplicates), "scripts": .object(shares),
      "ignored_fields": .array(ignoredFields.map(JSON.string)),
    ]
  }

  /// `{"files": […]}` for several files.
  public static func json(_ inspections: [Inspection]) -> JSON {
    ["files": .array(inspections.map(\.json))]
  }

  /// Four digits behind the point: more than a count of words means.
  private static func rounded(_ value: Double) -> Double {
    Double(DecimalText.fixed(value, decimals: 4))!
  }

  /// A few lines for people, each ended.
  public var text: String {
    var lines = [TerminalText.oneLine(path)]
    func add(_ label: String, _ value: String) {
      lines.append(
        "  " + label + String(repeating: " ", count: 16 - label.count)
          + TerminalText.oneLine(value))
    }
    add("format", "\(format): \(why)")
    add("records", DecimalText.grouped(records))
    add("prompts", promptsText)
    if labels.count > 1 {
      add("checkpoints", "\(labels.count) named in the file: \(Self.listed(labels, limit: 6))")
    }
    if let meanWords, let medianWords {
      add(
        "words",
        "mean \(DecimalText.fixed(meanWords, decimals: 1, groupsThousands: true)), "
          + "median \(DecimalText.shortest(medianWords))")
      add("empty", share(empty))
      add("duplicates", share(duplicates))
      add("scripts", scriptsText)
    }
    if !decoding.isEmpty {
      add(
        "decoding",
        decoding.map { "\($0.name) \(Self.listed($0.values, limit: 4))" }.joined(separator: "; "))
    }
    add("fields ignored", ignoredFields.isEmpty ? "none" : Self.listed(ignoredFields, limit: 12))
    for notice in notices { add("note", notice.text) }
    return lines.map { $0 + "\n" }.joined()
  }

  private var promptsText: String {
    guard let samples = samplesPerPrompt else { return "none" }
    let by = promptsHaveIDs ? "by id" : "by text"
    let range =
      samples.lowerBound == samples.upperBound
      ? "\(samples.lowerBound)" : "\(samples.lowerBound) to \(samples.upperBound)"
    let word = samples.upperBound == 1 ? "sample" : "samples"
    return "\(DecimalText.grouped(prompts)) \(by)"
      + (labels.count > 1
        ? "; \(labels.count) checkpoints, \(range) \(word) of a prompt each"
        : ", \(range) \(word) each")
  }

  private var scriptsText: String {
    guard !scripts.isEmpty else { return "no letters" }
    return Self.listed(
      scripts.map { script, share in
        let percent = 100 * share
        return script + " "
          + (percent < 0.1 ? "< 0.1" : DecimalText.fixed(percent, decimals: 1)) + " %"
      }, limit: 8)
  }

  private func share(_ count: Int) -> String {
    guard count > 0, records > 0 else { return "0" }
    let percent = DecimalText.fixed(100 * Double(count) / Double(records), decimals: 1)
    return "\(DecimalText.grouped(count)) (\(percent) %)"
  }

  private static func listed(_ items: [String], limit: Int) -> String {
    let shown = items.prefix(limit).map(TerminalText.oneLine).joined(separator: ", ")
    return items.count > limit ? "\(shown) and \(items.count - limit) more" : shown
  }
}
