internal import AmbitMatrix

/// The null bands of two-set measures: what random halves of the reference give.
struct TwoSetNull: Sendable {
  /// Whether each prompt's samples were split, so that both halves hold every prompt.
  let isWithinUnits: Bool
  /// The median distance between different rows of the reference.
  let scale: Double
  /// Per dissimilarity measure.
  let dissimilarityBands: [Interval?]
  private let neighbourBands: [Interval?]
  private let measures: [any NeighbourMeasure]
  private let half: Int

  static let neighbourVariant = "k\(TwoSetEngine.k)"

  init(_ engine: TwoSetEngine, of checkpoint: Int) {
    let rows = engine.space.coordinates[checkpoint]
    let context = engine.context
    let squares = rows.symmetricSquaredDistances(workers: context.workers)
    let scale = Self.medianDistance(squares)
    self.scale = scale
    let splits = SplitHalves(
      offsets: context.design.unitOffsets(of: checkpoint), samplesNeeded: 1,
      count: context.settings.splits, seed: context.settings.seed)
    isWithinUnits = splits.isWithinUnits
    half = rows.rowCount / 2
    measures = engine.neighbours.map(\.measure)
    if measures.isEmpty {
      neighbourBands = []
    } else {
      let lists = NeighbourLists(squaredDistances: squares, workers: context.workers)
      // A split writes every row.
      let counts = NeighbourCounts.all(
        lists, splits.count, k: TwoSetEngine.k, workers: context.workers
      ) { splits.write($0, to: &$1) }
      neighbourBands = measures.map { measure in
        .percentile(counts.map { $0.isDefined ? measure.value(of: $0) : .nan })
      }
    }
    dissimilarityBands = engine.dissimilarities.map { entry in
      let matrix = PairMatrix(squares, workers: context.workers) {
        entry.measure.write(dissimilarities: $0, count: $1, scale: scale, to: $2)
      }
      let replicates = matrix.means(splits.count, workers: context.workers) {
        splits.write($0, to: &$1)
      }
      return .percentile(replicates.map(\.contrast))
    }
  }

  /// The band of a neighbour measure, moved where its null depends on the sizes of the sets.
  func band(ofNeighbours index: Int, sets: (Int, Int)) -> Interval? {
    neighbourBands[index].map { band in
      let measure = measures[index]
      let shift = measure.shiftOfNull(halves: (half, half), sets: sets, k: TwoSetEngine.k)
      return Interval(
        low: max(0, band.low + shift), high: min(measure.upperBound, band.high + shift))
    }
  }

  /// The median over pairs of different rows; NaN of fewer than two.
  static func medianDistance(_ squares: SymmetricMatrix) -> Double {
    let count = squares.count
    return RankedNumbers.median(count: count * (count - 1) / 2) { visit in
      squares.forEachRun { _, columns, numbers in
        for column in 0..<columns.count { visit(numbers[column].squareRoot()) }
      }
    }
  }
}
