/// How many neighbours a row effectively has, as a user writes it: `30`, or several scales: `30,300`.
public struct PerplexityList: Sendable, Equatable {
  /// In the order in which they were written.
  public let values: [Double]

  /// Reads numbers separated by commas; nil where one is none. Their range is checked with the map.
  public init?(_ text: String) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    values = parts.compactMap { Double($0.filter { !$0.isWhitespace }) }
    guard !values.isEmpty, values.count == parts.count else { return nil }
  }
}
