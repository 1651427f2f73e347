import AmbitFormats
import AmbitRendering
import Foundation

/// A million points as a finished figure in the bytes of a PNG file: limits, density, frame and name.
struct PointPainting: Benchmark {
  static let name = "points"
  let data: MapPlotData

  init(paths: [String], threadCount: Int) throws {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: paths[0])))
    let values = try NPYArray(bytes: bytes).doubles
    let points = (0..<values.count / 2).map { SIMD2(values[2 * $0], values[2 * $0 + 1]) }
    data = MapPlotData(checkpoints: [.init(name: "points", points: points)])
  }

  func run() throws -> [String: Double] {
    // 1,800 pixels wide.
    let file = try data.scene(FigureSettings(width: 6)).png(dpi: 300)
    return ["points": Double(data.checkpoints[0].points.count), "bytes": Double(file.count)]
  }
}

/// Eight panels of 5,000 points together, as a finished drift plot in the bytes of a PNG file.
struct PanelPainting: Benchmark {
  static let name = "panels"
  let data: DriftPlotData

  init(paths: [String], threadCount: Int) throws {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: paths[0])))
    let values = try NPYArray(bytes: bytes).doubles
    let count = 5000 / 7
    data = DriftPlotData(
      xLabel: "x", yLabel: "y",
      checkpoints: (0..<7).map { checkpoint in
        let points = (checkpoint * count..<(checkpoint + 1) * count).map {
          SIMD2(values[2 * $0], values[2 * $0 + 1])
        }
        return .init(
          name: "step-\(checkpoint)", points: points, hull100: Array(points.prefix(3)),
          hull95: Array(points.prefix(4)), centroid: .zero)
      })
  }

  func run() throws -> [String: Double] {
    ["bytes": Double(try data.scene(FigureSettings(width: 6.75)).png(dpi: 300).count)]
  }
}
