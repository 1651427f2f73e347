import AmbitMatrix
import AmbitProjection
import AmbitTestSupport
import Testing

@Suite struct DenSNETests {
  static let workers = Workers(threadCount: 2)

  /// Two separate groups in 20 dimensions, one three times as wide as the other (science note, D3).
  static let rows: Matrix = {
    var random = SplitMix64(seed: 1)
    let values = (0..<300).flatMap { row in
      (0..<20).map { column in
        Float((row < 150 ? 1 : 0.3) * random.normal() + (row >= 150 && column == 0 ? 12 : 0))
      }
    }
    return Matrix(rowCount: 300, columnCount: 20, values: values)
  }()

  /// The correlation of the map's local radii with those of the rows.
  static func correlation(_ map: Matrix) -> Double {
    let forces = MapForces(rows: rows, perplexities: [50], workers: workers)
    let places = (0..<300).map { SIMD2(Double(map[$0, 0]), Double(map[$0, 1])) }
    return forces.radiusCorrelation(places)
  }

  /// The area of the points of one group, by the generalised variance: for ratios alone.
  static func area(_ map: Matrix, _ rows: Range<Int>) -> Double {
    let count = Double(rows.count)
    let mean =
      rows.reduce(SIMD2<Double>(0, 0)) { $0 + SIMD2(Double(map[$1, 0]), Double(map[$1, 1])) }
      / count
    var (xx, xy, yy) = (0.0, 0.0, 0.0)
    for row in rows {
      let d = SIMD2(Double(map[row, 0]), Double(map[row, 1])) - mean
      xx += d.x * d.x
      xy += d.x * d.y
      yy += d.y * d.y
    }
    return (xx * yy - xy * xy).squareRoot() / count
  }

  @Test func densityIsShownByDenSNEAndHiddenByTSNE() throws {
    // The authors' λ of 1 is 2 on the true scale.
    let dense = try DenSNE(densityWeight: 2).map(of: Self.rows, workers: Self.workers)
    let plain = try TSNE(perplexity: 50).map(of: Self.rows, workers: Self.workers)
    #expect(try #require(dense.densityCorrelation) >= 0.9)
    #expect(Self.correlation(plain.coordinates) <= 0.3)
    #expect(abs(Self.correlation(dense.coordinates) - dense.densityCorrelation!) < 1e-3)
    let hidden =
      Self.area(plain.coordinates, 150..<300) / Self.area(plain.coordinates, 0..<150)
    let shown =
      Self.area(dense.coordinates, 150..<300) / Self.area(dense.coordinates, 0..<150)
    #expect(hidden > 0.7)
    #expect(shown < 0.5)
  }

  @Test func withoutWeightItIsTSNEThatNeverEndsEarly() throws {
    let map = try DenSNE(densityWeight: 0).map(of: Self.rows, workers: Self.workers)
    #expect(map.iterationCount == 1000)
    #expect(Self.correlation(map.coordinates) <= 0.3)
  }

  @Test func threadsDoNotChangeAnything() throws {
    let method = DenSNE(perplexity: 20, densityWeight: 1, seed: 3)
    let one = try method.map(of: Self.rows, workers: Workers(threadCount: 1))
    let two = try method.map(of: Self.rows, workers: Workers(threadCount: 2))
    #expect(one.coordinates == two.coordinates)
    #expect(one.densityCorrelation == two.densityCorrelation)
  }

  @Test func equalRowsHaveNoCorrelation() throws {
    let x = Matrix(rowCount: 10, columnCount: 2, values: [Float](repeating: 1, count: 20))
    let map = try DenSNE().map(of: x, workers: Self.workers)
    #expect(map.densityCorrelation == nil)
    #expect(map.coordinates == Matrix(rowCount: 10, columnCount: 2))
  }
}
