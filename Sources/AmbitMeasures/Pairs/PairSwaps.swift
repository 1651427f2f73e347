package import AmbitMatrix

/// Relabellings of two sets of m rows that exchange row i of one with row i of the other, for some i.
///
/// With `sᵢ = 1` where rows are exchanged, the sum within either set is a constant, plus a linear form of
/// s, plus the same quadratic form of `D(i, j) − D(i, m + j) − D(m + i, j) + D(m + i, m + j)`. So a
/// relabelling takes m²/2 multiply-adds, a quarter of what one of 2m rows takes in general.
struct PairSwaps: Sendable {
  private let form: SymmetricMatrix
  /// Of the first set, then of the second: the sum over its pairs where nothing is exchanged, and what
  /// the exchange of each row alone adds.
  private let sums: [Double]
  private let changes: [[Double]]
  private let total: Double

  /// - Parameter values: of 2m rows, zeros on the diagonal.
  init(_ values: SymmetricMatrix, workers: Workers) {
    let m = values.count / 2
    let groups = (0..<2 * m).map { UInt8($0 < m ? 0 : 1) }
    let rowSums = values.rowSums(groups, groupCount: 2, workers: workers)
    let apart = (0..<m).map { Double(values[$0, m + $0]) }
    sums = [rowSums[0].prefix(m).reduce(0, +), rowSums[1].suffix(m).reduce(0, +)]
    total = rowSums.reduce(0) { $0 + $1.reduce(0, +) }
    changes = [
      (0..<m).map { 2 * (rowSums[0][m + $0] - apart[$0] - rowSums[0][$0]) },
      (0..<m).map { 2 * (rowSums[1][$0] - apart[$0] - rowSums[1][m + $0]) },
    ]
    form = SymmetricMatrix(count: m, workers: workers) { rows, columns, target in
      for i in rows {
        let start = (i - rows.lowerBound) * columns.count - columns.lowerBound
        for j in columns {
          target[start + j] =
            i == j
            ? 0
            : values[i, j] + values[m + i, m + j] - values[i, m + j] - values[m + i, j]
        }
      }
    }
  }

  /// Sums over ordered pairs within the first set and within the second, and over pairs between them.
  ///
  /// - Parameter swaps: 1 where rows are exchanged, else 0; one relabelling a row.
  func sums(of swaps: Matrix) -> [[Double]] {
    let linear = changes.map { swaps.products(with: $0) }
    return form.quadraticForms(of: swaps).enumerated().map { relabelling, square in
      let first = sums[0] + linear[0][relabelling] + square
      let second = sums[1] + linear[1][relabelling] + square
      return [first, second, (total - first - second) / 2]
    }
  }
}

extension PairMatrix {
  /// The means under relabellings of the rows of two checkpoints.
  package func means(
    _ replicates: Int, of labels: StratifiedLabels, workers: Workers
  ) -> [PairMeans] {
    guard labels.isPairs, replicates > 0 else {
      return means(replicates, workers: workers) { labels.write($0, to: &$1) }
    }
    let swaps = PairSwaps(values, workers: workers)
    let (m, size) = (count / 2, 256)
    let blocks = workers.map((replicates + size - 1) / size) { block in
      let range = block * size..<min(replicates, (block + 1) * size)
      var groups = labels.observed
      var isSwapped: [Float] = []
      isSwapped.reserveCapacity(range.count * m)
      for replicate in range {
        labels.write(replicate, to: &groups)
        for row in 0..<m { isSwapped.append(groups[row] == 1 ? 1 : 0) }
      }
      let rows = Matrix(rowCount: range.count, columnCount: m, values: isSwapped)
      return swaps.sums(of: rows).map { finished($0, m, m) }
    }
    return Array(blocks.joined())
  }
}
