extension SymmetricMatrix {
  /// `z · self · zᵀ` of every row z of `rows`.
  ///
  /// Each pair of columns is met once, so it takes half the multiply-adds of a product, in SGEMMs of
  /// panels below the diagonal; sums over columns in `Double`. O(rows · n²/2), on the calling thread.
  package func quadraticForms(of rows: Matrix) -> [Double] {
    precondition(rows.columnCount == count, "extents differ")
    let width = Self.panelWidth
    var sums = [Double](repeating: 0, count: rows.rowCount)
    var product = [Float](repeating: 0, count: rows.rowCount * width)
    rows.values.withUnsafeBufferPointer { left in
      product.withUnsafeMutableBufferPointer { target in
        guard let z = left.baseAddress, let c = target.baseAddress else { return }
        for panel in 0..<panelCount {
          let columns = columns(ofPanel: panel)
          let (start, end) = (columns.lowerBound, columns.upperBound)
          withPanel(panel) { source in
            // The block on the diagonal holds both orders of a pair, what lies below it one.
            for (first, last, times) in [(start, end, 1.0), (end, count, 2.0)] where first < last {
              BufferProducts.multiply(
                BufferProducts.Operand(z + first, stride: count),
                by: BufferProducts.Operand(
                  source.start + (first - start) * source.stride, stride: source.stride),
                rows: rows.rowCount, inner: last - first, columns: end - start, into: c,
                stride: width, keep: 0)
              for row in 0..<rows.rowCount {
                sums[row] +=
                  times
                  * Reductions.dot(
                    UnsafeBufferPointer(start: z + row * count + start, count: end - start),
                    UnsafeBufferPointer(start: c + row * width, count: end - start))
              }
            }
          }
        }
      }
    }
    return sums
  }

  /// `rows · self`. O(rows · n²), on the calling thread.
  package func products(ofRows rows: Matrix) -> Matrix {
    precondition(rows.columnCount == count, "extents differ")
    var values = [Float](repeating: 0, count: rows.rowCount * count)
    rows.values.withUnsafeBufferPointer { left in
      values.withUnsafeMutableBufferPointer { target in
        guard let z = left.baseAddress, let c = target.baseAddress else { return }
        for panel in 0..<panelCount {
          let columns = columns(ofPanel: panel)
          withRows(columns) { own in
            BufferProducts.multiply(
              BufferProducts.Operand(z, stride: count),
              byTransposeOf: BufferProducts.Operand(own, stride: count), rows: rows.rowCount,
              inner: count, columns: columns.count, into: c + columns.lowerBound, stride: count)
          }
        }
      }
    }
    return Matrix(rowCount: rows.rowCount, columnCount: count, values: values)
  }

  /// Per group, the sum of every row over the columns of that group, in `Double`, column after column.
  ///
  /// - Parameter groups: one a column; columns of groups that are not below `groupCount` count nowhere.
  package func rowSums(
    _ groups: [UInt8], groupCount: Int, workers: Workers
  ) -> [[Double]] {
    precondition(groups.count == count, "one group a column")
    let width = Self.panelWidth
    let parts = workers.map(panelCount) { panel -> [Double] in
      let own = columns(ofPanel: panel)
      var sums = [Double](repeating: 0, count: groupCount * own.count)
      func add(_ column: Int, _ numbers: UnsafePointer<Float>) {
        guard groups[column] < groupCount else { return }
        let start = Int(groups[column]) * own.count
        sums.withUnsafeMutableBufferPointer { sums in
          for row in 0..<own.count { sums[start + row] += Double(numbers[row]) }
        }
      }
      withUnsafeTemporaryAllocation(of: Float.self, capacity: own.count * width) { room in
        for other in 0..<panel {
          let columns = columns(ofPanel: other)
          withPanel(other) { source in
            Transposition.transpose(
              BufferProducts.Operand(
                source.start + (own.lowerBound - columns.lowerBound) * source.stride,
                stride: source.stride), rows: own.count, columns: columns.count,
              into: room.baseAddress!, stride: own.count)
          }
          for column in columns {
            add(column, room.baseAddress! + (column - columns.lowerBound) * own.count)
          }
        }
      }
      withRowsOfPanel(panel) { row, numbers in add(row, numbers) }
      return sums
    }
    return (0..<groupCount).map { group in
      parts.flatMap { part in
        let size = part.count / groupCount
        return part[group * size..<(group + 1) * size]
      }
    }
  }
}

extension Matrix {
  /// `self · vector`, in `Double`.
  package func products(with vector: [Double]) -> [Double] {
    precondition(vector.count == columnCount, "extents differ")
    return values.withUnsafeBufferPointer { values in
      vector.withUnsafeBufferPointer { vector in
        (0..<rowCount).map { row in
          let start = row * columnCount
          return Reductions.dot(
            UnsafeBufferPointer(rebasing: values[start..<start + columnCount]), vector)
        }
      }
    }
  }

  /// The inner products of all rows with each other.
  package func symmetricProducts(workers: Workers) -> SymmetricMatrix {
    let inner = columnCount
    return SymmetricMatrix(count: rowCount, workers: workers) { rows, columns, target in
      values.withUnsafeBufferPointer { values in
        guard let start = values.baseAddress else { return }
        BufferProducts.multiply(
          BufferProducts.Operand(start + rows.lowerBound * inner, stride: max(1, inner)),
          byTransposeOf: BufferProducts.Operand(
            start + columns.lowerBound * inner, stride: max(1, inner)), rows: rows.count,
          inner: inner, columns: columns.count, into: target, stride: columns.count)
      }
    }
  }
}
