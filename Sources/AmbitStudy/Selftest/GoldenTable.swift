import AmbitFormats
package import AmbitMatrix
import AmbitMeasures

/// Known numbers taken anew on this machine: golden vectors and closed forms.
///
/// The vectors come from SplitMix64 and are the same everywhere: A, 200 points uniform on the unit disk
/// (seed 42); B, 200 on the disk of radius ½ about (0.2, 0) (seed 43); U, 100 unit rows of width 8
/// (seed 44). The numbers were taken in double precision; vectors here are single, so a millionth may
/// differ.
package struct GoldenTable: Sendable {
  /// One number.
  package struct Row: Sendable {
    package let name: String
    package let expected: Double
    package let found: Double
    /// How far off it may be.
    package let tolerance: Double

    /// - Parameter tolerance: a millionth of the number unless said; more where chance has its part.
    init(name: String, expected: Double, found: Double, tolerance: Double? = nil) {
      self.name = name
      self.expected = expected
      self.found = found
      self.tolerance = tolerance ?? 1e-6 * max(abs(expected), 1e-3)
    }

    /// Whether it is the number.
    package var isRight: Bool { abs(found - expected) <= tolerance }
  }

  package let rows: [Row]

  package init(workers: Workers) {
    rows =
      Self.pair(workers) + Self.spectrum(workers) + Self.identities(workers)
      + Self.closedForms(workers) + Self.laws(workers)
  }

  static let settings = InferenceSettings(resamples: 100, permutations: 99)

  /// One golden number: where it stands in the table of a study, and its value.
  private struct Golden {
    let metric: String
    let variant: String
    let checkpoint: String
    let value: Double

    init(_ metric: String, _ checkpoint: String, _ value: Double) {
      self.init(metric, "", checkpoint, value)
    }

    init(_ metric: String, _ variant: String, _ checkpoint: String, _ value: Double) {
      self.metric = metric
      self.variant = variant
      self.checkpoint = checkpoint
      self.value = value
    }
  }

  private static func rows(_ measurements: [Measurement], _ golden: [Golden]) -> [Row] {
    golden.map { entry in
      let own = measurements.first {
        $0.metric == entry.metric && $0.variant == entry.variant
          && $0.checkpoint == entry.checkpoint
      }
      let variant = entry.variant.isEmpty ? "" : "[\(entry.variant)]"
      return Row(
        name: "\(entry.metric)\(variant) of \(entry.checkpoint)", expected: entry.value,
        found: own?.value ?? .nan)
    }
  }

  static func measure(
    _ matrices: [(name: String, rows: Matrix)], spaces: [String], _ ids: Set<String>,
    _ workers: Workers
  ) -> [Measurement] {
    let design = Design(
      checkpoints: matrices.map(\.name), baseline: 0, promptIDs: matrices.map { _ in [""] },
      promptOffsets: matrices.map { [0, $0.rows.rowCount] }, hasPrompts: false)
    return MeasureSuite.standard.keeping { ids.contains($0.id) }.run(
      design: design,
      spaces: spaces.map { MeasuredSpace(id: $0, coordinates: matrices.map(\.rows)) },
      settings: settings, workers: workers
    ).measurements
  }

  private static func pair(_ workers: Workers) -> [Row] {
    let golden = [
      Golden("hull_area", "peel100", "A", 2.892760175),
      Golden("hull_area", "peel100", "B", 0.7063513722),
      Golden("hull_area", "baldin_reiss", "A", 3.212402183),
      Golden("hull_area", "baldin_reiss", "B", 0.7800913506),
      Golden("hull_perimeter", "A", 6.103705715), Golden("hull_perimeter", "B", 3.01775125),
      Golden("hull_vertices", "A", 20), Golden("hull_vertices", "B", 19),
      Golden("dispersion", "A", 0.5126808576), Golden("dispersion", "B", 0.1222684972),
      Golden("mst_length", "A", 16.53011608), Golden("mst_length", "B", 8.40007404),
      Golden("effective_rank", "A", 1.998528913), Golden("effective_rank", "B", 1.995250902),
      Golden("mean_distance", "A", 0.9177374002), Golden("mean_distance", "B", 0.447768312),
      Golden("intrinsic_dimension", "twonn", "A", 1.817898926),
      Golden("intrinsic_dimension", "twonn", "B", 2.014008732),
      Golden("knn_entropy", "k5", "A", 1.234356279),
      Golden("knn_entropy", "k5", "B", -0.1425912497),
      Golden("knn_divergence", "from_base", "B", 0.8281141746),
      Golden("knn_divergence", "to_base", "B", 1.372113376),
      Golden("energy_distance", "B", 0.1348142837),
      Golden("precision", "k5", "B", 1), Golden("recall", "k5", "B", 0.305),
      Golden("density", "k5", "B", 0.962), Golden("coverage", "k5", "B", 0.39),
    ]
    let measured = measure(
      [("A", disk(42, 1, 0)), ("B", disk(43, 0.5, 0.2))], spaces: ["embedding", "pca2"],
      Set(golden.map(\.metric) + ["frechet", "log_volume"]), workers)
    let terms = measured.filter { $0.metric == "frechet" }.compactMap(\.value)
    return rows(measured, golden) + [
      Row(
        name: "frechet of B, both terms", expected: 0.1696983782,
        found: terms.count == 2 ? terms[0] + terms[1] : .nan),
      halfLogDeterminant("A", -1.361985093, measured, rows: 200, width: 2),
      halfLogDeterminant("B", -2.797064185, measured, rows: 200, width: 2),
    ]
  }

  /// `log_volume` with the bias put back that it takes off.
  private static func halfLogDeterminant(
    _ checkpoint: String, _ expected: Double, _ measured: [Measurement], rows: Int, width: Int
  ) -> Row {
    let value = measured.first {
      $0.metric == "log_volume" && $0.variant == "k\(width)" && $0.checkpoint == checkpoint
    }?.value
    return Row(
      name: "½ log det of \(checkpoint)", expected: expected,
      found: (value ?? .nan) + LogVolume.bias(rows: rows, components: width))
  }

  private static func spectrum(_ workers: Workers) -> [Row] {
    let golden = [
      Golden("vendi", "q1", "U", 7.666685098), Golden("vendi", "q2", "U", 7.329121997),
      Golden("vendi", "qinf", "U", 4.802439894), Golden("rke", "U", 7.829677385),
      Golden("mean_cosine_distance", "U", 0.9976975361),
      Golden("effective_rank", "U", 7.648505177),
    ]
    let measured = measure(
      [("U", unitRows(44))], spaces: ["embedding"], Set(golden.map(\.metric) + ["log_volume"]),
      workers)
    return rows(measured, golden) + [
      halfLogDeterminant("U", -8.498766659, measured, rows: 100, width: 8)
    ]
  }

  /// The variance of A in 40 prompts of five is that within them and that of their means.
  private static func identities(_ workers: Workers) -> [Row] {
    let measured = MeasureSuite.standard.keeping { $0.id == "dispersion" }.run(
      design: Design(
        checkpoints: ["A"], baseline: 0, promptIDs: (0..<40).map { "\($0)" },
        promptOffsets: (0...40).map { 5 * $0 }),
      spaces: [MeasuredSpace(id: "embedding", coordinates: [disk(42, 1, 0)])], settings: settings,
      workers: workers
    ).measurements
    func value(_ scope: Scope) -> Double {
      measured.first { $0.scope == scope && $0.variant.isEmpty }?.value ?? .nan
    }
    let means = 39 * (value(.across) - 0.8 * value(.within))
    return [
      Row(
        name: "dispersion of A by prompts", expected: 0.5126808576,
        found: (40 * 4 * value(.within) + 5 * means) / 199)
    ]
  }

  /// 200 points uniform on a disk about (`centre`, 0).
  private static func disk(_ seed: UInt64, _ radius: Double, _ centre: Double) -> Matrix {
    var random = SplitMix64(seed: seed)
    let values = (0..<200).flatMap { _ -> [Float] in
      let distance = radius * random.uniform().squareRoot()
      let angle = 2 * Double.pi * random.uniform()
      return [
        Float(centre + distance * Elementary.cos(angle)), Float(distance * Elementary.sin(angle)),
      ]
    }
    return Matrix(rowCount: 200, columnCount: 2, values: values)
  }

  /// 100 rows of four Box–Muller pairs, normalised.
  private static func unitRows(_ seed: UInt64) -> Matrix {
    var random = SplitMix64(seed: seed)
    let values = (0..<100).flatMap { _ -> [Float] in
      var row: [Double] = []
      for _ in 0..<4 {
        let radius = (-2 * Elementary.log(1 - random.uniform())).squareRoot()
        let angle = 2 * Double.pi * random.uniform()
        row += [radius * Elementary.cos(angle), radius * Elementary.sin(angle)]
      }
      let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return row.map { Float($0 / length) }
    }
    return Matrix(rowCount: 100, columnCount: 8, values: values)
  }
}
