internal import AmbitMatrix

/// Rows per block of every loop over rows; fixed, so that results never depend on threads.
let blockRows = 256

/// `a · b`.
func dot(_ a: [Double], _ b: [Double]) -> Double {
  zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
}

/// Products of rows about a centre, in `Double`, in one fixed order.
///
/// Small functions over buffers, for only so does the compiler keep eight lanes in one register.
struct CentredProducts {
  let rows: UnsafeBufferPointer<Float>
  let centre: UnsafeBufferPointer<Double>
  /// Directions of the width of the centre, one after another.
  let directions: UnsafeBufferPointer<Double>

  /// Calls `body` with the products of a matrix's rows; the buffers live no longer than the call.
  static func with<Result>(
    _ rows: Matrix, about centre: [Double], along directions: [Double],
    _ body: (CentredProducts) -> Result
  ) -> Result {
    precondition(rows.columnCount == centre.count, "the centre is as wide as the rows")
    return rows.values.withUnsafeBufferPointer { rows in
      centre.withUnsafeBufferPointer { centre in
        directions.withUnsafeBufferPointer { directions in
          body(CentredProducts(rows: rows, centre: centre, directions: directions))
        }
      }
    }
  }

  /// `Σ (xᵢ − mᵢ) vᵢ` for row `row` and direction `direction`.
  func dot(row: Int, direction: Int) -> Double {
    let width = centre.count
    let (x, v) = (row * width, direction * width)
    var sums = SIMD8<Double>(repeating: 0)
    var index = 0
    while index + 8 <= width {
      sums += difference(x, index) * eight(directions, v + index)
      index += 8
    }
    var sum = sums.sum()
    while index < width {
      sum += (Double(rows[x + index]) - centre[index]) * directions[v + index]
      index += 1
    }
    return sum
  }

  /// `Σ (xᵢ − mᵢ)²` for row `row`.
  func squaredNorm(row: Int) -> Double {
    let width = centre.count
    let x = row * width
    var sums = SIMD8<Double>(repeating: 0)
    var index = 0
    while index + 8 <= width {
      let difference = difference(x, index)
      sums += difference * difference
      index += 8
    }
    var sum = sums.sum()
    while index < width {
      let difference = Double(rows[x + index]) - centre[index]
      sum += difference * difference
      index += 1
    }
    return sum
  }

  @inline(__always)
  private func difference(_ x: Int, _ index: Int) -> SIMD8<Double> {
    let values = UnsafeRawPointer(rows.baseAddress! + x + index)
    return SIMD8<Double>(values.loadUnaligned(as: SIMD8<Float>.self)) - eight(centre, index)
  }

  @inline(__always)
  private func eight(_ values: UnsafeBufferPointer<Double>, _ index: Int) -> SIMD8<Double> {
    UnsafeRawPointer(values.baseAddress! + index).loadUnaligned(as: SIMD8<Double>.self)
  }
}
