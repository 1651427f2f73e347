import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

@Suite struct HighestDensityTests {
  private func areas(_ points: [SIMD2<Double>]) -> (Double, Double) {
    let shape = PlaneShape(capacity: points.count)
    shape.load(points)
    return (
      shape.highestDensityArea(mass: 0.5), shape.highestDensityArea(mass: 0.95)
    )
  }

  /// By NumPy, every bump at every node of a grid of a fortieth of a bandwidth.
  @Test func goldenSetsAgreeWithAFineGrid() {
    let (a, b) = (areas(GoldenPoints.a), areas(GoldenPoints.b))
    #expect(agree(a.0, 1.5773957349713563, relative: 0.001))
    #expect(agree(a.1, 3.151013604419872, relative: 0.001))
    #expect(agree(b.0, 0.44576578525009386, relative: 0.001))
    #expect(agree(b.1, 0.774681737454253, relative: 0.001))
  }

  /// Science note, M5: means of simulated Gaussian samples, for the true 4.355 and 18.823.
  @Test(arguments: [(300, 4.52, 19.47), (1000, 4.40, 18.94)])
  func gaussianSamplesHaveTheirKnownMeans(count: Int, half: Double, most: Double) {
    var sums = (0.0, 0.0)
    let replicates = 40
    for replicate in 0..<replicates {
      var random = SplitMix64(seed: 300, stream: UInt64(replicate))
      let found = areas(Clouds.gaussian(count, &random))
      sums = (sums.0 + found.0, sums.1 + found.1)
    }
    #expect(agree(sums.0 / Double(replicates), half, relative: 0.03))
    #expect(agree(sums.1 / Double(replicates), most, relative: 0.03))
  }

  /// G4: 2π ln(1/δ) √det Σ; the estimate lies a few percent above.
  @Test func aCorrelatedGaussianHasItsArea() {
    var sums = (0.0, 0.0)
    for replicate in 0..<20 {
      var random = SplitMix64(seed: 301, stream: UInt64(replicate))
      let points = Clouds.gaussian(2000, &random).map { point in
        // Cholesky of [[2, .6], [.6, 1]].
        SIMD2(
          2.0.squareRoot() * point.x, 0.6 / 2.0.squareRoot() * point.x + 0.82.squareRoot() * point.y
        )
      }
      let found = areas(points)
      sums = (sums.0 + found.0 / 20, sums.1 + found.1 / 20)
    }
    #expect(sums.0 > 5.577341710 * 0.98 && sums.0 < 5.577341710 * 1.05, "\(sums.0)")
    #expect(sums.1 > 24.10486983 * 0.98 && sums.1 < 24.10486983 * 1.05, "\(sums.1)")
  }

  @Test func areasScaleWithTheDeterminant() {
    forEachSeed(20) { random in
      let points = Clouds.gaussian(30 + random.index(below: 300), &random)
      let matrix = (random.normal(), random.normal(), random.normal(), random.normal())
      let determinant = abs(matrix.0 * matrix.3 - matrix.1 * matrix.2)
      let (before, after) = (areas(points), areas(Clouds.scaled(points, by: matrix)))
      try require(agree(after.0, before.0 * determinant, relative: 0.003), "\(after) \(before)")
      try require(agree(after.1, before.1 * determinant, relative: 0.003), "\(after) \(before)")
    }
  }

  @Test func theVoidBetweenTwoModesDoesNotCount() {
    var random = SplitMix64(seed: 5)
    let one = Clouds.gaussian(2000, &random)
    let two = one.enumerated().map { $0.element + SIMD2($0.offset % 2 == 0 ? 40 : -40, 0) }
    let hull = ConvexPolygon(hullOf: two).area
    #expect(areas(two).1 < 0.6 * hull)
  }

  @Test func cloudsWithoutAreaHaveNone() {
    #expect(areas([]).0.isNaN)
    #expect(areas([SIMD2(1, 1), SIMD2(2, 2)]).0.isNaN)
    #expect(areas((0..<50).map { SIMD2(Double($0), 2 * Double($0)) }).1.isNaN)
  }
}

@Suite struct DensityContoursTests {
  @Test func outlinesEncloseTheAreaAndTheMass() throws {
    forEachSeed(10) { random in
      let points =
        Clouds.gaussian(300, &random) + Clouds.gaussian(150, &random).map { $0 + SIMD2(6, 1) }
      let bandwidth = DensityContours.commonBandwidth(of: [points]) ?? 0
      let contours = DensityContours(of: points, bandwidth: bandwidth * 0.6)
      for region in contours.regions {
        var enclosed = 0.0
        for outline in region.outlines {
          var previous = outline[outline.count - 1]
          for corner in outline {
            enclosed += (previous.x * corner.y - previous.y * corner.x) / 2
            previous = corner
          }
        }
        try require(agree(enclosed, region.area, relative: 0.02), "\(enclosed), \(region.area)")
        // Leave-one-out regions hold somewhat more than their share of the sample itself.
        let inside = points.count { point in
          region.outlines.reduce(0) { $0 + winding($1, point) } != 0
        }
        let share = Double(inside) / Double(points.count)
        try require(share >= region.mass - 0.01 && share < region.mass + 0.12, "\(share)")
      }
    }
  }

  @Test func twoModesHaveTwoOutlinesAndARingHasAHole() {
    var random = SplitMix64(seed: 6)
    let modes = Clouds.gaussian(200, &random).enumerated().map {
      $0.element + SIMD2($0.offset % 2 == 0 ? 20 : -20, 0)
    }
    let two = DensityContours(of: modes, bandwidth: 1, masses: [0.5])
    #expect(two.regions[0].outlines.count == 2)
    let ring = (0..<400).map { index in
      let angle = 2 * Double.pi * Double(index) / 400
      return SIMD2(10 * Elementary.cos(angle), 10 * Elementary.sin(angle))
    }
    let hole = DensityContours(of: ring, bandwidth: 1, masses: [0.9]).regions[0]
    #expect(hole.outlines.count == 2)
    #expect(hole.area < Double.pi * 144 - Double.pi * 64 && hole.area > 0)
  }

  @Test func commonBandwidthIsScottsOfTheMeanSpread() throws {
    let square = [SIMD2(0.0, 0), SIMD2(1, 0), SIMD2(0, 1), SIMD2(1, 1)]
    let twice = square.map { $0 * 2 }
    // tr S of the square is 2/3, of the doubled one 8/3.
    let expected = (5.0 / 3 / 2).squareRoot() * Elementary.pow(4, -1.0 / 6)
    let found = try #require(DensityContours.commonBandwidth(of: [square, twice]))
    #expect(agree(found, expected, relative: 1e-12))
    #expect(DensityContours.commonBandwidth(of: [[SIMD2(1, 1), SIMD2(1, 1)], []]) == nil)
    #expect(DensityContours(of: [], bandwidth: 1).regions.allSatisfy { $0.outlines.isEmpty })
  }

  /// How often an outline runs around a point.
  private func winding(_ outline: [SIMD2<Double>], _ point: SIMD2<Double>) -> Int {
    var turns = 0
    var previous = outline[outline.count - 1]
    for corner in outline {
      let side = Orientation.sign(previous, corner, point)
      if previous.y <= point.y && corner.y > point.y && side > 0 { turns += 1 }
      if previous.y > point.y && corner.y <= point.y && side < 0 { turns -= 1 }
      previous = corner
    }
    return turns
  }
}
