import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

@Suite struct MauveTests {
  private func area(
    _ base: [Int], _ tuned: [Int], _ smoothing: DivergenceFrontier.Smoothing = .none
  ) -> Double {
    DivergenceFrontier.area(base: base, tuned: tuned, smoothing: smoothing)
  }

  @Test func goldenHistograms() {
    #expect(agree(area([1, 0], [0, 1]), 0.0040720963, relative: 1e-8))
    #expect(agree(area([3, 5, 0, 0], [0, 0, 1, 9]), 0.0040720963, relative: 1e-8))
    #expect(agree(area([1, 1, 1, 1], [1, 1, 0, 0]), 0.2781137254, relative: 1e-9))
    #expect(agree(area([9, 9, 0, 0], [2, 2, 2, 2]), 0.2781137254, relative: 1e-9))
  }

  /// `mauve-text` 0.4.0, from the same counts.
  @Test func valuesAreThoseOfTheReferencePackage() {
    let (base, tuned) = ([10, 0, 3, 7, 20, 1, 0, 5, 0], [2, 8, 3, 0, 30, 1, 2, 6, 0])
    #expect(agree(area(base, tuned), 0.4369233129334405, relative: 1e-12))
    #expect(agree(area(base, tuned, .half), 0.6150073898750408, relative: 1e-12))
  }

  /// The smooth curve of disjoint histograms has the area `5 B(5, 6) = 1/252`; chords lie above it.
  @Test func theGridOvershootsTheSmoothCurve() {
    let exact = 1.0 / 252
    #expect(area([1, 0], [0, 1]) > exact && area([1, 0], [0, 1]) < 1.03 * exact)
    // The same integral on ever finer grids.
    var area = 0.0
    let steps = 20_000
    for index in 0..<steps {
      let (w, next) = (Double(index) / Double(steps), Double(index + 1) / Double(steps))
      area +=
        (Elementary.pow(1 - w, 5) - Elementary.pow(1 - next, 5))
        * (Elementary.pow(w, 5) + Elementary.pow(next, 5)) / 2
    }
    #expect(agree(area, exact, relative: 1e-6))
  }

  @Test func equalHistogramsGiveOneExactly() {
    #expect(area([3, 0, 9, 1], [3, 0, 9, 1]) == 1)
    #expect(area([3, 0, 9, 1], [6, 0, 18, 2]) == 1)
    #expect(area([3, 0, 9, 1], [3, 0, 9, 1], .half) == 1)
    #expect(area([0, 0], [1, 1]).isNaN)
  }

  @Test func symmetricAndWithinBounds() {
    forEachSeed(50) { random in
      let count = 2 + random.index(below: 20)
      func histogram() -> [Int] { (0..<count).map { _ in random.index(below: 12) } + [1] }
      let (base, tuned) = (histogram(), histogram())
      for smoothing in DivergenceFrontier.Smoothing.allCases {
        let there = area(base, tuned, smoothing)
        try require(agree(there, area(tuned, base, smoothing), relative: 1e-12), "symmetric")
        try require(there > 0.004 && there <= 1, "\(there)")
      }
    }
  }

  @Test func theTableCountsAsTheFrontierDoes() {
    forEachSeed(30) { random in
      let (rows, buckets) = (20 + random.index(below: 200), 2 + random.index(below: 15))
      let labels = (0..<rows).map { _ in random.index(below: buckets) }
      let tunedCount = 1 + random.index(below: rows - 1)
      for smoothing in DivergenceFrontier.Smoothing.allCases {
        let table = FrontierTable(
          labels: labels, bucketCount: buckets, tunedCount: tunedCount, smoothing: smoothing)
        var groups = (0..<rows).map { UInt8($0 < tunedCount ? 1 : 0) }
        random.shuffle(&groups)
        var counts = [[Int]](repeating: [Int](repeating: 0, count: buckets), count: 2)
        for (label, group) in zip(labels, groups) { counts[Int(group)][label] += 1 }
        let expected = area(counts[0], counts[1], smoothing)
        try require(table.area(of: groups) == expected, "\(smoothing)")
      }
    }
  }

  private let suite = MeasureSuite(
    measures: MeasureSuite.standard.measures.filter { $0.id == "mauve" })

  private func rows(_ study: SimulatedStudy, threads: Int = 2, force: Bool = false)
    -> [Measurement]
  {
    suite.run(
      design: study.design, spaces: [study.spaces[0]],
      settings: InferenceSettings(resamples: 100, permutations: 199, force: force),
      workers: Workers(threadCount: threads)
    ).measurements
  }

  @Test func studiesHaveTheirSeedsSpread() throws {
    var study = SimulatedStudy()
    (study.prompts, study.samples, study.betweenScale) = (60, 10, 0)
    study.scales = [1, 0.5, 1]
    let found = rows(study)
    #expect(found.map(\.variant) == ["", "star", "seed_sd", "", "star", "seed_sd"])
    for start in [0, 3] {
      let isNarrower = start == 0
      for row in found[start..<start + 2] {
        let value = try #require(row.value)
        let band = try #require(row.nullBand)
        #expect(try #require(row.interval).contains(value))
        #expect(row.effect == nil && row.flags.isEmpty, "\(row.flags)")
        #expect((value < band.low) == isNarrower, "\(value) beside \(band)")
        #expect((try #require(row.p) <= 0.01) == isNarrower)
      }
      let spread = try #require(found[start + 2].value)
      #expect(spread > 0 && spread < 0.1 && found[start + 2].p == nil)
    }
    #expect(rows(study, threads: 1) == rows(study, threads: 3))
  }

  @Test func aCopyGivesOne() {
    var study = SimulatedStudy()
    (study.prompts, study.samples) = (50, 10)
    let base = study.rows[0]
    let found = suite.run(
      design: study.design, spaces: [MeasuredSpace(id: "embedding", coordinates: [base, base])],
      settings: InferenceSettings(resamples: 100, permutations: 99),
      workers: Workers(threadCount: 2)
    ).measurements
    #expect(found.map(\.value) == [1, 1, 0])
    #expect(found[0].p == 1 && found[1].p == 1)
  }

  @Test func fewOutputsAreRefusedUnlessForced() {
    let study = SimulatedStudy()
    for row in rows(study) { #expect(row.value == nil && row.flags == [.fewSamples]) }
    for row in rows(study, force: true) {
      #expect(row.value != nil && row.flags == [.fewSamples, .forced])
    }
  }
}
