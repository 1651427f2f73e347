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

  /// The theme whose colours these are.
  public let theme: Theme

  /// The colours of `Theme.light`.
  public static let okabeIto = Theme.light.categories

  /// Seven colours with seven symbols. For more ordered checkpoints a ramp of dots; for more of no
  /// order the colours come again with other symbols and dashes, so that 28 lines and 49 symbols
  /// differ.
  public init(count: Int, isOrdered: Bool = true, theme: Theme = .light) {
    self.theme = theme
    let hues = theme.categories
    let hueCount = hues.count
    isRamp = isOrdered && count > hueCount
    if isRamp {
      colours = (0..<count).map { theme.ramp(at: Double($0) / Double(count - 1)) }
      shapes = Array(repeating: .circle, count: count)
      dashes = Array(repeating: [], count: count)
    } else {
      // The circle is the baseline's.
      let symbols = MarkerShape.allCases.dropFirst().prefix(hueCount)
      colours = (0..<count).map { hues[$0 % hueCount] }
      shapes = (0..<count).map {
        symbols[symbols.startIndex + ($0 % hueCount + $0 / hueCount) % symbols.count]
      }
      dashes = (0..<count).map { Self.dashPatterns[$0 / hueCount % Self.dashPatterns.count] }
    }
  }

  /// The colour of the checkpoint at that place behind the baseline; the baseline's where nil.
  func colour(ofOther place: Int?) -> Colour { place.map { colours[$0] } ?? theme.baseline }
  /// The symbol of the checkpoint at that place behind the baseline; the baseline's where nil.
  func shape(ofOther place: Int?) -> MarkerShape { place.map { shapes[$0] } ?? .circle }

  /// Ends are round, so that a mark of next to no length is a dot.
  private static let dashPatterns: [[Double]] = [[], [5, 2.2], [0.05, 2], [5, 2, 0.05, 2]]
}
