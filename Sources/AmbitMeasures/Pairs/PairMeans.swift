package import AmbitMatrix

/// The mean dissimilarity of pairs of different rows within and between two sets.
package struct PairMeans: Equatable, Sendable {
  /// Within the reference.
  package var base: Double
  /// Within the other set.
  package var tuned: Double
  /// Between both.
  package var between: Double

  /// `2 E δ(X, Y) − E δ(X, X′) − E δ(Y, Y′)`; NaN where a set has fewer than two rows.
  package var contrast: Double { 2 * between - base - tuned }

  /// From sums over ordered pairs of different rows, and the numbers of rows.
  init(baseSum: Double, tunedSum: Double, betweenSum: Double, base: Int, tuned: Int) {
    let (n, m) = (Double(base), Double(tuned))
    self.base = base > 1 ? baseSum / (n * (n - 1)) : .nan
    self.tuned = tuned > 1 ? tunedSum / (m * (m - 1)) : .nan
    between = base > 0 && tuned > 0 ? betweenSum / (n * m) : .nan
  }
}

/// A matrix of dissimilarities of all rows of two sets, ready for many regroupings.
///
/// A constant is taken from every pair, which no contrast feels and which keeps the digits of
/// single-precision sums; it is added again to the means. Half of the matrix is kept.
package struct PairMatrix: Sendable {
  let values: SymmetricMatrix
  private let constant: Double
  private let workers: Workers

  /// - Parameters:
  ///   - squares: squared distances of all rows.
  ///   - write: writes δ of so many squared distances.
  package init(
    _ squares: SymmetricMatrix, workers: Workers,
    write: @Sendable (UnsafePointer<Float>, Int, UnsafeMutablePointer<Float>) -> Void
  ) {
    self.init(
      symmetric: squares.mapped(workers: workers) { rows, columns, source, target in
        write(source, rows.count * columns.count, target)
        for row in rows where columns.contains(row) {
          target[(row - rows.lowerBound) * columns.count + row - columns.lowerBound] = 0
        }
      }, workers: workers)
  }

  /// The distances of squared distances.
  package init(distancesOf squares: SymmetricMatrix, workers: Workers) {
    self.init(squares, workers: workers) { squares, count, target in
      for index in 0..<count { target[index] = Float(Double(squares[index]).squareRoot()) }
    }
  }

  /// - Parameter raw: zeros on the diagonal.
  package init(symmetric raw: consuming SymmetricMatrix, workers: Workers) {
    let count = raw.count
    let sums = raw.rowSums(
      [UInt8](repeating: 0, count: count), groupCount: 1, workers: workers)[0]
    let pairs = Double(count) * Double(count - 1)
    let middle = Float(pairs > 0 ? sums.reduce(0, +) / pairs : 0)
    raw.subtractOffDiagonal(middle, workers: workers)
    values = raw
    constant = Double(middle)
    self.workers = workers
  }

  /// The number of rows.
  package var count: Int { values.count }

  /// The means of one grouping: 0 and 1 are the two sets, other rows are left out. O(n²).
  package func means(of groups: [UInt8]) -> PairMeans {
    let sums = values.rowSums(groups, groupCount: 2, workers: workers)
    var total = [0.0, 0, 0]
    for row in 0..<count {
      switch groups[row] {
      case 0: total[0] += sums[0][row]
      case 1: (total[1], total[2]) = (total[1] + sums[1][row], total[2] + sums[0][row])
      default: break
      }
    }
    return finished(total, groups.count { $0 == 0 }, groups.count { $0 == 1 })
  }

  /// The means under many regroupings: one matrix product of 0/1 labels with the dissimilarities.
  ///
  /// n²/2 multiply-adds a regrouping, 2 n² where rows are left out.
  ///
  /// - Parameter write: writes the groups of one replicate, 0, 1, or 2 for left out; a function of the
  ///   replicate's number.
  package func means(
    _ replicates: Int, workers: Workers, write: @Sendable (Int, inout [UInt8]) -> Void
  ) -> [PairMeans] {
    // Each block packs the whole matrix anew, so blocks are large.
    let size = 256
    let rowSums = values.rowSums(
      [UInt8](repeating: 0, count: count), groupCount: 1, workers: workers)[0]
    let total = rowSums.reduce(0, +)
    let blocks = workers.map((replicates + size - 1) / size) { block in
      let range = block * size..<min(replicates, (block + 1) * size)
      return means(of: range, total: total, rowSums: rowSums, write: write)
    }
    return Array(blocks.joined())
  }

  private func means(
    of range: Range<Int>, total: Double, rowSums: [Double],
    write: @Sendable (Int, inout [UInt8]) -> Void
  ) -> [PairMeans] {
    var groups = [UInt8](repeating: 0, count: count)
    var all: [UInt8] = []
    all.reserveCapacity(range.count * count)
    for replicate in range {
      write(replicate, &groups)
      all += groups
    }
    if all.contains(where: { $0 > 1 }) { return means(leavingRowsOut: all) }
    // With all rows in either set, what is not within one is within the other or between both. The
    // smaller of them keeps the more digits.
    let sizes = (0..<range.count).map { own in
      all[own * count..<(own + 1) * count].reduce(0) { $0 + Int($1) }
    }
    let isChosen = [Float](unsafeUninitializedCapacity: all.count) { target, initializedCount in
      all.withUnsafeBufferPointer { all in
        for (own, tuned) in sizes.enumerated() {
          let group: UInt8 = 2 * tuned > count ? 0 : 1
          for index in own * count..<(own + 1) * count {
            target[index] = all[index] == group ? 1 : 0
          }
        }
      }
      initializedCount = all.count
    }
    let chosen = Matrix(rowCount: range.count, columnCount: count, values: isChosen)
    let toAll = chosen.products(with: rowSums)
    return zip(sizes, zip(values.quadraticForms(of: chosen), toAll)).map { tuned, sums in
      let (within, toAll) = sums
      let between = toAll - within
      let rest = total - 2 * between - within
      return finished(
        2 * tuned > count ? [within, rest, between] : [rest, within, between], count - tuned, tuned)
    }
  }

  /// The means of groupings, one after the other, that leave rows out.
  private func means(leavingRowsOut all: [UInt8]) -> [PairMeans] {
    func sums(to group: UInt8) -> Matrix {
      values.products(
        ofRows: Matrix(
          rowCount: all.count / count, columnCount: count, values: all.map { $0 == group ? 1 : 0 }
        ))
    }
    let (toBase, toTuned) = (sums(to: 0), sums(to: 1))
    return (0..<toTuned.rowCount).map { replicate in
      let start = replicate * count
      var sums = [0.0, 0, 0]
      var counts = (0, 0)
      for row in 0..<count {
        let its = all[start + row]
        if its == 1 {
          counts.1 += 1
          sums[1] += Double(toTuned.values[start + row])
        } else if its == 0 {
          counts.0 += 1
          sums[2] += Double(toTuned.values[start + row])
          sums[0] += Double(toBase.values[start + row])
        }
      }
      return finished(sums, counts.0, counts.1)
    }
  }

  /// The means without each unit in turn. O(n²) for all of them.
  ///
  /// - Parameter units: the rows of each unit, which may belong to both sets.
  package func leaveOneOut(_ units: [[Int]], groups: [UInt8], workers: Workers) -> [PairMeans] {
    let rows = values.rowSums(groups, groupCount: 2, workers: workers)
    var whole = [0.0, 0, 0]
    for row in 0..<count {
      if groups[row] == 0 { whole[0] += rows[0][row] }
      if groups[row] == 1 {
        whole[1] += rows[1][row]
        whole[2] += rows[0][row]
      }
    }
    let counts = (groups.count { $0 == 0 }, groups.count { $0 == 1 })
    return units.map { unit in
      var rest = whole
      var left = counts
      for row in unit {
        if groups[row] == 0 {
          left.0 -= 1
          rest[0] -= 2 * rows[0][row]
          rest[2] -= rows[1][row]
        } else if groups[row] == 1 {
          left.1 -= 1
          rest[1] -= 2 * rows[1][row]
          rest[2] -= rows[0][row]
        }
        // Pairs of two rows that both leave were taken away twice.
        for other in unit {
          let value = Double(values[row, other])
          switch (groups[row], groups[other]) {
          case (0, 0): rest[0] += value
          case (1, 1): rest[1] += value
          case (0, 1): rest[2] += value
          default: break
          }
        }
      }
      return finished(rest, left.0, left.1)
    }
  }

  func finished(_ sums: [Double], _ base: Int, _ tuned: Int) -> PairMeans {
    var means = PairMeans(
      baseSum: sums[0], tunedSum: sums[1], betweenSum: sums[2], base: base, tuned: tuned)
    means.base += constant
    means.tuned += constant
    means.between += constant
    return means
  }
}
