import AmbitFormats
import AmbitMatrix
package import AmbitMeasures

/// One primary endpoint of one comparison, with what it says in plain words.
package struct Endpoint {
  package let measurement: Measurement

  package init(_ measurement: Measurement) { self.measurement = measurement }

  /// The study's primary endpoints that compare two checkpoints, in the order of the table.
  package static func all(in measurements: [Measurement]) -> [Endpoint] {
    measurements.filter { $0.isPrimary && !$0.reference.isEmpty }.map { Endpoint($0) }
  }

  /// What is measured, as short as a table cell.
  var subject: String {
    switch (measurement.metric, measurement.scope, measurement.space) {
    case ("dispersion", .within, _): "dispersion within prompts"
    case ("dispersion", .across, _): "dispersion across prompts"
    case ("dispersion", .pooled, _): "dispersion"
    case ("rke", .within, _): "kinds within prompts"
    case ("rke", .across, _): "kinds across prompts"
    case ("rke", .pooled, _): "kinds"
    case ("coverage", _, _): "coverage"
    case ("hull_area", _, "pca2_within"): "95 % hull within prompts"
    case ("hull_area", _, _): "95 % hull"
    default: measurement.metric
    }
  }

  /// The checkpoint's own value to three digits.
  var value: String { measurement.value.map(ShortNumber.text) ?? "–" }

  /// The effect as a change: `−34 %`, or `×12` where it is tenfold or more.
  package var change: String? {
    guard let effect = measurement.effect, measurement.effectKind != .difference else { return nil }
    return Ratio(logarithm: effect).text
  }

  /// The interval of the change: `−37 to −30 %`.
  package var changeInterval: String? {
    guard let interval = measurement.interval, change != nil else { return nil }
    let low = Ratio(logarithm: interval.low)
    let high = Ratio(logarithm: interval.high)
    return high.isManifold ? "\(low.text) to \(high.text)" : "\(low.number) to \(high.text)"
  }

  /// Whether the effect is a loss, where its interval excludes 0.
  var clearDirection: Bool? {
    guard let interval = measurement.interval, let effect = measurement.effect,
      !interval.contains(0)
    else { return nil }
    return effect < 0
  }

  /// What the row says, in one plain sentence without a verdict that the numbers do not carry.
  package var reading: String {
    guard measurement.value != nil else { return "not measured: \(reason)" }
    if measurement.effectKind == nil { return readingAgainstNull }
    guard let effect = measurement.effect else { return "not compared: \(reason)" }
    guard let interval = measurement.interval else { return "no interval: \(reason)" }
    if effect == 0 && interval.low == 0 && interval.high == 0 { return "identical" }
    let isClear = !interval.contains(0)
    guard isClear, let p = measurement.adjustedP, p <= 0.05 else {
      return isClear ? "not settled: the interval excludes 0, p does not" : "no clear change"
    }
    let direction = effect < 0 ? "narrower" : "wider"
    guard let band = measurement.nullBand, band.contains(effect) else { return direction }
    return "\(direction), but no more than two random halves of \(measurement.reference) differ"
  }

  /// What a measure of two sets says, whose value is read against its null band.
  private var readingAgainstNull: String {
    guard let value = measurement.value, let band = measurement.nullBand else {
      return "no null band: \(reason)"
    }
    guard let p = measurement.adjustedP, p <= 0.05 else { return "no clear change" }
    return value < band.low
      ? "parts of \(measurement.reference) are not reached"
      : "lower, but no more than two random halves of \(measurement.reference) differ"
  }

  /// Why a number is missing: the first flag that takes one away.
  var reason: String {
    let takesAway = measurement.flags.first { flag in
      switch flag {
      case .noPrompts, .floored, .halvesByPrompt, .unpaired, .incomplete, .forced: false
      default: true
      }
    }
    return takesAway?.explanation ?? "undefined for these outputs"
  }
}
