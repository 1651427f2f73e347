import AmbitMatrix
import AmbitRendering

/// Made-up clouds and figures for the tests.
enum Clouds {
  static func normal(
    _ count: Int, centre: SIMD2<Double> = .zero, spread: Double = 1, random: inout SplitMix64
  ) -> [SIMD2<Double>] {
    (0..<count).map { _ in
      let radius = (-2 * Elementary.log(max(random.uniform(), 1e-12))).squareRoot()
      let angle = 2 * Double.pi * random.uniform()
      return centre
        + spread * radius * SIMD2(Elementary.cos(angle), Elementary.sin(angle))
    }
  }

  /// The corners of a rectangle about the points of the given share nearest to the centroid: it
  /// stands in for a hull, which is not this target's matter.
  static func outline(_ points: [SIMD2<Double>], share: Double) -> [SIMD2<Double>] {
    if points.isEmpty { return [] }
    let centroid = mean(points)
    let near = points.sorted {
      let (a, b) = ($0 - centroid, $1 - centroid)
      return (a * a).sum() < (b * b).sum()
    }.prefix(max(1, Int(Double(points.count) * share)))
    let (xs, ys) = (near.map(\.x), near.map(\.y))
    return [
      SIMD2(xs.min()!, ys.min()!), SIMD2(xs.max()!, ys.min()!), SIMD2(xs.max()!, ys.max()!),
      SIMD2(xs.min()!, ys.max()!),
    ]
  }

  static func mean(_ points: [SIMD2<Double>]) -> SIMD2<Double> {
    points.isEmpty ? .zero : points.reduce(.zero, +) / Double(points.count)
  }

  static func checkpoint(_ name: String, _ points: [SIMD2<Double>])
    -> DriftPlotData.Checkpoint
  {
    DriftPlotData.Checkpoint(
      name: name, points: points, hull100: outline(points, share: 1),
      hull95: outline(points, share: 0.95), centroid: mean(points))
  }

  /// Checkpoints that shrink and drift step by step.
  static func family(
    names: [String], count: Int = 60, seed: UInt64 = 7, scale: Double = 1, caption: String = "n"
  ) -> DriftPlotData {
    var random = SplitMix64(seed: seed)
    let checkpoints = names.enumerated().map { index, name in
      let progress = Double(index) / Double(max(names.count, 2))
      return checkpoint(
        name,
        normal(
          count, centre: SIMD2(progress, progress * progress) * scale,
          spread: scale * (1 - 0.6 * progress), random: &random))
    }
    return DriftPlotData(
      xLabel: "PC 1 (12.3 %)", yLabel: "PC 2 (4.5 %)", checkpoints: checkpoints, caption: caption)
  }

  /// Names that are hard to set: long, of other scripts, empty, with letters that XML reserves.
  static let hardNames = [
    "base", "allenai/OLMo-2-1124-7B-base-stage2-ingredient1-step11931-tok",
    "通义千问二点五七十亿参数指令微调模型检查点一万二千步",
    "نموذج-اللغة-بعد-الضبط-الدقيق", "🦙 llama 🚀", "a<b>&\"c\"'d'", "", "x", "step-12000",
    String(repeating: "W", count: 60), "e\u{301}tape", "line\nbreak",
  ]
}
