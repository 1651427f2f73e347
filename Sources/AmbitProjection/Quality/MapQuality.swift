public import AmbitMatrix

/// How well a map keeps the neighbourhoods and distances of rows (Euclidean).
///
/// Over the k nearest: *trustworthiness* falls with each point that is near in the map and not among
/// the rows, by how far down it ranks among the rows; *continuity* the other way round; *recall* is the
/// share of a row's neighbours that are neighbours in the map. 1 is best for all three; a map at
/// random has a recall of about k/n. *Shepard's ρ* is the rank correlation of distances of pairs.
///
/// All rows up to 10,000, else that many chosen by the seed; ρ from 200,000 pairs chosen by the seed
/// (all where there are fewer). Source: Venna & Kaski 2001; for its parameters see scikit-learn.
public struct MapQuality: Sendable {
  /// The rows that count, in rising order.
  public let rows: [Int]
  /// How many neighbours a neighbourhood has.
  public let neighbourCount: Int
  /// The figures over all rows that count.
  public let overall: Figures

  /// The figures of some rows of a map.
  public struct Figures: Equatable, Sendable {
    /// From 0 to 1, as of scikit-learn's `trustworthiness`.
    public let trustworthiness: Double
    /// From 0 to 1.
    public let continuity: Double
    /// From 0 to 1.
    public let neighbourRecall: Double
    /// From −1 to 1; NaN where all distances of one kind are equal.
    public let shepardCorrelation: Double
    /// How many rows they are about.
    public let rowCount: Int
  }

  /// Most rows that are looked at.
  public static let rowLimit = 10_000
  /// Most pairs whose distances are ranked.
  public static let pairLimit = 200_000

  let original: Matrix
  let map: Matrix
  private let seed: UInt64
  private let losses: [NeighbourhoodLoss]

  /// Compares a map with its rows. O(m²·(d + k)) for m rows that count.
  ///
  /// - Parameters:
  ///   - map: one point a row, of any width.
  ///   - neighbourCount: k; lowered to less than half of the rows that count.
  /// - Throws: `ProjectionError` where the counts differ, for fewer than four rows, numbers that
  ///   are not finite, and rows longer than 10¹⁷.
  public init(
    of map: Matrix, rows: Matrix, neighbourCount: Int = 15, seed: UInt64 = 0, workers: Workers
  ) throws(ProjectionError) {
    guard map.rowCount == rows.rowCount else {
      throw ProjectionError(.mapRows(map: map.rowCount, rows: rows.rowCount))
    }
    guard rows.rowCount >= 4 else { throw ProjectionError(.tooFewRows(rows.rowCount)) }
    try rows.requireMeasurableRows()
    try map.requireMeasurableRows()
    let chosen = Self.choice(rows.rowCount, seed: seed)
    self.rows = chosen
    original = chosen.count == rows.rowCount ? rows : rows.rows(chosen)
    self.map = chosen.count == rows.rowCount ? map : map.rows(chosen)
    self.seed = seed
    let count = max(1, min(neighbourCount, (chosen.count - 1) / 2))
    self.neighbourCount = count
    losses = NeighbourhoodLoss.all(
      original: original, map: self.map, count: count, workers: workers)
    overall = Self.figures(
      Array(0..<chosen.count), losses: losses, count: count, original: original, map: self.map,
      seed: seed)
  }

  /// The figures of some of the rows, such as those of one checkpoint: their neighbourhoods among all
  /// rows, and the distances of pairs within them. Rows that do not count are left out; nil where none
  /// is left.
  ///
  /// - Parameter subset: rows of the whole matrix.
  public func figures(of subset: Range<Int>) -> Figures? {
    let places = rows.indices.filter { subset.contains(rows[$0]) }
    guard !places.isEmpty else { return nil }
    return Self.figures(
      places, losses: losses, count: neighbourCount, original: original, map: map, seed: seed)
  }

  private static func choice(_ count: Int, seed: UInt64) -> [Int] {
    guard count > rowLimit else { return Array(0..<count) }
    var all = Array(0..<count)
    var random = SplitMix64(seed: seed, stream: 0x9a11)
    random.shuffle(&all)
    return all.prefix(rowLimit).sorted()
  }

  private static func figures(
    _ places: [Int], losses: [NeighbourhoodLoss], count: Int, original: Matrix, map: Matrix,
    seed: UInt64
  ) -> Figures {
    let (n, k) = (Double(losses.count), Double(count))
    let scale = 2 / (Double(places.count) * k * (2 * n - 3 * k - 1))
    var (trust, continuity, kept) = (0.0, 0.0, 0.0)
    for place in places {
      trust += losses[place].intruders
      continuity += losses[place].strays
      kept += Double(losses[place].kept)
    }
    return Figures(
      trustworthiness: 1 - scale * trust, continuity: 1 - scale * continuity,
      neighbourRecall: kept / (Double(places.count) * k),
      shepardCorrelation: ShepardCorrelation.value(
        original: original, map: map, rows: places, pairLimit: pairLimit, seed: seed),
      rowCount: places.count)
  }
}
