public import AmbitMatrix

/// The exact nearest neighbours of rows, nearest first.
///
/// Two neighbours at the same distance (of all digits in `Double`) stand in the order of their rows.
/// So the list is one and the same for any thread count and any BLAS.
public struct NearestNeighbours: Equatable, Sendable {
  /// How many neighbours each row has.
  public let neighbourCount: Int
  /// `n × k`, row after row: which rows are near.
  public let indices: [Int32]
  /// `n × k`: how far they are, in the metric that was asked for.
  public let distances: [Float]

  /// How many rows were asked for.
  public var rowCount: Int { neighbourCount > 0 ? indices.count / neighbourCount : 0 }

  /// The neighbours of row `row`, nearest first.
  public func indices(of row: Int) -> ArraySlice<Int32> {
    indices[row * neighbourCount..<(row + 1) * neighbourCount]
  }

  /// The neighbours of each row among the other rows of the same matrix; a row is not its own.
  ///
  /// Products of blocks by SGEMM, a running list of the nearest, then distances anew in `Double` for
  /// all that single precision cannot tell from the *k*-th: the result is that of a search by brute
  /// force in `Double`. O(n²·d) time, O(n·k) memory and one block a thread.
  ///
  /// - Parameters:
  ///   - rows: finite and shorter than 10¹⁷ (their squares must fit single precision); a trap
  ///     otherwise.
  ///   - count: how many neighbours, from 0 to one less than there are rows.
  public init(
    of rows: Matrix, count: Int, metric: NeighbourMetric = .euclidean, workers: Workers
  ) {
    precondition(count >= 0 && count < max(1, rows.rowCount), "a row has n − 1 others")
    self.init(
      search: NeighbourSearch(queries: rows, rows: rows, excludesOwnRow: true, metric: metric),
      count: count, workers: workers)
  }

  /// The rows of `rows` that are nearest to each row of `queries`; rules and complexity as above, with
  /// the product of the two counts in place of n².
  public init(
    of queries: Matrix, among rows: Matrix, count: Int, metric: NeighbourMetric = .euclidean,
    workers: Workers
  ) {
    precondition(count >= 0 && count <= rows.rowCount, "no more neighbours than rows")
    self.init(
      search: NeighbourSearch(queries: queries, rows: rows, excludesOwnRow: false, metric: metric),
      count: count, workers: workers)
  }

  private init(search: NeighbourSearch, count: Int, workers: Workers) {
    self.init(rowCount: search.queries.rowCount, count: count) { near, far in
      // Each block writes the lists of its own queries.
      nonisolated(unsafe) let (near, far) = (near, far)
      workers.forEachBlock(of: search.queries.rowCount, size: NeighbourSearch.blockRows) {
        search.run($0, count: count, indices: near, distances: far)
      }
    }
  }

  /// Lists that `find` writes, all `rowCount × count` of both.
  init(
    rowCount: Int, count: Int,
    find: (_ indices: UnsafeMutablePointer<Int32>, _ distances: UnsafeMutablePointer<Float>) -> Void
  ) {
    neighbourCount = count
    let cells = rowCount * count
    var distances: [Float] = []
    indices = [Int32](unsafeUninitializedCapacity: cells) { indices, indexCount in
      distances = [Float](unsafeUninitializedCapacity: cells) { distances, distanceCount in
        if count > 0, let near = indices.baseAddress, let far = distances.baseAddress {
          find(near, far)
        }
        distanceCount = cells
      }
      indexCount = cells
    }
    self.distances = distances
  }
}
