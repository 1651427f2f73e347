package import AmbitMatrix

/// Texts as sparse rows over the vocabulary, each of unit length: damped counts times token weights.
///
/// Row i holds `c_t^p w_t / ‖(c^p w)‖` for every token t that text i holds c_t times. The transpose is
/// kept beside it, so that both products are sums over rows and no thread writes where another does.
package struct TokenBags: Sendable {
  package let textCount: Int
  package let vocabularyCount: Int
  private let texts: SparseRows
  private let tokens: SparseRows

  /// - Parameters:
  ///   - ids: the token ids of each text; all below the number of weights.
  ///   - weights: one per token id.
  package init(_ ids: [[Int32]], weights: [Float], countPower: Double) {
    textCount = ids.count
    vocabularyCount = weights.count
    var rows = SparseRows()
    for text in ids {
      let sorted = text.sorted()
      var entries: [(column: Int32, value: Float)] = []
      var start = 0
      while start < sorted.count {
        var end = start
        while end < sorted.count, sorted[end] == sorted[start] { end += 1 }
        let damped = Elementary.pow(Double(end - start), countPower)
        entries.append((sorted[start], Float(damped) * weights[Int(sorted[start])]))
        start = end
      }
      let squares = entries.reduce(0.0) { $0 + Double($1.value) * Double($1.value) }
      let scale = squares > 0 ? Float(1 / squares.squareRoot()) : 0
      rows.append(entries.map { ($0.column, $0.value * scale) })
    }
    texts = rows
    tokens = rows.transposed(columnCount: weights.count)
  }

  /// `B · table`: one row a text. `table` has one row a token.
  package func multiplied(by table: Matrix, workers: Workers) -> Matrix {
    precondition(table.rowCount == vocabularyCount, "one row a token")
    return texts.multiplied(by: table, workers: workers)
  }

  /// What each text's bag holds of one token: a column of B.
  package func values(ofToken token: Int) -> [Float] {
    var column = [Float](repeating: 0, count: textCount)
    tokens.forEachEntry(ofRow: token) { text, value in column[text] = value }
    return column
  }

  /// `Bᵀ · values`: one row a token. `values` has one row a text.
  package func transposeMultiplied(by values: Matrix, workers: Workers) -> Matrix {
    precondition(values.rowCount == textCount, "one row a text")
    return tokens.multiplied(by: values, workers: workers)
  }
}

/// A sparse matrix in compressed rows.
struct SparseRows: Sendable {
  private var starts = [0]
  private var columns: [Int32] = []
  private var values: [Float] = []

  var rowCount: Int { starts.count - 1 }

  func forEachEntry(ofRow row: Int, _ body: (Int, Float) -> Void) {
    for entry in starts[row]..<starts[row + 1] { body(Int(columns[entry]), values[entry]) }
  }

  mutating func append(_ entries: [(column: Int32, value: Float)]) {
    for entry in entries {
      columns.append(entry.column)
      values.append(entry.value)
    }
    starts.append(columns.count)
  }

  /// The transpose; entries of a row ascend by column.
  func transposed(columnCount: Int) -> SparseRows {
    var places = [Int](repeating: 0, count: columnCount + 1)
    for column in columns { places[Int(column) + 1] += 1 }
    for column in 0..<columnCount { places[column + 1] += places[column] }
    var result = SparseRows()
    result.starts = places
    result.columns = [Int32](repeating: 0, count: columns.count)
    result.values = [Float](repeating: 0, count: columns.count)
    for row in 0..<rowCount {
      for entry in starts[row]..<starts[row + 1] {
        let column = Int(columns[entry])
        result.columns[places[column]] = Int32(row)
        result.values[places[column]] = values[entry]
        places[column] += 1
      }
    }
    return result
  }

  /// The product with a dense matrix that has a row for each of our columns.
  func multiplied(by dense: Matrix, workers: Workers) -> Matrix {
    let width = dense.columnCount
    return workers.makeMatrix(rowCount: rowCount, columnCount: width, blockRows: 64) {
      block, target in
      target.withUnsafeMutableBufferPointer { target in
        dense.values.withUnsafeBufferPointer { dense in
          guard let rows = target.baseAddress, let source = dense.baseAddress else { return }
          for row in block {
            for entry in starts[row]..<starts[row + 1] {
              addScaled(
                source + Int(columns[entry]) * width, values[entry], width,
                rows + (row - block.lowerBound) * width)
            }
          }
        }
      }
    }
  }
}

/// `target += weight · source`; free, so that the loop vectorises.
@inline(never)
private func addScaled(
  _ source: UnsafePointer<Float>, _ weight: Float, _ count: Int,
  _ target: UnsafeMutablePointer<Float>
) {
  for index in 0..<count { target[index] += weight * source[index] }
}
