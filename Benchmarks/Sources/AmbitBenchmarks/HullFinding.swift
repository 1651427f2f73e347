import AmbitFormats
import AmbitMeasures
import Foundation

/// The convex hull of points in the plane, and its area.
struct HullFinding: Benchmark {
  static let name = "hull"
  let points: [SIMD2<Double>]

  init(paths: [String], threadCount: Int) throws {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: paths[0])))
    let values = try NPYArray(bytes: bytes).doubles
    points = (0..<values.count / 2).map { SIMD2(values[2 * $0], values[2 * $0 + 1]) }
  }

  func run() throws -> [String: Double] {
    let hull = ConvexPolygon(hullOf: points)
    return ["area": hull.area, "corners": Double(hull.vertices.count)]
  }
}
