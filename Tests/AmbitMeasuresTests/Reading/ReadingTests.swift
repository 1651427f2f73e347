import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

@Suite struct ReadingTests {
  private let settings = InferenceSettings(resamples: 200, permutations: 999)

  private func reading(_ study: SimulatedStudy) throws -> Reading {
    try #require(Reading.all(in: study.run(settings)).first)
  }

  private var study: SimulatedStudy {
    var study = SimulatedStudy()
    study.prompts = 60
    study.samples = 6
    study.betweenScale = 0.5
    return study
  }

  @Test func twoDrawsOfOneLawAreNoChange() throws {
    let reading = try reading(study)
    #expect([.noChange, .inconclusive].contains(reading.signature), "\(reading.signature)")
    #expect(reading.cautions.isEmpty)
  }

  @Test func aSmallerSpreadIsContraction() throws {
    var contracted = study
    contracted.scales = [1, 0.6]
    let reading = try reading(contracted)
    #expect(reading.signature == .contraction)
    #expect(reading.evidence.first?.metric == "dispersion")
    #expect(try #require(reading.equivalenceP) > 0.5)
  }

  @Test func aLargerSpreadIsExpansion() throws {
    var expanded = study
    expanded.scales = [1, 1.5]
    #expect(try reading(expanded).signature == .expansion)
  }

  /// Answers to every prompt, in turn from one mode after another: a mode is 6 along one axis, with
  /// standard normal noise. One list of axes a checkpoint.
  private func modes(_ axes: [[Int]]) throws -> MeasureSuite.Result {
    let (prompts, samples, width) = (60, 8, 8)
    var random = SplitMix64(seed: 9, stream: 4)
    let matrices = axes.map { axes in
      var values: [Float] = []
      for _ in 0..<prompts {
        for sample in 0..<samples {
          let axis = axes[sample % axes.count]
          for column in 0..<width {
            values.append(Float((column == axis ? 6 : 0) + random.normal()))
          }
        }
      }
      return Matrix(rowCount: prompts * samples, columnCount: width, values: values)
    }
    let design = Design(
      checkpoints: ["base", "tuned"], baseline: 0, promptIDs: (0..<prompts).map { "p\($0)" },
      promptOffsets: Array(stride(from: 0, through: prompts * samples, by: samples)))
    return MeasureSuite.standard.run(
      design: design, spaces: [MeasuredSpace(id: "embedding", coordinates: matrices)],
      settings: settings, workers: Workers(threadCount: 2))
  }

  @Test func aDroppedModeIsALostMode() throws {
    let reading = try #require(Reading.all(in: try modes([[0, 1], [0]])).first)
    #expect(reading.signature == .lostModes, "\(reading.signature)")
  }

  @Test func aMoveWithoutChangeOfSpreadIsDrift() throws {
    var result = try modes([[0], [1]])
    #expect(try #require(Reading.all(in: result).first).signature == .drift)
    var lists = try #require(
      result.measurements.first { $0.metric == "energy_distance" && !$0.reference.isEmpty })
    lists.metric = "format_share"
    lists.variant = "lists"
    lists.space = "text"
    lists.referenceValue = 0.1
    lists.value = 0.6
    result.measurements.append(lists)
    let reading = try #require(Reading.all(in: result).first)
    #expect(reading.signature == .formatChange)
    #expect(reading.cautions == [.format(habit: "lists", from: 0.1, to: 0.6)])
  }

  @Test func loopingTextIsDegenerationWhateverItsSpread() throws {
    var contracted = study
    contracted.scales = [1, 0.6]
    var result = contracted.run(settings)
    var looping = try #require(
      result.measurements.first { $0.metric == "dispersion" && !$0.reference.isEmpty })
    looping.metric = "self_repetition"
    looping.variant = "4_inside"
    looping.space = "text"
    looping.value = 0.6
    looping.referenceValue = 0.01
    looping.isPrimary = false
    result.measurements.append(looping)
    let reading = try #require(Reading.all(in: result).first)
    #expect(reading.signature == .degeneration)
    #expect(reading.cautions == [.checkpointLoops(share: 0.6)])
  }
}

@Suite struct LineageTests {
  private let workers = Workers(threadCount: 2)
  private let settings = InferenceSettings(resamples: 400, permutations: 499)

  private func lineage(_ scales: [Double], steps: [Double?] = []) throws -> Lineage {
    var study = SimulatedStudy()
    study.prompts = 40
    study.samples = 6
    study.scales = scales
    return try #require(
      Lineage(
        study.run(settings), checkpoints: study.design.checkpoints, steps: steps,
        settings: settings, workers: workers))
  }

  @Test func lossIsSharedOutToTheStageWhereItHappened() throws {
    let lineage = try lineage([1, 0.6, 0.6])
    #expect(lineage.stages.map(\.from) == ["base", "tuned1"])
    // tr S falls by the square of the scale.
    #expect(abs(lineage.change - 2 * Elementary.log(0.6)) < 0.15)
    let shares = try lineage.stages.map { try #require($0.share) }
    #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
    #expect(abs(shares[0] - 1) < 0.15)
    #expect(try #require(lineage.stages[1].shareInterval).contains(0))
    #expect(lineage.isFalling)
    #expect(try #require(lineage.trendP) < 0.01)
  }

  @Test func noChangeHasNothingToShareOut() throws {
    let lineage = try lineage([1, 1, 1])
    #expect(lineage.stages.allSatisfy { $0.share == nil })
    #expect(try #require(lineage.trendP) > 0.01)
  }

  @Test func slopeIsThatOfAPowerLaw() throws {
    // tr S ∝ step^(−0.5).
    let steps = [100.0, 400, 1600, 6400]
    let lineage = try lineage(
      steps.map { Elementary.exp(-0.25 * Elementary.log($0 / 100)) }, steps: steps)
    #expect(try #require(lineage.slopeInterval).contains(-0.5))
    #expect(abs(try #require(lineage.slope) + 0.5) < 0.05)
  }

  @Test func aZeroStepHasNoLogarithm() throws {
    #expect(try lineage([1, 0.9, 0.8], steps: [0, 100, 200]).slope == nil)
  }
}
