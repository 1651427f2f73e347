import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

@Suite struct ComparisonTests {
  private func pairs(_ comparisons: InferenceSettings.Comparisons) -> [String] {
    var study = SimulatedStudy()
    study.scales = [1, 0.9, 0.8]
    study.samples = 1
    let result = study.run(
      InferenceSettings(resamples: 100, permutations: 99, comparisons: comparisons))
    var seen: [String] = []
    for row in result.measurements where row.metric == "hull_mass" {
      seen.append("\(row.checkpoint)<\(row.reference)")
    }
    return seen
  }

  @Test func pairsFollowTheSetting() {
    #expect(pairs(.base) == ["base<", "tuned1<base", "tuned2<base"])
    #expect(pairs(.consecutive) == ["base<", "tuned1<base", "tuned2<tuned1"])
    #expect(pairs(.all) == ["base<", "tuned1<base", "tuned2<base", "tuned2<tuned1"])
  }

  @Test func aShiftIsSeenByOverlapsAndNotByAreas() throws {
    var study = SimulatedStudy()
    study.prompts = 30
    study.samples = 4
    study.shift = 3
    let rows = study.run(InferenceSettings(resamples: 200, permutations: 999)).measurements
    for row in rows
    where row.space == "pca2" && row.scope == .pooled && !row.reference.isEmpty {
      switch row.metric {
      case "hull_area", "ellipse_area":
        #expect(try #require(row.p) > 0.01, "\(row.metric) \(row.variant) took a shift for spread")
      case "hull_kept", "hull_jaccard":
        #expect(try #require(row.p) < 0.01)
        #expect(try #require(row.value) < (try #require(row.nullBand)).low)
      case "hull_lost", "hull_gained":
        #expect(try #require(row.p) < 0.01)
        #expect(try #require(row.value) > (try #require(row.nullBand)).high)
      default: break
      }
    }
  }

  @Test func overlapsAddUp() throws {
    var study = SimulatedStudy()
    study.scales = [1, 0.6]
    let rows = study.run().measurements.filter { $0.space == "pca2" && !$0.reference.isEmpty }
    for variant in ["peel100", "peel95"] {
      func value(_ metric: String) throws -> Double {
        try #require(rows.first { $0.metric == metric && $0.variant == variant }?.value)
      }
      let area = try #require(rows.first { $0.metric == "hull_area" && $0.variant == variant })
      let before = try #require(area.referenceValue)
      let after = try #require(area.value)
      let shared = try value("hull_kept") * before
      #expect(abs(try value("hull_lost") - (1 - shared / before)) < 1e-9)
      #expect(abs(try value("hull_gained") - (1 - shared / after)) < 1e-9)
      #expect(
        agree(try value("hull_jaccard"), shared / (before + after - shared), relative: 1e-9))
      #expect(try #require(area.effect) == Elementary.log(after / before))
    }
  }

  @Test func areasAreThoseOfTheGivenCoordinates() throws {
    let study = SimulatedStudy()
    let result = study.run()
    for space in study.spaces.dropFirst() {
      let points = (0..<space.coordinates[0].rowCount).map { row in
        SIMD2(Double(space.coordinates[0][row, 0]), Double(space.coordinates[0][row, 1]))
      }
      for level in PeelLevel.allCases {
        let row = try #require(
          result.measurements.first {
            $0.checkpoint == "base" && $0.space == space.id && $0.metric == "hull_area"
              && $0.variant == level.variant
          })
        let area = ConvexPolygon(hullOf: points, keeping: level.fraction).area
        #expect(agree(try #require(row.value), area, relative: 1e-12))
      }
    }
  }

  @Test func adjustedPsStayInTheirFamily() throws {
    var study = SimulatedStudy()
    study.scales = [1, 0.9, 0.8, 0.7]
    let rows = study.run().measurements
    for isPrimary in [true, false] {
      let family = rows.filter { $0.isPrimary == isPrimary && $0.p != nil }
      let p = family.compactMap(\.p)
      let expected = isPrimary ? MultipleTesting.holm(p) : MultipleTesting.benjaminiHochberg(p)
      #expect(family.compactMap(\.adjustedP) == expected)
      #expect(!family.isEmpty)
    }
  }

  @Test func correlationIsAlignedAgainstItsPolarity() throws {
    var study = SimulatedStudy()
    study.scales = [1, 0.5]
    let row = try #require(
      study.run().measurements.first { $0.metric == "icc" && $0.effect != nil })
    let value = try #require(row.value)
    let before = try #require(row.referenceValue)
    #expect(value > before, "less spread within prompts raises the correlation")
    #expect(agree(try #require(row.effect), before - value, relative: 1e-9))
    #expect((try #require(row.interval)).contains(before - value))
  }

  /// 300 null studies: a share of 5 % has a standard error of 1.3 %.
  @Test func pValuesAreUniformUnderTheNull() {
    var rejections: [String: Int] = [:]
    var sums: [String: Double] = [:]
    var counts: [String: Double] = [:]
    // The dear ones have their table in `Benchmarks/validation.md`.
    let dear = ["projected_hull", "hdr_area", "alpha_shape_area", "mst_length"]
    let quick = MeasureSuite(
      measures: MeasureSuite.standard.measures.filter { !dear.contains($0.id) })
    let results = Workers(threadCount: 2).map(300) { seed in
      var study = SimulatedStudy()
      study.prompts = 14
      study.samples = 4
      study.width = 3
      study.seed = UInt64(5000 + seed)
      return quick.run(
        design: study.design, spaces: study.spaces,
        settings: InferenceSettings(resamples: 100, permutations: 99),
        workers: Workers(threadCount: 1)
      ).measurements
    }
    for rows in results {
      for row in rows where row.p != nil && row.space != "pca2_within" {
        let key = "\(row.metric) \(row.variant) \(row.scope) \(row.space)"
        rejections[key, default: 0] += row.p! <= 0.05 ? 1 : 0
        sums[key, default: 0] += row.p!
        counts[key, default: 0] += 1
      }
    }
    #expect(sums.count >= 44)
    for key in sums.keys.sorted() {
      #expect((0...31).contains(rejections[key]!), "\(key): \(rejections[key]!) of 300 at 5 %")
      // Whole numbers of corners and neighbours tie, which only makes p larger.
      let counted = [
        "hull_vertices", "hull_mass", "coverage", "precision", "recall", "density",
        "mst_cross_edges",
      ]
      let isCounted = counted.contains { key.hasPrefix($0) }
      // Five clusters of 56 outputs: hardly any is ever rare, lost or new, and most p are 1.
      let clusters = ["cluster", "chao1", "sample_coverage", "srr", "ndr", "sds"]
      let isOfClusters = clusters.contains { key.hasPrefix($0) } && key.contains("pooled")
      let mean = sums[key]! / counts[key]!
      #expect(
        mean > 0.4 && mean < (isOfClusters ? 1.01 : isCounted ? 0.75 : 0.6),
        "\(key): mean p \(mean)")
    }
  }
}
