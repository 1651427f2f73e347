import AmbitFormats
import AmbitMatrix
import AmbitMeasures

/// Checkpoints in order, in words: the trend, and what each stage lost.
struct LineageText {
  let lineage: Lineage

  var sentences: [String] {
    var sentences = [
      "Dispersion within prompts over \(lineage.checkpoints.joined(separator: " → ")) "
        + "(\(lineage.prompts) prompts): \(Ratio(logarithm: lineage.change).text)"
        + Self.interval(lineage.changeInterval) + "."
    ]
    if let p = lineage.trendP {
      let direction = lineage.isFalling ? "downward" : "upward"
      sentences.append(
        p <= 0.05
          ? "The trend is \(direction) (Page's test, \(Self.p(p)))."
          : "No clear trend (Page's test, \(Self.p(p))).")
    }
    if let slope = lineage.slope {
      let range = lineage.slopeInterval.map {
        " (\(Self.signed($0.low)) to \(Self.signed($0.high)))"
      }
      sentences.append(
        "Slope of log dispersion against log step: \(Self.signed(slope))\(range ?? "").")
    }
    // One stage is the whole, which the first sentence has said.
    return lineage.stages.count > 1 ? sentences + lineage.stages.map(Self.stage) : sentences
  }

  private static func stage(_ stage: Lineage.Stage) -> String {
    var text =
      "\(stage.from) → \(stage.to): \(Ratio(logarithm: stage.change).text)"
      + interval(stage.changeInterval)
    if let share = stage.share {
      text += ", \(percent(share)) of the whole change"
      if let range = stage.shareInterval {
        text += " (\(percent(range.low)) to \(percent(range.high)))"
      }
    }
    return text + "."
  }

  private static func interval(_ interval: Interval?) -> String {
    interval.map {
      " (\(Ratio(logarithm: $0.low).text) to \(Ratio(logarithm: $0.high).text))"
    } ?? ""
  }

  private static func p(_ value: Double) -> String {
    value < 0.001 ? "p < 0.001" : "p = " + DecimalText.fixed(value, decimals: 3)
  }

  private static func percent(_ share: Double) -> String {
    "\(signed(100 * share, decimals: 0)) %"
  }

  private static func signed(_ value: Double, decimals: Int = 2) -> String {
    let text = DecimalText.fixed(value, decimals: decimals)
    return text.hasPrefix("-") ? "−" + text.dropFirst() : text
  }
}
