import AmbitCorpus
import AmbitFormats
import AmbitMatrix
import AmbitMeasures
import AmbitProjection
import AmbitRendering

/// What a result depends on, and nothing else: no path, host, time, thread count or cache state.
struct Provenance {
  let corpus: MatchedCorpus
  let embedded: EmbeddedCorpus
  let settings: StudySettings
  /// SHA-256 of the basis file, where one was given.
  let basisSHA256: String?
  /// The map of neighbours, where one was asked for.
  let map: StudyMap?
  /// Names of checkpoints that could not be read and were left out.
  var skipped: [String] = []
  /// The words of each output that the equal-token variants of lexical measures look at.
  var textWindow: Int?
  /// How outputs were clustered.
  var clustering: Clustering?

  /// Everything that a number depends on but its inputs, as one line (after sacreBLEU's signature).
  func signature(scope: String, space: String, metric: String, variant: String) -> String {
    var parts = [
      metric + (variant.isEmpty ? "" : "[\(variant)]"), "scope:\(scope)", "space:\(space)",
    ]
    let range = corpus.report.samplesPerPrompt
    let samples =
      range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)"
    parts += ["match:\(settings.match.rawValue)", "n:\(corpus.prompts.count)x\(samples)"]
    if settings.keepsEmpty { parts.append("empty:kept") }
    if let condition = settings.passIf,
      variant == "passing" || variant.hasPrefix("split_") || metric == "pass_rate"
    {
      parts.append("pass:\(condition.text)")
    }
    if settings.reading.stripsThinking { parts.append("think:stripped") }
    if let map, space == map.space {
      let perplexities = map.map.perplexities.map { DecimalText.shortest($0) }
      parts.append("perplexity:\(perplexities.joined(separator: "+"))")
      if map.settings.lateExaggeration != 1 {
        parts.append("exaggeration:\(DecimalText.shortest(map.settings.lateExaggeration))")
      }
    } else if !["embedding", "text", "logprob"].contains(space) {
      parts.append(
        "basis:\(settings.basis.word)" + (basisSHA256.map { "@\($0.prefix(8))" } ?? ""))
    }
    if space == "text" {
      parts.append("win:" + (variant.hasSuffix("w") ? "\(textWindow ?? 0)words" : "none"))
    } else if space != "logprob" {
      parts += [
        "emb:\(embedded.name)@\(SHA256.hexadecimal(of: embedded.fingerprint).prefix(8))",
        "win:\(window)",
      ]
    }
    parts += [
      "cmp:\(settings.inference.comparisons.rawValue)",
      "B:\(settings.inference.resamples)", "P:\(settings.inference.permutations)",
      "seed:\(settings.inference.seed)", "v:\(ambitVersion)",
    ]
    return parts.joined(separator: "|")
  }

  /// `254tok` where outputs were cut, `pool254` where they were read window by window, else `none`.
  private var window: String {
    embedded.window.map { "\($0)tok" } ?? embedded.pooledWindow.map { "pool\($0)" } ?? "none"
  }

  /// The inputs by name and content.
  var inputs: JSON {
    .array(
      corpus.checkpoints.map { checkpoint in
        var input: JSONObject = [
          "checkpoint": .string(checkpoint.name), "sha256": .string(checkpoint.source.sha256),
        ]
        if !checkpoint.source.decoding.isEmpty { input["decoding"] = checkpoint.decodingJSON }
        return .object(input)
      })
  }

  /// What every caption says besides: what was left out, and how outputs were decoded where it is known.
  var sentences: [String] {
    var sentences: [String] = []
    if !skipped.isEmpty {
      sentences.append("Left out, as they could not be read: \(skipped.joined(separator: ", ")).")
    }
    if corpus.checkpoints.contains(where: { !$0.source.decoding.isEmpty }) {
      let groups = DecodingGroups(corpus.checkpoints)
      sentences.append(
        groups.all.count == 1
          ? "Decoding: \(groups.all[0].text)." : "Decoding differs: \(groups.description).")
    }
    return sentences
  }

  /// The statistical settings.
  var statistics: JSON {
    var facts: JSONObject = [
      "match": .string(settings.match.rawValue), "keep_empty": .boolean(settings.keepsEmpty),
      "strip_think": .boolean(settings.reading.stripsThinking),
      "pass_if": settings.passIf.map { .string($0.text) } ?? .null,
      "halves": .boolean(settings.embedsHalves),
      "basis": .string(settings.basis.word),
      "basis_sha256": basisSHA256.map { .string($0) } ?? .null,
      "center": .string(settings.center.rawValue),
      "map": map.map { .object($0.settings.json(of: $0.map)) } ?? .null,
      "text_window_words": textWindow.map { .integer($0) } ?? .null,
      "cluster_radius": clustering?.radius.map { .number($0) } ?? .null,
      "clusters": clustering?.clusterCount.map { .integer($0) } ?? .null,
      "compare": .string(settings.inference.comparisons.rawValue),
      "resamples": .integer(settings.inference.resamples),
      "permutations": .integer(settings.inference.permutations),
      "seed": .string(String(settings.inference.seed)), "force": .boolean(settings.force),
    ]
    if !skipped.isEmpty { facts["left_out"] = .array(skipped.map { .string($0) }) }
    if !corpus.lineages.isEmpty {
      facts["lineages"] = .array(
        corpus.lineages.map { lineage in
          [
            "name": .string(lineage.name),
            "checkpoints": .array(
              lineage.members.map { .string(corpus.checkpointNames[$0]) }),
          ]
        })
    }
    // p_adjusted depends on how many measures there are.
    if let chosen = settings.measures {
      facts["measures"] = .array(chosen.words.map { .string($0) })
    }
    return .object(facts)
  }

  var embedder: JSON { .object(EmbedderStatement(embedded).facts) }

  /// For the text chunks of a figure.
  var figureNotes: [FigureNote] {
    let writer = JSONWriter()
    return [
      FigureNote("Software", "Ambit \(ambitVersion)"),
      FigureNote("Ambit inputs", writer.string(inputs)),
      FigureNote("Ambit embedder", writer.string(embedder)),
      FigureNote("Ambit statistics", writer.string(statistics)),
    ]
  }
}
