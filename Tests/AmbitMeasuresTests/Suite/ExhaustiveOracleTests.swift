import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

/// The whole engine against a naive one: every relabelling of a small study written out, every
/// statistic computed from scratch on copied rows, nothing shared and nothing presorted.
@Suite struct ExhaustiveOracleTests {
  private static let prompts = 7
  private static let samples = 3

  private struct Cloud {
    /// Per prompt, per sample, the coordinates.
    var groups: [[[Double]]]

    var rows: [[Double]] { groups.flatMap { $0 } }

    var points: [SIMD2<Double>] { rows.map { SIMD2($0[0], $0[1]) } }

    func without(_ prompt: Int) -> Cloud {
      var rest = self
      rest.groups.remove(at: prompt)
      return rest
    }

    var centred: Cloud {
      let all = rows
      let mean = all[0].indices.map { column in
        all.reduce(0) { $0 + $1[column] } / Double(all.count)
      }
      return Cloud(groups: groups.map { $0.map { zip($0, mean).map(-) } })
    }
  }

  private func cloud(_ matrix: Matrix) -> Cloud {
    Cloud(
      groups: (0..<Self.prompts).map { prompt in
        (0..<Self.samples).map { sample in
          matrix.row(prompt * Self.samples + sample).map { Double($0) }
        }
      })
  }

  private func totalVariance(_ rows: [[Double]]) -> Double {
    let count = Double(rows.count)
    return rows[0].indices.reduce(0) { total, column in
      let mean = rows.reduce(0) { $0 + $1[column] } / count
      return total + rows.reduce(0) { $0 + ($1[column] - mean) * ($1[column] - mean) }
    } / (count - 1)
  }

  private func across(_ cloud: Cloud) -> Double {
    let means = cloud.groups.map { group in
      group[0].indices.map { column in
        group.reduce(0) { $0 + $1[column] } / Double(group.count)
      }
    }
    let inner = cloud.groups.reduce(0) { total, group in
      let size = Double(group.count)
      return total + totalVariance(group) * (size - 1) / size
    }
    return totalVariance(means) + inner / Double(cloud.groups.count)
  }

  /// Every relabelling of whole prompts.
  private func relabelled(_ base: Cloud, _ tuned: Cloud) -> [(base: Cloud, tuned: Cloud)] {
    (0..<1 << Self.prompts).map { pattern in
      var result = (base: base, tuned: tuned)
      for prompt in 0..<Self.prompts where pattern >> prompt & 1 == 1 {
        result.base.groups[prompt] = tuned.groups[prompt]
        result.tuned.groups[prompt] = base.groups[prompt]
      }
      return result
    }
  }

  private func twoSided(_ effects: [Double]) -> Double {
    let observed = abs(effects[0]) - 1e-6
    return Double(effects.count(where: { abs($0) >= observed })) / Double(effects.count)
  }

  private func study(_ seed: UInt64) -> (SimulatedStudy, MeasureSuite.Result) {
    var study = SimulatedStudy()
    study.prompts = Self.prompts
    study.samples = Self.samples
    study.scales = [1, 0.7]
    study.shift = 0.8
    study.seed = seed
    return (study, study.run(InferenceSettings(resamples: 100, permutations: 9999)))
  }

