internal import AmbitMatrix

extension MomentUnits {
  /// One group of every replicate: `origin + sign · Σ_u w_u unit_u`.
  struct Group: Sendable {
    var origin: MomentOrigin
    var sign: Double
  }

  /// Replicates per matrix product.
  private static let blockSize = 128

  /// The moments of every group in every replicate, group fastest.
  ///
  /// The weighted sums of a block of replicates are one SGEMM of weights × unit means, so a replicate
  /// costs `units · width` multiply-adds; everything else is linear in the units.
  ///
  /// - Parameter fill: writes the weights of one replicate, one a unit.
  func resampled(
    _ replicates: Int, groups: [Group], workers: Workers,
    fill: @Sendable (Int, inout [Float]) -> Void
  ) -> [PromptMoments] {
    let blocks = workers.map((replicates + Self.blockSize - 1) / Self.blockSize) { block in
      let range = block * Self.blockSize..<min(replicates, (block + 1) * Self.blockSize)
      return resampledBlock(range, groups: groups, fill: fill)
    }
    return Array(blocks.joined())
  }

  private func resampledBlock(
    _ range: Range<Int>, groups: [Group], fill: @Sendable (Int, inout [Float]) -> Void
  ) -> [PromptMoments] {
    let alone = Workers(threadCount: 1)
    var row = [Float](repeating: 0, count: count)
    var values: [Float] = []
    values.reserveCapacity(range.count * count)
    var linearSums: [SIMD8<Double>] = []
    for replicate in range {
      fill(replicate, &row)
      values.append(contentsOf: row)
      var sum = SIMD8<Double>.zero
      for unit in 0..<count { sum += Double(row[unit]) * linear[unit] }
      linearSums.append(sum)
    }
    let weights = Matrix(rowCount: range.count, columnCount: count, values: values)
    let meanSums = weights.multiplied(by: means, workers: alone)
    let rowSums = sums.map { weights.multiplied(by: $0, workers: alone) }
    // ‖origin + sign · sum‖ is the distance of the sum from −sign · origin.
    let meanOrigins = groups.map { group in group.origin.means.map { Float(-group.sign * $0) } }
    let sumOrigins = groups.map { group in
      (group.origin.sums ?? []).map { Float(-group.sign * $0) }
    }
    var result: [PromptMoments] = []
    result.reserveCapacity(range.count * groups.count)
    for replicate in 0..<range.count {
      for (index, group) in groups.enumerated() {
        let norm = Reductions.squaredDistance(meanSums.row(replicate), meanOrigins[index][...])
        let ofSums =
          rowSums.map { Reductions.squaredDistance($0.row(replicate), sumOrigins[index][...]) }
          ?? size * size * norm
        result.append(
          PromptMoments(
            linear: group.origin.linear + group.sign * linearSums[replicate], normOfMeans: norm,
            normOfSums: ofSums))
      }
    }
    return result
  }

  /// The moments without each unit in turn.
  func leaveOneOut() -> [PromptMoments] {
    let whole = total
    return (0..<count).map { unit in
      var rest = whole
      rest.linear -= linear[unit]
      for column in rest.means.indices {
        rest.means[column] -= Double(means.values[unit * means.columnCount + column])
      }
      if let sums {
        for column in rest.means.indices {
          rest.sums?[column] -= Double(sums.values[unit * means.columnCount + column])
        }
      }
      return rest.moments
    }
  }
}
