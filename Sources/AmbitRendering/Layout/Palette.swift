/// The colours and symbols of a figure's checkpoints. The baseline is grey and a circle.
public struct Palette: Sendable, Hashable {
  /// One for each checkpoint that is not the baseline, in order.
  public let colours: [Colour]
  /// The symbols that go with the colours.
  public let shapes: [MarkerShape]
  /// How the overlay's lines are dashed, which tells lines of the same colour apart; empty: solid.
  public let dashes: [[Double]]
  /// Whether the colours are steps of a ramp, light to dark.
  public let isRamp: Bool

  /// Okabe and Ito's colours for the colour-blind (2008), without the yellow, which is not seen on
  /// white, in an order that keeps neighbours apart in grey print too.
  public static let okabeIto = [
    Colour(0x0072B2), Colour(0xD55E00), Colour(0x009E73), Colour(0xCC79A7), Colour(0xE69F00),
    Colour(0x56B4E9), Colour(0x000000),
  ]

  /// Light to dark, also in grey print; after matplotlib's "plasma", backwards, without its yellow.
  public static let rampStops = [
    Colour(0xFBA238), Colour(0xE16462), Colour(0xB12A90), Colour(0x6A00A8), Colour(0x0D0887),
  ]

  /// Of the baseline's own cloud and lines.
  public static let baseline = Colour.grey(0.42)
  /// Of the baseline's points behind another cloud.
  public static let ghost = Colour.grey(0.62)

  /// Seven colours with seven symbols. For more ordered checkpoints a ramp of dots; for more of no
  /// order the colours come again with other symbols and dashes, so that 28 lines and 49 symbols
  /// differ.
  public init(count: Int, isOrdered: Bool = true) {
    let hueCount = Self.okabeIto.count
    isRamp = isOrdered && count > hueCount
    if isRamp {
      colours = (0..<count).map { Self.ramp(at: Double($0) / Double(count - 1)) }
      shapes = Array(repeating: .circle, count: count)
      dashes = Array(repeating: [], count: count)
    } else {
      // The circle is the baseline's.
      let symbols = MarkerShape.allCases.dropFirst().prefix(hueCount)
      colours = (0..<count).map { Self.okabeIto[$0 % hueCount] }
      shapes = (0..<count).map {
        symbols[symbols.startIndex + ($0 % hueCount + $0 / hueCount) % symbols.count]
      }
      dashes = (0..<count).map { Self.dashPatterns[$0 / hueCount % Self.dashPatterns.count] }
    }
  }

  /// The colour of the checkpoint at that place behind the baseline; the baseline's where nil.
  func colour(ofOther place: Int?) -> Colour { place.map { colours[$0] } ?? Self.baseline }
  /// The symbol of the checkpoint at that place behind the baseline; the baseline's where nil.
  func shape(ofOther place: Int?) -> MarkerShape { place.map { shapes[$0] } ?? .circle }

  /// Ends are round, so that a mark of next to no length is a dot.
  private static let dashPatterns: [[Double]] = [[], [5, 2.2], [0.05, 2], [5, 2, 0.05, 2]]

  /// The ramp's colour at `fraction`, mixed in OKLab.
  public static func ramp(at fraction: Double) -> Colour {
    let place = min(max(fraction, 0), 1) * Double(rampStops.count - 1)
    let first = min(Int(place), rampStops.count - 2)
    return OKLab(rampStops[first]).mixed(
      with: OKLab(rampStops[first + 1]), fraction: place - Double(first)
    ).colour
  }
}
