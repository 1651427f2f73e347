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
/// single-precision sums; it is added again to the means.
package struct PairMatrix: Sendable {
  private let values: Matrix
  private let constant: Double

  /// - Parameters:
  ///   - squares: squared distances of all rows.
  ///   - dissimilarity: δ of a squared distance.
  package init(
    _ squares: Matrix, workers: Workers, dissimilarity: @Sendable (Double) -> Double
  ) {
    let count = squares.rowCount
    let raw = workers.makeMatrix(rowCount: count, columnCount: count, blockRows: 32) {
      block, span in
      for row in block {
        for column in 0..<count where column != row {
          span[(row - block.lowerBound) * count + column] = Float(
            dissimilarity(Double(squares.values[row * count + column])))
        }
      }
    }
    self.init(symmetric: raw, workers: workers)
  }

  /// - Parameter raw: symmetric, zeros on the diagonal.
  package init(symmetric raw: Matrix, workers: Workers) {
    let count = raw.rowCount
    let sums = workers.map(count) { row in raw.row(row).reduce(0) { $0 + Double($1) } }
    let pairs = Double(count) * Double(count - 1)
    let middle = Float(pairs > 0 ? sums.reduce(0, +) / pairs : 0)
    values = workers.makeMatrix(rowCount: count, columnCount: count, blockRows: 64) {
      block, span in
      for row in block {
        for column in 0..<count where column != row {
          span[(row - block.lowerBound) * count + column] =
            raw.values[row * count + column] - middle
        }
      }
    }
    constant = Double(middle)
  }

  /// The number of rows.
  package var count: Int { values.rowCount }

  /// The means of one grouping: 0 and 1 are the two sets, other rows are left out. O(n²).
  package func means(of groups: [UInt8]) -> PairMeans {
    var total = [0.0, 0, 0]
    for row in 0..<count {
      let part = sums(of: row, groups)
      switch groups[row] {
      case 0: total[0] += part.base
      case 1: (total[1], total[2]) = (total[1] + part.tuned, total[2] + part.base)
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
    let rowSums = workers.map(count) { row in values.row(row).reduce(0) { $0 + Double($1) } }
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
      Matrix(
        rowCount: all.count / count, columnCount: count, values: all.map { $0 == group ? 1 : 0 }
      ).multiplied(by: values, workers: Workers(threadCount: 1))
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
    let rows = workers.map(count) { sums(of: $0, groups) }
    var whole = [0.0, 0, 0]
    for row in 0..<count {
      if groups[row] == 0 { whole[0] += rows[row].base }
      if groups[row] == 1 {
        whole[1] += rows[row].tuned
        whole[2] += rows[row].base
      }
    }
    let counts = (groups.count { $0 == 0 }, groups.count { $0 == 1 })
    return units.map { unit in
      var rest = whole
      var left = counts
      for row in unit {
        if groups[row] == 0 {
          left.0 -= 1
          rest[0] -= 2 * rows[row].base
          rest[2] -= rows[row].tuned
        } else if groups[row] == 1 {
          left.1 -= 1
          rest[1] -= 2 * rows[row].tuned
          rest[2] -= rows[row].base
        }
        // Pairs of two rows that both leave were taken away twice.
        for other in unit {
          let value = Double(values.values[row * count + other])
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

  /// The sums of a row's dissimilarities to both sets.
  private func sums(of row: Int, _ groups: [UInt8]) -> (base: Double, tuned: Double) {
    var sums = (base: 0.0, tuned: 0.0)
    for column in 0..<count {
      let value = Double(values.values[row * count + column])
      if groups[column] == 0 {
        sums.base += value
      } else if groups[column] == 1 {
        sums.tuned += value
      }
    }
    return sums
  }

  private func finished(_ sums: [Double], _ base: Int, _ tuned: Int) -> PairMeans {
    var means = PairMeans(
      baseSum: sums[0], tunedSum: sums[1], betweenSum: sums[2], base: base, tuned: tuned)
    means.base += constant
    means.tuned += constant
    means.between += constant
    return means
  }
}
