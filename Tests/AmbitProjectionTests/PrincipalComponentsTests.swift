import AmbitMatrix
import AmbitProjection
import AmbitTestSupport
import Testing

@Suite struct PrincipalComponentsTests {
  static let workers = Workers(threadCount: 2)

  /// Normal rows whose columns have falling scales, mixed by a random rotation.
  static func rows(_ count: Int, _ width: Int, _ random: inout SplitMix64) -> Matrix {
    let rotation = rotation(width, &random)
    var values: [Float] = []
    for _ in 0..<count {
      let raw = (0..<width).map { random.normal() * (3 / Double(1 + $0)) }
      values += rotate([raw], rotation)[0].map { Float($0) }
    }
    return Matrix(rowCount: count, columnCount: width, values: values)
  }

  /// A random rotation: Gram and Schmidt on normal vectors.
  static func rotation(_ width: Int, _ random: inout SplitMix64) -> [[Double]] {
    var frame: [[Double]] = []
    while frame.count < width {
      var vector = (0..<width).map { _ in random.normal() }
      for earlier in frame {
        let overlap = dot(vector, earlier)
        for index in 0..<width { vector[index] -= overlap * earlier[index] }
      }
      let length = dot(vector, vector).squareRoot()
      frame.append(vector.map { $0 / length })
    }
    return frame
  }

  static func rotate(_ rows: [[Double]], _ frame: [[Double]]) -> [[Double]] {
    rows.map { row in frame.map { dot(row, $0) } }
  }

  static func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  static func even(_ rows: Matrix) -> [Double] { [Double](repeating: 1, count: rows.rowCount) }

  @Test func componentsAreEigenvectorsOfTheCovariance() {
    forEachSeed(12) { random in
      let width = 2 + random.index(below: 20)
      // Wide and tall, so that both ways of solving are met.
      let count = 3 + random.index(below: 3 * width)
      let x = Self.rows(count, width, &random)
      let weights = (0..<count).map { _ in 0.1 + random.uniform() }
      let total = weights.reduce(0, +)
      let basis = PrincipalComponents(componentCount: 2)
        .fit(x, weights: weights, workers: Self.workers)
      let shown = try basis.varianceExplained(of: x, weights: weights, workers: Self.workers)
      for (component, variance) in zip(basis.components, shown.axes) {
        try require(agree(Self.dot(component, component), 1, relative: 1e-12), "not of unit length")
        var image = [Double](repeating: 0, count: width)
        for row in 0..<count {
          let centred = (0..<width).map { Double(x[row, $0]) - basis.mean[$0] }
          let coordinate = Self.dot(centred, component) * weights[row] / total
          for column in 0..<width { image[column] += coordinate * centred[column] }
        }
        for column in 0..<width {
          try require(
            abs(image[column] - variance * component[column]) < 2e-5 * shown.axes[0],
            "C·v ≠ λ·v, \(count) × \(width)")
        }
      }
      try require(abs(Self.dot(basis.components[0], basis.components[1])) < 1e-12, "not orthogonal")
      try require(shown.axes[0] >= shown.axes[1], "not in falling order")
    }
  }

  @Test func twoBlobsAreSeparatedByTheFirstAxis() throws {
    var random = SplitMix64(seed: 11)
    let x = Matrix(
      rowCount: 400, columnCount: 30,
      values: (0..<400 * 30).map { index in
        Float(random.normal() + (index % 30 == 7 ? (index / 30 < 200 ? 8 : -8) : 0))
      })
    let points = PrincipalComponents().coordinates(
      of: x, weights: Self.even(x), workers: Self.workers)
    #expect((0..<200).allSatisfy { points[$0, 0] > 3 })
    #expect((200..<400).allSatisfy { points[$0, 0] < -3 })
  }

  @Test func rotationLeavesTheVariancesAndTheCoordinates() {
    forEachSeed(6) { random in
      let x = Self.rows(200, 6, &random)
      let frame = Self.rotation(6, &random)
      let turned = Matrix(
        rowCount: 200, columnCount: 6,
        values: Self.rotate((0..<200).map { x.row($0).map { Double($0) } }, frame)
          .flatMap { $0.map { Float($0) } })
      let projector = PrincipalComponents()
      let weights = Self.even(x)
      let basis = projector.fit(x, weights: weights, workers: Self.workers)
      let other = projector.fit(turned, weights: weights, workers: Self.workers)
      let shown = try basis.varianceExplained(of: x, weights: weights, workers: Self.workers)
      let same = try other.varianceExplained(of: turned, weights: weights, workers: Self.workers)
      try require(agree(shown.total, same.total, relative: 1e-5), "total variance")
      for axis in 0..<2 {
        try require(agree(shown.axes[axis], same.axes[axis], relative: 1e-5), "axis \(axis)")
      }
      let points = try basis.coordinates(of: x, workers: Self.workers)
      let moved = try other.coordinates(of: turned, workers: Self.workers)
      for axis in 0..<2 {
        let sign: Float = points[0, axis] * moved[0, axis] < 0 ? -1 : 1
        for row in 0..<200 {
          try require(abs(points[row, axis] - sign * moved[row, axis]) < 1e-3, "row \(row)")
        }
      }
    }
  }