  private func row(
    _ result: MeasureSuite.Result, _ metric: String, _ variant: String, _ scope: Scope,
    _ space: String
  ) throws -> Measurement {
    try #require(
      result.measurements.first {
        !$0.reference.isEmpty && $0.metric == metric && $0.variant == variant
          && $0.scope == scope && $0.space == space
      })
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func dispersionPsAreThoseOfEveryRelabelling(seed: UInt64) throws {
    let (study, result) = study(seed)
    let base = cloud(study.rows[0])
    let tuned = cloud(study.rows[1])
    let every = relabelled(base.centred, tuned.centred)
    let pooled = every.map {
      Elementary.log(totalVariance($0.tuned.rows) / totalVariance($0.base.rows))
    }
    let acrossEffects = every.map { Elementary.log(across($0.tuned) / across($0.base)) }
    let pooledRow = try row(result, "dispersion", "", .pooled, "embedding")
    let acrossRow = try row(result, "dispersion", "", .across, "embedding")
    #expect(agree(try #require(pooledRow.effect), pooled[0], relative: 1e-5))
    #expect(agree(try #require(acrossRow.effect), acrossEffects[0], relative: 1e-5))
    #expect(pooledRow.p == twoSided(pooled))
    #expect(acrossRow.p == twoSided(acrossEffects))
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func hullPsAreThoseOfEveryRelabelling(seed: UInt64) throws {
    let (study, result) = study(seed)
    let plane = study.spaces[1].coordinates
    let base = cloud(plane[0])
    let tuned = cloud(plane[1])
    let centred = relabelled(base.centred, tuned.centred)
    let asTheyLie = relabelled(base, tuned)
    for level in PeelLevel.allCases {
      func hull(_ cloud: Cloud) -> ConvexPolygon {
        ConvexPolygon(hullOf: cloud.points, keeping: level.fraction)
      }
      let effects = centred.map { Elementary.log(hull($0.tuned).area / hull($0.base).area) }
      let areaRow = try row(result, "hull_area", level.variant, .pooled, "pca2")
      #expect(agree(try #require(areaRow.effect), effects[0], relative: 1e-9))
      #expect(areaRow.p == twoSided(effects), "\(level.variant)")
      if level == .fifty { continue }
      let kept = asTheyLie.map {
        hull($0.tuned).intersection(hull($0.base)).area / hull($0.base).area
      }
      let keptRow = try row(result, "hull_kept", level.variant, .pooled, "pca2")
      let fewer = kept.count(where: { $0 <= kept[0] + 1e-6 })
      #expect(agree(try #require(keptRow.value), kept[0], relative: 1e-9))
      #expect(keptRow.p == Double(fewer) / Double(kept.count), "\(level.variant)")
    }
  }

  @Test(arguments: [1, 2] as [UInt64])
  func intervalsOfFewPromptsAreStudentsJackknife(seed: UInt64) throws {
    let (study, result) = study(seed)
    let plane = study.spaces[1].coordinates
    func interval(_ base: Cloud, _ tuned: Cloud, _ effect: (Cloud, Cloud) -> Double) throws
      -> Interval
    {
      let leftOut = (0..<Self.prompts).map { effect(base.without($0), tuned.without($0)) }
      let count = Double(Self.prompts)
      let mean = leftOut.reduce(0, +) / count
      let squares = leftOut.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      // SciPy: t.ppf(0.975, 6).
      let reach = 2.4469118511449692 * ((count - 1) / count * squares).squareRoot()
      return Interval(low: effect(base, tuned) - reach, high: effect(base, tuned) + reach)
    }
    let area = try interval(cloud(plane[0]), cloud(plane[1])) { base, tuned in
      Elementary.log(
        ConvexPolygon(hullOf: tuned.points).area / ConvexPolygon(hullOf: base.points).area)
    }
    let areaRow = try row(result, "hull_area", "peel100", .pooled, "pca2")
    let found = try #require(areaRow.interval)
    #expect(
      agree(found.low, area.low, relative: 1e-8) && agree(found.high, area.high, relative: 1e-8))
    let spread = try interval(cloud(study.rows[0]), cloud(study.rows[1])) { base, tuned in
      Elementary.log(totalVariance(tuned.rows) / totalVariance(base.rows))
    }
    let spreadRow = try row(result, "dispersion", "", .pooled, "embedding")
    let other = try #require(spreadRow.interval)
    #expect(abs(other.low - spread.low) < 1e-4 && abs(other.high - spread.high) < 1e-4)
  }

  /// A bootstrap of dispersion as weights must be a bootstrap of copied rows.
  @Test func bootstrapIntervalsAreThoseOfCopiedRows() throws {
    var study = SimulatedStudy()
    study.prompts = 55
    study.samples = 2
    study.scales = [1, 0.8]
    let settings = InferenceSettings(resamples: 300, permutations: 99, seed: 5)
    let result = study.run(settings)
    let groups = study.rows.map { matrix in
      (0..<55).map { prompt in
        (0..<2).map { matrix.row(prompt * 2 + $0).map { Double($0) } }
      }
    }
    func effect(_ counts: [Int]) -> Double {
      let values = groups.map { group in
        totalVariance(
          counts.enumerated().flatMap { prompt, count in
            (0..<count).flatMap { _ in group[prompt] }
          })
      }
      return Elementary.log(values[1] / values[0])
    }
    let replicates = (0..<300).map { replicate in
      var counts = [Float](repeating: 0, count: 55)
      Bootstrap.writeCounts(.bootstrap, seed: 5, replicate: replicate, to: &counts)
      return effect(counts.map { Int($0) })
    }
    let leftOut = (0..<55).map { prompt in effect((0..<55).map { $0 == prompt ? 0 : 1 }) }
    let expected = try #require(
      Interval.biasCorrected(
        replicates, estimate: effect([Int](repeating: 1, count: 55)), leaveOneOut: leftOut))
    let row = try row(result, "dispersion", "", .pooled, "embedding")
    let found = try #require(row.interval)
    #expect(abs(found.low - expected.low) < 1e-5 && abs(found.high - expected.high) < 1e-5)
  }

  /// A half of zero change: the null band holds 0 and is about as wide as theory says.
  @Test func nullBandsAreThoseOfHalves() throws {
    for samples in [1, 8] {
      var study = SimulatedStudy()
      study.prompts = 40
      study.samples = samples
      study.betweenScale = samples == 1 ? 1 : 0
      let result = study.run(InferenceSettings(resamples: 500, permutations: 99))
      for row in result.measurements
      where row.effect != nil && (row.scope != .within || row.space == "embedding") {
        let band = try #require(row.nullBand, "\(row.metric)")
        #expect(band.low <= 0 && band.high >= 0, "\(row)")
        #expect(row.flags.contains(.halvesByPrompt) == (samples == 1), "\(row)")
      }
      if samples == 8 {
        // Log ratio of tr S over 40 · 3 · 8 degrees of freedom a half: sd = 2 / √960, and ± 1.96.
        let row = try row(result, "dispersion", "", .within, "embedding")
        let width = try #require(row.nullBand).high - (try #require(row.nullBand).low)
        let theory = 2 * 1.96 * 2 / 960.0.squareRoot()
        #expect(abs(width / theory - 1) < 0.25, "\(width) against \(theory)")
      }
    }
  }
}
