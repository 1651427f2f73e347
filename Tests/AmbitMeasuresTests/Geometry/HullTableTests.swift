import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

/// The exact expectations of hull areas, by the quadrature that the science note tabulates.
@Suite struct HullTableTests {
  private func areas(_ count: Int, _ draw: (Int, inout SplitMix64) -> [SIMD2<Double>]) -> [Double] {
    (0..<400).map { replication in
      var random = SplitMix64(seed: 20_240_101, stream: UInt64(replication * 1000 + count))
      return ConvexPolygon(hullOf: draw(count, &random)).area
    }
  }

  private func expectMean(_ values: [Double], _ truth: Double, _ label: String) {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    let error = (variance / count).squareRoot()
    #expect(abs(mean - truth) < 4 * error, "\(label): \(mean) against \(truth) ± \(error)")
  }

  @Test(arguments: [
    (3, 0.8660254), (5, 2.51334), (10, 5.37873), (20, 8.68072), (50, 13.42731), (100, 17.19215),
    (200, 21.05330),
  ])
  func gaussianHullsHaveTheirExactMeanArea(count: Int, truth: Double) {
    expectMean(areas(count, Clouds.gaussian), truth, "g(\(count))")
  }

  @Test(arguments: [
    (3, 0.23210), (5, 0.66624), (10, 1.31674), (20, 1.88034), (50, 2.40983), (100, 2.66802),
    (200, 2.83843),
  ])
  func diskHullsHaveTheirExactMeanArea(count: Int, truth: Double) {
    expectMean(areas(count, Clouds.disk), truth, "u(\(count))")
  }

  @Test func cornersAndPerimetersHaveTheirMeans() {
    var corners: [Double] = []
    var perimeters: [Double] = []
    for replication in 0..<400 {
      var random = SplitMix64(seed: 11, stream: UInt64(replication))
      corners.append(Double(ConvexPolygon(hullOf: Clouds.disk(200, &random)).vertices.count))
      perimeters.append(ConvexPolygon(hullOf: Clouds.gaussian(200, &random)).perimeter)
    }
    expectMean(corners, 19.34, "corners of 200 in a disk")
    expectMean(perimeters, 17.2539, "perimeter of 200 Gaussian points")
  }

  @Test func halvingTheRadiusQuartersTheArea() {
    let ratios = (0..<400).map { replication in
      var random = SplitMix64(seed: 12, stream: UInt64(replication))
      let whole = ConvexPolygon(hullOf: Clouds.disk(200, &random)).area
      let half = ConvexPolygon(hullOf: Clouds.disk(200, &random).map { $0 / 2 }).area
      return Elementary.log(half / whole)
    }
    let mean = ratios.reduce(0, +) / 400
    #expect(abs(mean - Elementary.log(0.25)) < 0.02)
  }
}
