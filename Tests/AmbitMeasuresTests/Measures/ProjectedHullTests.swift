import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

@Suite struct ProjectedHullTests {
  private let suite = MeasureSuite(
    measures: MeasureSuite.standard.measures.filter { $0.id == "projected_hull" })

  private func run(_ study: SimulatedStudy, _ rows: [Matrix]? = nil) -> [Measurement] {
    suite.run(
      design: study.design,
      spaces: [MeasuredSpace(id: "embedding", coordinates: rows ?? study.rows)],
      settings: InferenceSettings(resamples: 200, permutations: 199),
      workers: Workers(threadCount: 2)
    ).measurements
  }

  /// The naive way: every plane in `Double`, the hull of all its points.
  private func area(_ rows: Matrix, without dropped: Range<Int> = 0..<0) -> Double {
    let frames = RandomFrames.directions(width: rows.columnCount)
    let kept = (0..<rows.rowCount).filter { !dropped.contains($0) }
    func along(_ row: Int, _ direction: Int) -> Double {
      (0..<rows.columnCount).reduce(0) {
        $0 + Double(rows[row, $1]) * Double(frames[direction, $1])
      }
    }
    let areas = (0..<RandomFrames.count).map { frame in
      ConvexPolygon(
        hullOf: kept.map { SIMD2(along($0, 2 * frame), along($0, 2 * frame + 1)) }
      ).area
    }
    return areas.reduce(0, +) / Double(areas.count)
  }

  @Test func framesAreOrthonormalAndAlwaysTheSame() {
    let frames = RandomFrames.directions(width: 24)
    #expect(frames.rowCount == 2 * RandomFrames.count)
    let products = frames.multiplied(byTransposeOf: frames, workers: Workers(threadCount: 1))
    for frame in 0..<RandomFrames.count {
      #expect(abs(products[2 * frame, 2 * frame] - 1) < 1e-6)
      #expect(abs(products[2 * frame + 1, 2 * frame + 1] - 1) < 1e-6)
      #expect(abs(products[2 * frame, 2 * frame + 1]) < 1e-6)
    }
    #expect(frames == RandomFrames.directions(width: 24))
  }

  @Test func valueAndIntervalAgreeWithTheNaiveWay() throws {
    var study = SimulatedStudy()
    (study.prompts, study.samples, study.scales) = (9, 4, [1, 0.7])
    let rows = study.rows
    let measured = run(study, rows)
    let alone = try #require(measured.first { $0.reference.isEmpty })
    let row = try #require(measured.first { !$0.reference.isEmpty })
    #expect(row.space == "random2")
    #expect(agree(try #require(alone.value), area(rows[0]), relative: 1e-5))
    #expect(agree(try #require(row.value), area(rows[1]), relative: 1e-5))
    let effect = Elementary.log(area(rows[1]) / area(rows[0]))
    #expect(abs(try #require(row.effect) - effect) < 1e-5)
    let leftOut = (0..<9).map { prompt in
      let dropped = 4 * prompt..<4 * prompt + 4
      return Elementary.log(area(rows[1], without: dropped) / area(rows[0], without: dropped))
    }
    let variance = try #require(Jackknife.variance(leftOut))
    let reach = StudentT.quantile(central: 0.95, degrees: 8) * variance.squareRoot()
    let interval = try #require(row.interval)
    #expect(agree(interval.high - interval.low, 2 * reach, relative: 1e-3))
  }

  /// Science note, M27: 21.08 measured for g(200) = 21.053.
  @Test func projectionsOfAGaussianAreGaussian() throws {
    var study = SimulatedStudy()
    (study.prompts, study.samples, study.width, study.betweenScale) = (200, 1, 16, 0)
    study.scales = [1, 1, 1, 1, 1, 1]
    let values = run(study).compactMap(\.value)
    #expect(values.count == 6)
    let mean = values.reduce(0, +) / 6
    #expect(agree(mean, ExpectedHullArea.gaussian(count: 200), relative: 0.04), "\(mean)")
  }

  @Test func groupsHaveTheHullOfTheirPoints() {
    forEachSeed(60) { random in
      let count = random.index(below: 90)
      let points =
        random.index(below: 2) == 0
        ? Clouds.gaussian(count, &random) : Clouds.grid(count, side: 4, &random)
      let entries = points.enumerated().map { (point: $0.element, owner: $0.offset) }
      let pool = FramePool(entries)
      for share in [1, 2, 8] {
        let groups = points.map { _ in
          random.index(below: 10) == 0 ? 2 : UInt8(random.index(below: share) == 0 ? 0 : 1)
        }
        for group in [UInt8(0), 1] {
          let own = points.indices.filter { groups[$0] == group }.map { points[$0] }
          let truth = ConvexPolygon(hullOf: own).area
          let found = pool.area(groups, group)
          try require(abs(found - truth) <= 1e-12 * max(1, truth), "\(found) against \(truth)")
        }
        let both = pool.areas(groups)
        try require(both == (pool.area(groups, 0), pool.area(groups, 1)), "\(both)")
      }
    }
  }

  @Test func aContractionIsFoundAndAShiftIsNot() throws {
    var study = SimulatedStudy()
    (study.prompts, study.samples, study.scales) = (30, 3, [1, 0.5])
    study.betweenScale = 0
    let row = try #require(run(study).last)
    #expect(abs(try #require(row.effect) - 2 * Elementary.log(0.5)) < 0.15)
    #expect(try #require(row.interval).high < 0)
    #expect(try #require(row.p) == 1 / 200)
    (study.scales, study.shift) = ([1, 1], 50)
    let shifted = try #require(run(study).last)
    #expect(abs(try #require(shifted.effect)) < 0.2)
    #expect(try #require(shifted.p) > 0.01)
  }

  @Test func itIsRefusedWhereThereIsNoPlaneOrNoArea() throws {
    var study = SimulatedStudy()
    study.width = 1
    for row in run(study) {
      #expect(row.value == nil && row.flags.contains(.degenerate))
    }
    // All on one line, up to the rounding of single precision.
    let line = Matrix(
      rowCount: 120, columnCount: 8, values: (0..<960).map { Float($0 / 8) * 0.1 + Float($0 % 8) })
    let rows = [line, line]
    for row in run(SimulatedStudy(), rows) {
      #expect(row.effect == nil && row.flags.contains(.degenerate))
    }
  }
}
