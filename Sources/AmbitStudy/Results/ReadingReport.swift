import AmbitFormats
import AmbitMeasures

/// `reading.md`, and the readings in `metrics.json` and on the terminal.
struct ReadingReport {
  let readings: [Reading]
  var lineages: [NamedLineage] = []
  /// Of strata, where there are any.
  var strata: StratumRows?

  var markdown: String {
    var text = """
      # Reading

      What happened, comparison by comparison. Each sentence orders rows of `metrics.csv`; it is no
      further test, and it is about these checkpoints, not about methods of training.

      """
    text += readings.isEmpty ? "" : "\n"
    for reading in readings {
      let words = ReadingText(reading: reading)
      text += "- \(EndpointTable.markdownEscaped(words.sentence))\n"
      for caution in words.cautions {
        text += "  - \(EndpointTable.markdownEscaped(caution))\n"
      }
    }
    if !lineages.isEmpty { text += "\n## Along the training\n" }
    for named in lineages {
      if let name = named.name { text += "\n### \(EndpointTable.markdownEscaped(name))\n" }
      text += "\n"
      for sentence in LineageText(lineage: named.lineage).sentences {
        text += "- \(EndpointTable.markdownEscaped(sentence))\n"
      }
    }
    if let together = NamedLineage.together(lineages) {
      text += "\n\(EndpointTable.markdownEscaped(together))\n"
    }
    if let strata { text += strata.markdown }
    return text
  }

  /// A line a comparison, for a terminal.
  var terminal: String {
    readings.map { reading in
      "\(TerminalText.shortened(reading.checkpoint, to: 28)): "
        + "\(ReadingText(reading: reading).headline)\n"
    }.joined()
  }

  var json: JSON {
    .array(
      readings.map { reading in
        let words = ReadingText(reading: reading)
        return [
          "checkpoint": .string(reading.checkpoint), "reference": .string(reading.reference),
          "signature": .string(reading.signature.rawValue), "sentence": .string(words.sentence),
          "cautions": .array(words.cautions.map { .string($0) }),
          "equivalence_p": reading.equivalenceP.map { .number($0) } ?? .null,
          "equivalence_margin": .number(Reading.margin),
        ]
      })
  }

  /// The only lineage; null where there is none, or more than one: see `lineagesJSON`.
  var lineageJSON: JSON { lineages.count == 1 ? Self.json(lineages[0]) : .null }

  /// All lineages that the user named, in order.
  var lineagesJSON: JSON { .array(lineages.filter { $0.name != nil }.map(Self.json)) }

  private static func json(_ named: NamedLineage) -> JSON {
    let lineage = named.lineage
    return [
      "name": named.name.map { .string($0) } ?? .null,
      "checkpoints": .array(lineage.checkpoints.map { .string($0) }),
      "prompts": .integer(lineage.prompts), "change": .number(lineage.change),
      "change_interval": Self.interval(lineage.changeInterval),
      "trend_p": lineage.trendP.map { .number($0) } ?? .null,
      "slope": lineage.slope.map { .number($0) } ?? .null,
      "slope_interval": Self.interval(lineage.slopeInterval),
      "stages": .array(
        lineage.stages.map { stage in
          [
            "from": .string(stage.from), "to": .string(stage.to), "change": .number(stage.change),
            "change_interval": Self.interval(stage.changeInterval),
            "share": stage.share.map { .number($0) } ?? .null,
            "share_interval": Self.interval(stage.shareInterval),
          ]
        }),
    ]
  }

  private static func interval(_ interval: Interval?) -> JSON {
    interval.map { .array([.number($0.low), .number($0.high)]) } ?? .null
  }
}
