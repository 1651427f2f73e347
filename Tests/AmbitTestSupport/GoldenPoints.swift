import AmbitMatrix

/// The point sets whose hull and spread are tabulated to ten digits (science note, golden vectors).
public enum GoldenPoints {
  /// 200 points, uniform on the unit disk.
  public static let a = disk(seed: 42, radius: 1, centre: SIMD2(0, 0))
  /// 200 points, uniform on the disk of radius ½ about (0.2, 0).
  public static let b = disk(seed: 43, radius: 0.5, centre: SIMD2(0.2, 0))

  /// 100 unit rows of width 8: four Box–Muller pairs a row, normalised.
  public static let u: [[Double]] = {
    var random = SplitMix64(seed: 44)
    return (0..<100).map { _ in
      var row: [Double] = []
      for _ in 0..<4 {
        let radius = (-2 * Elementary.log(1 - random.uniform())).squareRoot()
        let angle = 2 * Double.pi * random.uniform()
        row += [radius * Elementary.cos(angle), radius * Elementary.sin(angle)]
      }
      let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return row.map { $0 / length }
    }
  }()

  /// Points uniform on a disk, by the square root of a uniform radius.
  public static func disk(seed: UInt64, radius: Double, centre: SIMD2<Double>, count: Int = 200)
    -> [SIMD2<Double>]
  {
    var random = SplitMix64(seed: seed)
    return (0..<count).map { _ in
      let distance = radius * random.uniform().squareRoot()
      let angle = 2 * Double.pi * random.uniform()
      return centre
        + SIMD2(distance * Elementary.cos(angle), distance * Elementary.sin(angle))
    }
  }
}
