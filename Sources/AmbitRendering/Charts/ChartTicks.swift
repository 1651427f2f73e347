#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The ticks of an axis of known length: a few labels that do not touch, and on a logarithmic axis
/// unlabelled ticks between them.
package struct ChartTicks: Sendable, Equatable {
  /// A place with what is written there.
  package struct Tick: Sendable, Equatable {
    package var place: Double
    package var label: StyledText
  }

  package private(set) var labelled: [Tick] = []
  package private(set) var unlabelled: [Double] = []
  /// The power of ten that all labels leave out.
  package private(set) var exponentLabel: StyledText?
  /// Labels of categories, which may have several lines or stand upright.
  package private(set) var categories: CategoryLabels?

  /// Ticks for a horizontal axis of `length` points, whose labels may reach `margin` beyond its ends.
  package init(
    across axis: ChartAxis, length: Double, margin: Double, font: Font, measure: TextMeasure
  ) {
    switch axis.scale {
    case .linear:
      let ticks = AxisTicks.fitting(
        limits: axis.limits, length: length, margin: margin, gap: font.size * 0.9,
        wanted: Self.wanted(length / font.size / 6)
      ) { measure.width(of: $0, font: font) }
      adopt(ticks)
      drop(beyond: margin, axis: axis, length: length) { measure.extent(of: $0, font: font).width }
    case .logarithmic:
      addLogarithmic(axis, length: length, gap: font.size * 0.9) {
        measure.extent(of: $0, font: font).width
      }
      drop(beyond: margin, axis: axis, length: length) { measure.extent(of: $0, font: font).width }
    case .categories(let names):
      categories = CategoryLabels(
        names, slot: length / Double(max(names.count, 1)), font: font, measure: measure)
    case .bare: break
    }
  }

  /// Ticks for a vertical axis of `length` points. Names of categories take at most `room` points.
  package init(
    up axis: ChartAxis, length: Double, room: Double, font: Font, measure: TextMeasure
  ) {
    switch axis.scale {
    case .linear:
      adopt(
        AxisTicks.fitting(
          limits: axis.limits, length: length, margin: font.size * 0.5, gap: font.size * 0.8,
          wanted: Self.wanted(length / font.size / 4)
        ) { _ in font.size })
    case .logarithmic: addLogarithmic(axis, length: length, gap: font.size * 0.6) { _ in font.size }
    case .categories(let names):
      categories = CategoryLabels(
        beside: names, slot: length / Double(max(names.count, 1)), room: room, font: font,
        measure: measure)
    case .bare: break
    }
  }

  /// Three labels suit a small frame, six a large one.
  private static func wanted(_ count: Double) -> Int { min(max(Int(count), 3), 6) }

  private mutating func adopt(_ ticks: AxisTicks) {
    labelled = zip(ticks.values, ticks.labels).map { Tick(place: $0, label: StyledText($1)) }
    exponentLabel = ticks.exponentLabel
  }

  /// Leaves out what would reach beyond the ends of a horizontal axis.
  private mutating func drop(
    beyond margin: Double, axis: ChartAxis, length: Double, _ width: (StyledText) -> Double
  ) {
    let scale = length / (axis.limits.upperBound - axis.limits.lowerBound)
    let isOut = { (tick: Tick) in
      let middle = (tick.place - axis.limits.lowerBound) * scale
      let half = width(tick.label) / 2
      return middle - half < -margin || middle + half > length + margin
    }
    unlabelled += labelled.filter(isOut).map(\.place)
    labelled.removeAll(where: isOut)
  }

  // MARK: Logarithms

  private mutating func addLogarithmic(
    _ axis: ChartAxis, length: Double, gap: Double, _ size: (StyledText) -> Double
  ) {
    let start = axis.zeroPlace.map { $0 + 0.05 } ?? axis.limits.lowerBound
    let range = (start - 1e-9)...(axis.limits.upperBound + 1e-9)
    let first = Int(range.lowerBound.rounded(.down))
    let last = Int(range.upperBound.rounded(.up))
    let all = (first...last).flatMap { power in
      (1...9).map { (factor: $0, power: power, place: log10(Double($0)) + Double(power)) }
    }.filter { range.contains($0.place) }
    let scale = length / (axis.limits.upperBound - axis.limits.lowerBound)
    let arePowers = first < -3 || last > 5
    let zero = axis.zeroPlace.map { [Tick(place: $0, label: "0")] } ?? []

    func ticks(_ factors: Set<Int>, every: Int) -> [Tick] {
      all.filter { factors.contains($0.factor) && $0.power.isMultiple(of: every) }.map {
        Tick(
          place: $0.place,
          label: Self.label(factor: $0.factor, power: $0.power, isPower: arePowers))
      }
    }
    func fits(_ ticks: [Tick]) -> Bool {
      zip(ticks, ticks.dropFirst()).allSatisfy {
        ($1.place - $0.place) * scale >= (size($0.label) + size($1.label)) / 2 + gap
      }
    }
    let isShort = all.count { $0.factor == 1 } < 2
    let dense: [Set<Int>] =
      isShort
      ? [[1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 5], [1, 3], [2, 5], [1], [5], [3], [2]] : [[1]]
    let candidates = dense.map { ticks($0, every: 1) } + (2...20).map { ticks([1], every: $0) }
    labelled = zero + (candidates.first { !$0.isEmpty && fits(zero + $0) } ?? [])
    if labelled.count == zero.count, let any = all.last {
      labelled.append(
        Tick(
          place: any.place,
          label: Self.label(factor: any.factor, power: any.power, isPower: arePowers)))
    }
    let taken = Set(labelled.map(\.place))
    // Over many decades the small ticks would be a hatching.
    let isFine = Double(all.count) * 2 < length
    unlabelled = all.filter { !taken.contains($0.place) && (isFine || $0.factor == 1) }.map(\.place)
  }

  private static func label(factor: Int, power: Int, isPower: Bool) -> StyledText {
    if isPower {
      let exponent = StyledText.superscript(DecimalText.typographic(String(power)))
      return factor == 1 ? "10" + exponent : StyledText("\(factor)·10") + exponent
    }
    if power >= 0 { return StyledText(DecimalText.grouped(factor * Int(pow(10, Double(power))))) }
    let value = Double(factor) * pow(10, Double(power))
    return StyledText(DecimalText.fixed(value, decimals: -power))
  }
}
