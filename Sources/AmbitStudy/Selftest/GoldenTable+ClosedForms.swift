import AmbitMatrix
import AmbitMeasures

extension GoldenTable {
  /// What formulas give.
  static func closedForms(_ workers: Workers) -> [Row] {
    func groups(_ sizes: [Int]) -> Matrix {
      let axes = sizes.indices.flatMap { Array(repeating: $0, count: sizes[$0]) }
      return Matrix(
        rowCount: axes.count, columnCount: sizes.count,
        values: axes.flatMap { axis in sizes.indices.map { $0 == axis ? 1 : 0 } })
    }
    func vendi(_ rows: Matrix) -> Double {
      measure([("x", rows)], spaces: ["embedding"], ["vendi"], workers)
        .first { $0.variant == "q1" }?.value ?? .nan
    }
    let halfApart = Matrix(
      rowCount: 2, columnCount: 2, values: [1, 0, 0.5, Float(0.75.squareRoot())])
    return [
      Row(name: "vendi of 4 equal groups", expected: 4, found: vendi(groups([3, 3, 3, 3]))),
      Row(
        name: "vendi of weights .5 .3 .2", expected: 2.800094073, found: vendi(groups([5, 3, 2]))),
      Row(name: "vendi of two at cosine ½", expected: 1.754765351, found: vendi(halfApart)),
      Row(
        name: "coverage expected, k 3", expected: 0.8753750936559918,
        found: Coverage.expectation(base: 1000, tuned: 1000, k: 3)),
      Row(
        name: "coverage expected, k 5", expected: 0.968984140038212,
        found: Coverage.expectation(base: 1000, tuned: 1000, k: 5)),
      Row(
        name: "mauve of disjoint sets", expected: 0.0040720963,
        found: DivergenceFrontier.area(base: [5, 0], tuned: [0, 5], smoothing: .none)),
      Row(
        name: "mauve of 4 and 2 kinds", expected: 0.2781137254,
        found: DivergenceFrontier.area(
          base: [1, 1, 1, 1], tuned: [1, 1, 0, 0], smoothing: .none)),
      Row(name: "frechet of two Gaussians", expected: 1.518156874, found: gaussians()),
      Row(
        name: "self_bleu[4] of near copies", expected: 0.5372849659,
        found: lexical(
          ["the cat sat on the mat", "the cat sat on a mat"], "self_bleu", "4", workers)),
      Row(
        name: "self_bleu[4] of copies", expected: 1,
        found: lexical(Array(repeating: "one two three four", count: 3), "self_bleu", "4", workers)),
      Row(
        name: "distinct[1] of three copies", expected: 1.0 / 3,
        found: lexical(Array(repeating: "a b c", count: 3), "distinct", "1", workers)),
      Row(
        name: "self_bleu[4] of disjoint texts", expected: 0,
        found: lexical(["a b c d e", "f g h i j"], "self_bleu", "4", workers)),
      // A word twice in each of six and four more that are only in the other checkpoint.
      Row(
        name: "ead of 6 among 12 words of 10", expected: 0.8361548175,
        found: lexical(
          ["a b c d e f a b c d e f"], beside: ["g h i j"], "ead", "", workers)),
    ]
  }

  private static func gaussians() -> Double {
    let first = GaussianFit(mean: [0, 0], covariance: [2, 0.6, 0.6, 1])
    let second = GaussianFit(mean: [1, -0.5], covariance: [1, 0.2, 0.2, 0.5])
    return first.squaredMeanDistance(to: second) + first.covarianceDistance(to: second)
  }

  /// Estimates of samples from laws with a known truth; they may be off by a few standard errors.
  static func laws(_ workers: Workers) -> [Row] {
    let counts = (1...300).map { seed in
      var random = SplitMix64(seed: UInt64(seed))
      var found = [Int](repeating: 0, count: 1000)
      for _ in 0..<500 { found[min(999, Int(1000 * random.uniform()))] += 1 }
      return found
    }
    func mean(_ statistic: (AbundanceCounts) -> Double) -> Double {
      counts.reduce(0) { $0 + statistic(AbundanceCounts($1)) } / Double(counts.count)
    }
    var random = SplitMix64(seed: 9)
    let square = Matrix(
      rowCount: 1000, columnCount: 2, values: (0..<2000).map { _ in Float(random.uniform()) })
    let tree = measure([("x", square)], spaces: ["pca2"], ["mst_length"], workers).first?.value
    return [
      Row(
        name: "chao_wang_jost of uniform-1000", expected: 6.913,
        found: mean { CountEntropy.chaoWangJost($0) }, tolerance: 0.02),
      Row(
        name: "chao1 of uniform-1000", expected: 1009, found: mean { Richness.chao1($0) },
        tolerance: 25),
      Row(
        name: "coverage of uniform-1000", expected: 0.393621,
        found: mean { SampleCoverageEstimate.chaoJost($0) }, tolerance: 0.007),
      Row(
        name: "mst_length of the unit square / √n", expected: 0.658,
        found: (tree ?? .nan) / 1000.0.squareRoot(), tolerance: 0.02),
      torus(2, 1.99, tolerance: 0.15, workers), torus(5, 5.14, tolerance: 0.55, workers),
    ]
  }

  /// TwoNN of 2,000 points uniform on a flat torus: its mean over many draws, within three standard
  /// deviations (0.04 and 0.17).
  private static func torus(
    _ dimension: Int, _ expected: Double, tolerance: Double, _ workers: Workers
  ) -> Row {
    var random = SplitMix64(seed: 7, stream: UInt64(dimension))
    let values = (0..<2000 * dimension).flatMap { _ -> [Float] in
      let angle = 2 * Double.pi * random.uniform()
      return [Float(Elementary.cos(angle)), Float(Elementary.sin(angle))]
    }
    let matrix = Matrix(rowCount: 2000, columnCount: 2 * dimension, values: values)
    let measured = measure(
      [("x", matrix)], spaces: ["embedding"], ["intrinsic_dimension"], workers)
    return Row(
      name: "twonn of a \(dimension)-torus", expected: expected,
      found: measured.first { $0.variant == "twonn" }?.value ?? .nan, tolerance: tolerance)
  }

  private static func lexical(
    _ texts: [String], beside other: [String] = [], _ metric: String, _ variant: String,
    _ workers: Workers
  ) -> Double {
    let checkpoints = other.isEmpty ? [texts] : [texts, other]
    return MeasureCatalogue.lexical.run(
      design: Design(
        checkpoints: checkpoints.indices.map { "\($0)" }, baseline: 0,
        promptIDs: checkpoints.map { _ in [""] }, promptOffsets: checkpoints.map { [0, $0.count] },
        hasPrompts: false), texts: LexicalTexts(checkpoints, workers: workers),
      settings: settings, workers: workers
    ).measurements.first { $0.metric == metric && $0.variant == variant }?.value ?? .nan
  }
}
