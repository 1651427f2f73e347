/// A walk from one row outwards through the rows of its group.
struct NeighbourWalk {
  /// The row and its equals.
  let copies: Int
  private var rowsMet: Int
  private var distinctMet = 0
  /// `log r₅`; nil before five others were met.
  private(set) var logRadius: Double?
  private var firstLog = 0.0
  private var ratio = Double.nan
  private var sumOfLogs = 0.0
  private var share = Double.nan

  init(own: Int) {
    copies = own
    rowsMet = own - 1
    if rowsMet >= NeighbourSums.radiusOrder { logRadius = -.infinity }
  }

  /// Whether no further row can say more.
  var isFinished: Bool { distinctMet >= NeighbourSums.shareOrder }

  /// Takes `count` equal rows at one distance; whether the walk may end.
  mutating func meets(_ count: Int, _ logarithm: Double) -> Bool {
    guard count > 0 else { return false }
    distinctMet += 1
    rowsMet += count
    if logRadius == nil, rowsMet >= NeighbourSums.radiusOrder { logRadius = logarithm }
    if distinctMet == 1 { firstLog = logarithm }
    if distinctMet == 2 { ratio = logarithm - firstLog }
    guard isFinished else {
      sumOfLogs += logarithm
      return false
    }
    share = logarithm - sumOfLogs / Double(NeighbourSums.shareOrder - 1)
    return true
  }

  func add(to sums: inout NeighbourSums, logFloor: Double) {
    sums.rows += copies
    sums.distinct += 1
    sums.logRatios += ratio
    sums.logShares += share
    guard let logRadius else {
      sums.logRadii = .nan
      return
    }
    if logRadius < logFloor { sums.floored += copies }
    sums.logRadii += Double(copies) * max(logRadius, logFloor)
  }
}
