import AmbitFormats
import AmbitMatrix
import AmbitStudy
import AmbitTestSupport
import Testing

@Suite struct SelfTestTests {
  let folder = TemporaryFolder()

  @Test func everyKnownNumberIsRight() {
    let rows = GoldenTable(workers: Workers(threadCount: 2)).rows
    #expect(rows.count > 30)
    for row in rows { #expect(row.isRight, "\(row.name): \(row.expected), \(row.found)") }
  }

  /// Against scipy.stats.binom.sf(k − 1, n, p).
  @Test func chancesOfManyEvents() {
    #expect(RareEvents.chance(of: 0, outOf: 20, at: 0.05) == 1)
    #expect(agree(RareEvents.chance(of: 1, outOf: 20, at: 0.05), 1 - 0.3584859224, relative: 1e-9))
    #expect(agree(RareEvents.chance(of: 20, outOf: 20, at: 0.5), 0x1p-20, relative: 1e-9))
  }

  /// Rows of `prompts` × `samples` in four dimensions, with their ids beside them.
  func file(prompts: Int, samples: Int) -> String {
    var random = SplitMix64(seed: 5)
    let values = (0..<prompts * samples * 4).map { _ in Float(random.normal()) }
    let ids = (0..<prompts * samples).map { "p\($0 / samples)\n" }.joined()
    folder.write(ids, to: "x\(samples).ids.txt")
    return folder.write(
      NPYArray(shape: [prompts * samples, 4], floats: values).encoded(), to: "x\(samples).npy")
  }

  @Test(arguments: [(8, 6), (16, 1)]) func halvesOfOneCheckpointShowNothing(
    _ prompts: Int, _ samples: Int
  ) throws {
    var options = StudyOptions()
    options.resamples = 100
    options.permutations = 99
    let result = try SelfTest(
      [file(prompts: prompts, samples: samples)], options: options, repeats: 20
    ).run()
    #expect(result.faults.isEmpty, "\(result.summary)")
    #expect(result.summary.contains(samples > 1 ? "the samples of each prompt" : "its prompts"))
    #expect(result.summary.contains("coverage"))
    // The same on any number of threads.
    options.threads = 1
    let again = try SelfTest(
      [folder.path(of: "x\(samples).npy")], options: options, repeats: 20
    ).run()
    #expect(again.json == result.json)
  }

  @Test func whatCannotBePartedIsRefused() throws {
    let few = file(prompts: 5, samples: 1)
    #expect(throws: Refusal.self) { try SelfTest([few], options: StudyOptions()).run() }
    #expect(throws: UsageError.self) {
      try SelfTest([few], options: StudyOptions(), repeats: 3)
    }
  }
}
