import AmbitFormats
package import AmbitMeasures

/// A reading in words: one sentence, then what may mislead.
package struct ReadingText {
  package let reading: Reading

  package init(reading: Reading) { self.reading = reading }

  /// `sft against base: contraction: sharper, as by a lower temperature; dispersion …`.
  package var sentence: String {
    let parts = [headline] + reading.evidence.compactMap(Self.evidence) + [equivalence]
    return "\(reading.checkpoint) against \(reading.reference): "
      + parts.compactMap { $0 }.joined(separator: "; ") + "."
  }

  /// The signature and what it means.
  package var headline: String {
    switch reading.signature {
    case .noChange: "no change"
    case .contraction: "contraction: sharper, as by a lower temperature"
    case .lostModes: "lost modes: parts of \(reading.reference) are no longer reached"
    case .contractionAndLostModes:
      "contraction and lost modes: sharper, and parts of \(reading.reference) are no longer reached"
    case .shrinkage: "less spread, neither plain contraction nor plain loss of modes"
    case .drift: "drift: the outputs moved, their spread did not clearly change"
    case .formatChange:
      "change of format: the outputs moved, and so did the way in which they are written"
    case .expansion: "expansion: the outputs lie further apart"
    case .degeneration:
      "degeneration: the outputs repeat themselves inside, so their spread is that of broken text"
    case .mixed: "mixed: dispersion and the number of kinds disagree"
    case .inconclusive: "no clear change, and too few data to exclude one"
    }
  }

  /// Each caution as a sentence.
  package var cautions: [String] {
    reading.cautions.map { caution in
      switch caution {
      case .format(let habit, let from, let to):
        "Format: \(Self.habit(habit)) in \(Self.percent(to)) of the outputs instead of "
          + "\(Self.percent(from)); that moves vectors without any change of content."
      case .length(let from, let to):
        "Length: \(Self.words(to)) words an output instead of \(Self.words(from)); a longer text "
          + "averages more, so its vectors lie closer together."
      case .referenceLoops(let share):
        "\(reading.reference) loops (\(Self.percent(share)) of its 4-grams were said before in the "
          + "same output): differences from it are differences from broken text."
      case .checkpointLoops(let share):
        "\(reading.checkpoint) loops: \(Self.percent(share)) of its 4-grams were said before in "
          + "the same output."
      }
    }
  }

  /// `dispersion within prompts −34 % (−37 to −30 %)`, `coverage 0.97 (null 0.95 to 0.98)`.
  private static func evidence(_ row: Measurement) -> String? {
    let endpoint = Endpoint(row)
    if let change = endpoint.change {
      return "\(endpoint.subject) \(change)" + (endpoint.changeInterval.map { " (\($0))" } ?? "")
    }
    guard row.effectKind == nil, let value = row.value else { return nil }
    let null = row.nullBand.map {
      " (null \(number($0.low)) to \(number($0.high)))"
    }
    return "\(row.metric.replacing("_", with: " ")) \(number(value))" + (null ?? "")
  }

  private static func number(_ value: Double) -> String {
    ShortNumber.text(value).replacing("-", with: "−")
  }

  /// What the equivalence test says, where it says anything.
  private var equivalence: String? {
    guard let p = reading.equivalenceP, p <= 0.05 else { return nil }
    return "a change of dispersion by \(Self.percent(Reading.margin - 1)) or more is excluded "
      + "(p \(p < 0.001 ? "< 0.001" : "= " + DecimalText.fixed(p, decimals: 3)))"
  }

  private static func habit(_ word: String) -> String { word == "bold" ? "bold text" : word }

  private static func percent(_ share: Double) -> String {
    let number = 100 * share
    return "\(DecimalText.fixed(number, decimals: number < 9.95 ? 1 : 0)) %"
  }

  private static func words(_ count: Double) -> String {
    DecimalText.fixed(count, decimals: count < 9.95 ? 1 : 0)
  }
}
