package import AmbitMatrix

/// The inner products of each prompt's samples, about the mean of all rows.
///
/// Every statistic of a random half of a prompt's samples that depends on distances follows from
/// these few numbers, so a split costs r² operations a prompt instead of r · width.
package struct PromptGrams: Sendable {
  /// The products of prompt *p* start at `starts[p]`, row-major, `size × size`.
  let products: [Double]
  let starts: [Int]
  let sizes: [Int]
  /// The product of every row, about the mean of all, with that mean: with them and the mean's norm,
  /// products about the mean give those of the rows as they are.
  private let shifts: [Double]
  private let centreNorm: Double
  private let offsets: [Int]

  /// The most products kept: 240 MB.
  static let limit = 30_000_000

  /// Whether a design's prompts are small enough.
  static func fit(_ offsets: [Int]) -> Bool {
    zip(offsets, offsets.dropFirst()).reduce(0) { $0 + ($1.1 - $1.0) * ($1.1 - $1.0) } <= limit
  }

  package init(_ rows: Matrix, offsets: [Int], workers: Workers) {
    let centre = rows.columnMeans().map { Float($0) }
    let parts = workers.map(offsets.count - 1) { prompt in
      let centred = Self.centred(rows, offsets[prompt]..<offsets[prompt + 1], about: centre)
      let block = centred.multiplied(byTransposeOf: centred, workers: Workers(threadCount: 1))
      let shifts = (0..<centred.rowCount).map { Reductions.dot(centred.row($0), centre[...]) }
      return (block.values.map { Double($0) }, shifts)
    }
    let blocks = parts.map(\.0)
    shifts = parts.flatMap(\.1)
    centreNorm = Reductions.squaredNorm(centre[...])
    self.offsets = offsets
    sizes = zip(offsets, offsets.dropFirst()).map { $1 - $0 }
    var starts: [Int] = []
    var start = 0
    for block in blocks {
      starts.append(start)
      start += block.count
    }
    self.starts = starts
    products = Array(blocks.joined())
  }

  /// Some rows of a matrix, less `centre`.
  static func centred(_ rows: Matrix, _ range: Range<Int>, about centre: [Float]) -> Matrix {
    let width = rows.columnCount
    var values = Array(rows.values[range.lowerBound * width..<range.upperBound * width])
    for index in values.indices { values[index] -= centre[index % width] }
    return Matrix(rowCount: range.count, columnCount: width, values: values)
  }

  /// `Σ ‖xᵢ‖²` and `‖Σ xᵢ‖²` of the chosen samples, from the `size × size` products of all.
  static func sums(
    of chosen: [Int], in gram: ArraySlice<Double>, size: Int
  ) -> (squares: Double, normOfSum: Double) {
    let start = gram.startIndex
    var squares = 0.0
    var normOfSum = 0.0
    for row in chosen {
      squares += gram[start + row * size + row]
      for column in chosen { normOfSum += gram[start + row * size + column] }
    }
    return (squares, normOfSum)
  }

  /// Some samples of a prompt, numbered from 0.
  package func sample(_ prompt: Int, chosen: [Int]) -> PromptSample {
    PromptSample(
      products: gram(prompt), size: sizes[prompt],
      shifts: shifts[offsets[prompt]..<offsets[prompt + 1]], centreNorm: centreNorm,
      chosen: chosen)
  }

  func gram(_ prompt: Int) -> ArraySlice<Double> {
    products[starts[prompt]..<starts[prompt] + sizes[prompt] * sizes[prompt]]
  }
}

extension PromptGrams {
  /// Of one checkpoint in a space; `nil` where prompts have too few samples to be split, or so many that
  /// products would not fit.
  init?(of checkpoint: Int, context: StudyContext, space: MeasuredSpace) {
    let offsets = context.design.promptOffsets[checkpoint]
    let fewest = zip(offsets, offsets.dropFirst()).map { $1 - $0 }.min() ?? 0
    guard context.design.hasPrompts, fewest >= 4, PromptGrams.fit(offsets) else { return nil }
    self.init(space.coordinates[checkpoint], offsets: offsets, workers: context.workers)
  }
}
