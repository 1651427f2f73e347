package import AmbitFormats

/// How a distilled model does on texts that it was not fitted to.
public struct DistillationReport: Sendable {
  /// A part of the held-out texts.
  public struct Part: Sendable {
    /// Which texts: `all`, a range of word counts, a family of sources.
    public let label: String
    /// How near the model is to its teacher there.
    public let fidelity: EmbeddingFidelity
  }

  /// How well cosines tell pairs that people judged the same from others: areas under the curve.
  public struct Judgement: Sendable {
    /// The distilled model's.
    public let model: Double
    /// The teacher's.
    public let teacher: Double
    /// How many pairs were judged.
    public let pairCount: Int
  }

  /// All texts, then by length, then by family.
  public var parts: [Part] = []
  /// The pairs that people judged, where some were given.
  public var judgement: Judgement?
  /// Pieces fitted to.
  public var fitCount: Int
  /// The penalty taken, of those tried.
  public var penalty: Double
  /// What the vector that all texts share was divided by, so that texts spread as the teacher's do.
  public var meanGain: Double
  /// The same for the frame, which tells most in short texts.
  public var frameGain: Double
  var trials: [DistillationFit.Trial]

  /// The report as a table for people, with a line that explains each column.
  public var text: String {
    var rows = [
      ["held-out texts", "pieces", "cosines", "dispersion", "within passages"]
    ]
    rows += parts.map { part in
      [
        part.label, "\(part.fidelity.textCount)", Self.figure(part.fidelity.cosineRankCorrelation),
        Self.signed(part.fidelity.logDispersionRatio),
        part.fidelity.groupRankCorrelation.map(Self.figure) ?? "–",
      ]
    }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    var text = ""
    for row in rows {
      let cells = row.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 ? cell + padding : padding + cell
      }
      text += cells.joined(separator: "  ") + "\n"
    }
    text += """
      cosines: Spearman's correlation with the teacher's, over pairs of texts. dispersion: log of its ratio
      to the teacher's. within passages: Spearman's correlation over passages of the dispersion within each.
      Fitted to \(fitCount) pieces, penalty \(DecimalText.shortest(penalty)), gains \
      \(DecimalText.fixed(meanGain, decimals: 2)) and \(DecimalText.fixed(frameGain, decimals: 2)).

      """
    if let judgement {
      text += """
        pairs judged by people: area under the curve \(Self.figure(judgement.model)), the teacher's \
        \(Self.figure(judgement.teacher)), \(judgement.pairCount) pairs

        """
    }
    return text
  }

  private static func figure(_ value: Double) -> String { DecimalText.fixed(value, decimals: 3) }

  private static func signed(_ value: Double) -> String {
    (value < 0 ? "" : "+") + figure(value)
  }

  /// The report as JSON, for `report.json` and `--json`.
  package var json: JSON {
    [
      "fitted_texts": .integer(fitCount),
      "penalty": .number(penalty),
      "mean_gain": .number(meanGain),
      "frame_gain": .number(frameGain),
      "penalties": .array(
        trials.map { trial in
          [
            "penalty": .number(trial.penalty), "iterations": .integer(trial.iterationCount),
            "residual": .number(trial.residual),
            "cosine_rank_correlation": .number(trial.rankCorrelation),
          ]
        }),
      "held_out": .array(
        parts.map { part in
          [
            "texts": .string(part.label), "count": .integer(part.fidelity.textCount),
            "cosine_rank_correlation": .number(part.fidelity.cosineRankCorrelation),
            "log_dispersion_ratio": .number(part.fidelity.logDispersionRatio),
            "passage_dispersion_rank_correlation":
              part.fidelity.groupRankCorrelation.map { .number($0) } ?? .null,
          ]
        }),
      "judged_pairs": judgement.map { judgement in
        [
          "count": .integer(judgement.pairCount), "area_under_curve": .number(judgement.model),
          "teacher_area_under_curve": .number(judgement.teacher),
        ]
      } ?? .null,
    ]
  }
}
