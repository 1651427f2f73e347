import AmbitMatrix

/// Clouds that the tests share.
enum Clouds {
  static func gaussian(_ count: Int, _ random: inout SplitMix64) -> [SIMD2<Double>] {
    (0..<count).map { _ in SIMD2(random.normal(), random.normal()) }
  }

  static func disk(_ count: Int, _ random: inout SplitMix64) -> [SIMD2<Double>] {
    (0..<count).map { _ in
      let radius = random.uniform().squareRoot()
      let angle = 2 * Double.pi * random.uniform()
      return SIMD2(radius * Elementary.cos(angle), radius * Elementary.sin(angle))
    }
  }

  /// Points of a small integer grid: many duplicates, many on one line.
  static func grid(_ count: Int, side: Int, _ random: inout SplitMix64) -> [SIMD2<Double>] {
    (0..<count).map { _ in
      SIMD2(Double(random.index(below: side)), Double(random.index(below: side)))
    }
  }

  static func scaled(_ points: [SIMD2<Double>], by matrix: (Double, Double, Double, Double))
    -> [SIMD2<Double>]
  {
    points.map {
      SIMD2(matrix.0 * $0.x + matrix.1 * $0.y + 3, matrix.2 * $0.x + matrix.3 * $0.y - 7)
    }
  }
}
