/// The frame of a chart's panel on the page, and where values stand in it.
package struct ChartFrame: Sendable {
  /// On the page.
  package let frame: Rectangle
  package let x: ChartAxis
  package let y: ChartAxis
  package let settings: FigureSettings

  package var theme: Theme { settings.theme }

  package func pageX(_ value: Double) -> Double { frame.x + x.fraction(value) * frame.width }
  /// Values grow upwards; categories go down the page, as in a table.
  package func pageY(_ value: Double) -> Double {
    if case .categories = y.scale { return frame.y + y.fraction(value) * frame.height }
    return frame.maxY - y.fraction(value) * frame.height
  }
  package func page(_ x: Double, _ y: Double) -> SIMD2<Double> { SIMD2(pageX(x), pageY(y)) }

  /// Points that stand in the data plane of linear axes.
  package var panel: Panel { Panel(frame: frame, limits: DataLimits(x: x.limits, y: y.limits)) }

  // MARK: Lines and bands of reference

  /// A line across the whole frame at height `y`.
  package func lineAcross(_ y: Double, _ stroke: Stroke) -> Mark {
    let height = pageY(y)
    return .path(
      .line(from: SIMD2(frame.x, height), to: SIMD2(frame.maxX, height)), fill: nil, stroke: stroke)
  }

  /// A line from the bottom of the frame to its top.
  package func lineUp(_ x: Double, _ stroke: Stroke) -> Mark {
    let place = pageX(x)
    return .path(
      .line(from: SIMD2(place, frame.maxY), to: SIMD2(place, frame.y)), fill: nil, stroke: stroke)
  }

  /// The part of the frame between two heights, filled.
  package func bandAcross(_ range: ClosedRange<Double>, _ colour: Colour) -> Mark {
    let top = min(max(pageY(range.upperBound), frame.y), frame.maxY)
    let bottom = min(max(pageY(range.lowerBound), frame.y), frame.maxY)
    return fill(x: frame.x, top, width: frame.width, height: bottom - top, colour)
  }

  /// The part of the page between two values of x and two heights, filled; inside the frame only.
  package func bandUp(
    _ range: ClosedRange<Double>, top: Double, bottom: Double, _ colour: Colour
  ) -> Mark {
    let left = min(max(pageX(range.lowerBound), frame.x), frame.maxX)
    let right = min(max(pageX(range.upperBound), frame.x), frame.maxX)
    return fill(x: left, top, width: right - left, height: bottom - top, colour)
  }

  private func fill(
    x: Double, _ y: Double, width: Double, height: Double, _ colour: Colour
  ) -> Mark {
    .path(
      .rectangle(Rectangle(x: x, y: y, width: width, height: height)), fill: colour, stroke: nil)
  }

  // MARK: Series

  /// One stretch of neighbouring estimates without a gap.
  package typealias Stretch = [(x: Double, estimate: Estimate)]

  /// The stretches of a series between its missing values.
  package static func stretches(_ xs: [Double], _ values: [Estimate?]) -> [Stretch] {
    var stretches: [Stretch] = [[]]
    for (index, x) in xs.enumerated() {
      if x.isFinite, let estimate = values.finite(index) {
        stretches[stretches.count - 1].append((x, estimate))
      } else {
        stretches.append([])
      }
    }
    return stretches.filter { !$0.isEmpty }
  }

  /// The line through the values of each stretch; a lone value has none.
  package func lines(_ stretches: [Stretch], _ stroke: Stroke) -> [Mark] {
    stretches.filter { $0.count > 1 }.map { stretch in
      .path(
        .polyline(stretch.map { page($0.x, $0.estimate.value) }), fill: nil, stroke: stroke)
    }
  }

  /// The band between the ends of the intervals, broken where a value has none.
  package func bands(_ stretches: [Stretch], _ colour: Colour) -> [Mark] {
    stretches.flatMap { stretch in
      stretch.split { $0.estimate.interval == nil }.filter { $0.count > 1 }.map { part in
        let upper = part.map { page($0.x, $0.estimate.interval!.upperBound) }
        let lower = part.map { page($0.x, $0.estimate.interval!.lowerBound) }
        return Mark.path(
          .polyline(upper + lower.reversed(), closed: true), fill: colour, stroke: nil)
      }
    }
  }

  /// Upright interval bars at each value.
  package func intervals(_ stretches: [Stretch], _ stroke: Stroke) -> [Mark] {
    stretches.joined().compactMap { point in
      point.estimate.interval.map { interval in
        .path(
          .line(from: page(point.x, interval.lowerBound), to: page(point.x, interval.upperBound)),
          fill: nil, stroke: stroke)
      }
    }
  }

  /// Symbols on a halo of the background, so that they stand out of lines.
  package func symbols(
    _ shape: MarkerShape, size: Double, colour: Colour, at places: [SIMD2<Double>]
  ) -> [Mark] {
    .symbols(shape, size: size, colour: colour, theme, at: places)
  }
}

extension [Mark] {
  /// Symbols on a halo of the background, so that they stand out of lines; nothing for no place.
  static func symbols(
    _ shape: MarkerShape, size: Double, colour: Colour, _ theme: Theme,
    at places: [SIMD2<Double>]
  ) -> [Mark] {
    if places.isEmpty { return [] }
    let halo = Stroke(theme.background, width: size * 0.2)
    return [
      .markers(Markers(shape, size: size, fill: theme.background, edge: halo, at: places)),
      .markers(Markers(shape, size: size, fill: colour, at: places)),
    ]
  }
}
