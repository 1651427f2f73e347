import AmbitMatrix
import AmbitMeasures

/// Studies whose truth is known: `x_pr = a_p + scale · e_pr`, Gaussian.
struct SimulatedStudy {
  var prompts = 20
  var samples = 6
  var width = 8
  /// One checkpoint a scale; the first is the baseline.
  var scales = [1.0, 1.0]
  var betweenScale = 1.0
  /// Added to every coordinate of every checkpoint but the baseline.
  var shift = 0.0
  var hasPrompts = true
  var seed: UInt64 = 1

  var design: Design {
    let names = scales.indices.map { $0 == 0 ? "base" : "tuned\($0)" }
    return hasPrompts
      ? Design(
        checkpoints: names, baseline: 0, promptIDs: (0..<prompts).map { "p\($0)" },
        promptOffsets: Array(stride(from: 0, through: prompts * samples, by: samples)))
      : Design(
        checkpoints: names, baseline: 0, promptIDs: [""], promptOffsets: [0, prompts * samples],
        hasPrompts: false)
  }

  /// One matrix a checkpoint; the prompts' means are common to all.
  var rows: [Matrix] {
    var random = SplitMix64(seed: seed, stream: 99)
    let means = (0..<prompts * width).map { _ in betweenScale * random.normal() }
    return scales.enumerated().map { index, scale in
      var values: [Float] = []
      for prompt in 0..<prompts {
        for _ in 0..<samples {
          for column in 0..<width {
            let mean = means[prompt * width + column] + (index > 0 ? shift : 0)
            values.append(Float(mean + scale * random.normal()))
          }
        }
      }
      return Matrix(rowCount: prompts * samples, columnCount: width, values: values)
    }
  }

  /// The embedding, its first two columns as a raw plane, and their residuals as a within plane.
  static func spaces(_ rows: [Matrix], samples: Int) -> [MeasuredSpace] {
    let raw = rows.map { matrix in
      Matrix(
        rowCount: matrix.rowCount, columnCount: 2,
        values: (0..<matrix.rowCount).flatMap { [matrix[$0, 0], matrix[$0, 1]] })
    }
    var spaces = [
      MeasuredSpace(id: "embedding", coordinates: rows, calibratedRadius: 0.3),
      MeasuredSpace(id: "pca2", coordinates: raw),
    ]
    if samples >= 2 {
      spaces.append(
        MeasuredSpace(id: "pca2_within", coordinates: raw.map { residuals($0, samples: samples) }))
    }
    return spaces
  }

  var spaces: [MeasuredSpace] { Self.spaces(rows, samples: samples) }

  private static func residuals(_ plane: Matrix, samples: Int) -> Matrix {
    var result = plane
    for start in stride(from: 0, to: plane.rowCount, by: samples) {
      for column in 0..<2 {
        var sum: Float = 0
        for row in start..<start + samples { sum += plane[row, column] }
        for row in start..<start + samples { result[row, column] -= sum / Float(samples) }
      }
    }
    return result
  }

  func run(
    _ settings: InferenceSettings = InferenceSettings(resamples: 200, permutations: 199),
    threads: Int = 2
  ) -> MeasureSuite.Result {
    MeasureSuite.standard.run(
      design: design, spaces: spaces, settings: settings, workers: Workers(threadCount: threads))
  }
}
