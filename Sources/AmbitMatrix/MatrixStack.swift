/// Several matrices one after the other, looked at as if they were one and never joined.
///
/// Parts are held as they are, or made whenever they are looked at: then no more than one a thread is in
/// memory. Everything a stack computes has the bits that `Matrix.stacked` of its parts would have.
package struct MatrixStack: Sendable {
  /// The number of rows of all parts.
  package let rowCount: Int
  /// The number of columns of each part.
  package let columnCount: Int
  /// Part *k* has rows `offsets[k]..<offsets[k + 1]`.
  let offsets: [Int]
  private let part: @Sendable (Int) -> Matrix

  /// The given parts, of one width.
  package init(_ parts: [Matrix]) {
    self.init(
      rowCounts: parts.map(\.rowCount), columnCount: parts.first?.columnCount ?? 0
    ) { parts[$0] }
  }

  /// Parts that `part` makes when they are asked for, always the same.
  package init(
    rowCounts: [Int], columnCount: Int, part: @escaping @Sendable (Int) -> Matrix
  ) {
    offsets = rowCounts.reduce(into: [0]) { $0.append($0.last! + $1) }
    rowCount = offsets.last!
    self.columnCount = columnCount
    self.part = part
  }

  /// The number of parts.
  package var partCount: Int { offsets.count - 1 }

  /// One part.
  package subscript(_ index: Int) -> Matrix {
    let matrix = part(index)
    precondition(
      matrix.columnCount == columnCount
        && matrix.rowCount == offsets[index + 1] - offsets[index], "a part keeps its shape")
    return matrix
  }

  /// A new matrix of the rows at ascending places.
  package func rows(_ ascending: [Int]) -> Matrix {
    var values: [Float] = []
    values.reserveCapacity(ascending.count * columnCount)
    var next = 0
    for index in 0..<partCount {
      guard next < ascending.count, ascending[next] < offsets[index + 1] else { continue }
      let matrix = self[index]
      while next < ascending.count, ascending[next] < offsets[index + 1] {
        values += matrix.row(ascending[next] - offsets[index])
        next += 1
      }
    }
    precondition(next == ascending.count, "rows of the stack, in order")
    return Matrix(rowCount: ascending.count, columnCount: columnCount, values: values)
  }

  /// All rows as one matrix.
  package var joined: Matrix { .stacked((0..<partCount).map { self[$0] }) }

  /// Calls `body` with one block of rows after the other, each block of `size` rows from
  /// `range.lowerBound` on, the last shorter: its rows in the stack, and a matrix and the rows of it
  /// that they are.
  package func forEachBlock(
    of range: Range<Int>, size: Int, _ body: (Range<Int>, Matrix, Range<Int>) -> Void
  ) {
    var current: (index: Int, matrix: Matrix)?
    var index = 0
    for start in stride(from: range.lowerBound, to: range.upperBound, by: size) {
      let block = start..<min(range.upperBound, start + size)
      while offsets[index + 1] <= start { index += 1 }
      func matrix(_ index: Int) -> Matrix {
        if let current, current.index == index { return current.matrix }
        let made = self[index]
        current = (index, made)
        return made
      }
      if block.upperBound <= offsets[index + 1] {
        body(
          block, matrix(index),
          block.lowerBound - offsets[index]..<block.upperBound - offsets[index])
        continue
      }
      var values: [Float] = []
      values.reserveCapacity(block.count * columnCount)
      var row = start
      while row < block.upperBound {
        while offsets[index + 1] <= row { index += 1 }
        let end = min(block.upperBound, offsets[index + 1])
        let own = (row - offsets[index]) * columnCount..<(end - offsets[index]) * columnCount
        values += matrix(index).values[own]
        row = end
      }
      body(
        block, Matrix(rowCount: block.count, columnCount: columnCount, values: values),
        0..<block.count)
    }
  }

  /// What `body` gives for each block of `size` rows, in order; blocks as in `forEachBlock`.
  package func blocks<Element: Sendable>(
    size: Int, workers: Workers,
    _ body: @Sendable (Range<Int>, Matrix, Range<Int>) -> Element
  ) -> [Element] {
    // Long runs, so that a part is made once and not once a block.
    let run = max(1, 8192 / size) * size
    return workers.map((rowCount + run - 1) / run) { index in
      var found: [Element] = []
      forEachBlock(of: index * run..<min(rowCount, (index + 1) * run), size: size) {
        found.append(body($0, $1, $2))
      }
      return found
    }.flatMap { $0 }
  }
}
