public import AmbitMatrix

/// Nearest neighbours (Euclidean) of which a few may be missed, where that is faster.
///
/// k-means on a seeded sample puts the rows into about √n cells (an inverted file), and each row searches
/// the cells whose centres are nearest to it, by SGEMM. Into how many it looks follows from 256 rows
/// whose neighbours are found exactly: as many as hold 98.5 % of those. The recall is then measured on
/// 1,000 other rows. The same rows and seed give the same lists for any thread count. Distances are those
/// of the rows about their mean in single precision; ties as in `NearestNeighbours`.
///
/// O(n²·d·s) for the share s of all rows that a row is compared with: 0.03 among clear groups, 0.4
/// among sentences, 1 in noise. Memory O(n·(k + d)).
public struct ApproximateNeighbours: Sendable {
  /// What was found, nearest first.
  public let neighbours: NearestNeighbours
  /// The share of the exact neighbours that was found, over 1,000 rows chosen by the seed.
  public let recall: Double
  /// How many cells there were.
  public let cellCount: Int
  /// Into how many of them each row looked.
  public let probeCount: Int

  /// Fewer rows are searched exactly: that takes a second or so, and misses none.
  public static let leastRowCount = 20_000
  /// With more of the rows to be compared with, the exact search is about as fast: small products cost
  /// up to half again as much for each pair.
  static let largestShare = 0.5
  /// The share of the neighbours that the cells must hold.
  static let wantedShare = 0.985
  static let calibrationRows = 256
  static let judgedRows = 1000

  /// The neighbours of each row among the other rows; nil where the exact search is faster: for fewer than
  /// 20,000 rows, and where rows are spread so evenly that most cells had to be searched.
  ///
  /// - Parameters:
  ///   - rows: finite and shorter than 10¹⁷; a trap otherwise.
  ///   - count: how many neighbours, less than there are rows.
  public init?(of rows: Matrix, count: Int, seed: UInt64 = 0, workers: Workers) {
    guard rows.rowCount >= Self.leastRowCount else { return nil }
    self.init(
      of: rows, count: count, largestShare: Self.largestShare, seed: seed, workers: workers)
  }

  /// The same for any row count; nil where more than `largestShare` of the rows had to be looked at.
  package init?(
    of rows: Matrix, count: Int, largestShare: Double, seed: UInt64, workers: Workers
  ) {
    precondition(count >= 1 && count < rows.rowCount, "a row has n − 1 others")
    let cells = NeighbourCells(
      of: rows, cellCount: Self.cellCount(rows.rowCount), seed: seed, workers: workers)
    let sample = NeighbourSample(
      of: rows, size: Self.calibrationRows + Self.judgedRows, count: count, seed: seed,
      workers: workers)
    let plan = sample.plan(
      for: cells, rows: 0..<min(Self.calibrationRows, sample.rows.count / 2),
      wantedShare: Self.wantedShare)
    guard plan.share <= largestShare else { return nil }
    neighbours = CellSearch(cells, probeCount: plan.probeCount)
      .neighbours(count: count, workers: workers)
    recall = sample.recall(
      of: neighbours, rows: min(Self.calibrationRows, sample.rows.count / 2)..<sample.rows.count)
    cellCount = cells.count
    probeCount = plan.probeCount
  }

  /// √n, a multiple of sixteen.
  static func cellCount(_ rowCount: Int) -> Int {
    max(16, Int(Double(rowCount).squareRoot() / 16) * 16)
  }
}