  @Test func theMeanIsTheOriginAndLargestLoadingsArePositive() {
    forEachSeed(10) { random in
      let width = 1 + random.index(below: 12)
      let x = Self.rows(60, width, &random)
      let basis = PrincipalComponents(componentCount: 3)
        .fit(x, weights: Self.even(x), workers: Self.workers)
      let origin = try basis.coordinates(
        of: Matrix(rowCount: 1, columnCount: width, values: basis.mean.map { Float($0) }),
        workers: Self.workers)
      try require(origin.values.allSatisfy { abs($0) < 1e-6 }, "the mean is not at the origin")
      for component in basis.components {
        let largest = component.max { abs($0) < abs($1) } ?? 0
        try require(largest >= 0, "the largest loading is negative")
      }
    }
  }

  @Test func signsDoNotTurnWithTheData() {
    forEachSeed(8) { random in
      let x = Self.rows(80, 5, &random)
      let mirrored = Matrix(rowCount: 80, columnCount: 5, values: x.values.map { -$0 })
      let projector = PrincipalComponents()
      let a = projector.fit(x, weights: Self.even(x), workers: Self.workers).components
      let b = projector.fit(mirrored, weights: Self.even(x), workers: Self.workers).components
      for (left, right) in zip(a, b) {
        try require(Self.dot(left, right) > 0.999, "the mirror image turned an axis")
      }
    }
  }

  @Test func equalLoadingsTakeTheFirst() {
    // Along (−1, 1)/√2: both loadings are largest, so the first one is made positive.
    let x = Matrix(rowCount: 4, columnCount: 2, values: [-1, 1, 1, -1, -2, 2, 2, -2])
    let basis = PrincipalComponents().fit(x, weights: Self.even(x), workers: Self.workers)
    #expect(basis.components[0][0] > 0.7 && basis.components[0][1] < -0.7)
    #expect(basis.components[1] == [0, 0])
  }

  @Test func resultsDoNotDependOnThreads() throws {
    var random = SplitMix64(seed: 4)
    for (count, width) in [(3000, 24), (40, 300)] {
      let x = Self.rows(count, width, &random)
      let projector = PrincipalComponents(componentCount: 3)
      let one = Workers(threadCount: 1)
      let four = Workers(threadCount: 4)
      let basis = projector.fit(x, weights: Self.even(x), workers: one)
      #expect(basis == projector.fit(x, weights: Self.even(x), workers: four))
      #expect(
        try basis.coordinates(of: x, workers: one) == basis.coordinates(of: x, workers: four))
      #expect(
        try basis.varianceExplained(of: x, weights: Self.even(x), workers: one)
          == basis.varianceExplained(of: x, weights: Self.even(x), workers: four))
    }
  }

  @Test(arguments: [0, 1, 2, 3, 50]) func equalRowsHaveNoExtent(count: Int) throws {
    let x = Matrix(
      rowCount: count, columnCount: 3, values: (0..<count).flatMap { _ in [0.1, -7, 3e3] })
    try expectRank(0, of: x)
  }

  @Test func rowsOfLowerRankKeepIt() throws {
    try expectRank(1, of: Matrix(rowCount: 2, columnCount: 5, values: (0..<10).map { Float($0) }))
    try expectRank(1, of: Matrix(rowCount: 5, columnCount: 1, values: [1, 2, 3, 4, 9]))
    // A line far from the origin, whose points are rounded to single precision.
    var random = SplitMix64(seed: 2)
    for width in [3, 40, 400] {
      let direction = (0..<width).map { _ in random.normal() }
      let offset = (0..<width).map { _ in 10 * random.normal() }
      let line = Matrix(
        rowCount: 100, columnCount: width,
        values: (0..<100).flatMap { step in
          (0..<width).map { Float(offset[$0] + 0.03 * Double(step) * direction[$0]) }
        })
      try expectRank(1, of: line)
    }
  }

  /// The second axis of a thin cloud is small but real, and must not be taken for rounding.
  @Test func aThinCloudIsNotALine() throws {
    var random = SplitMix64(seed: 3)
    let x = Matrix(
      rowCount: 500, columnCount: 2,
      values: (0..<500).flatMap { _ in [Float(random.normal()), Float(1e-4 * random.normal())] })
    try expectRank(2, of: x)
  }

  private func expectRank(
    _ rank: Int, of x: Matrix, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let weights = Self.even(x)
    let basis = PrincipalComponents(componentCount: 2)
      .fit(x, weights: weights, workers: Self.workers)
    let points = try basis.coordinates(of: x, workers: Self.workers)
    let shown = try basis.varianceExplained(of: x, weights: weights, workers: Self.workers)
    #expect(points.values.allSatisfy { $0.isFinite }, sourceLocation: sourceLocation)
    for axis in 0..<2 {
      #expect((shown.axes[axis] > 0) == (axis < rank), sourceLocation: sourceLocation)
      #expect(shown.shares[axis].isFinite, sourceLocation: sourceLocation)
      if axis >= rank {
        #expect(
          (0..<x.rowCount).allSatisfy { points[$0, axis] == 0 }, sourceLocation: sourceLocation)
      }
    }
  }
}
