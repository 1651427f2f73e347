import AmbitMatrix
import AmbitMeasures
import Testing

@Suite("Rows that are remembered")
struct RememberedRowsTests {
  /// The rows of a study say nothing of what was remembered: after any change, of what any number may
  /// depend on, they are those of a study that remembers nothing.
  @Test("a changed study has the rows of one that remembers nothing", arguments: UInt64(1)...8)
  func changes(seed: UInt64) {
    var study = ChangingStudy(seed: seed, checkpointCount: 3)
    let memory = RowsInMemory()
    for _ in 0..<6 {
      #expect(study.run(remembering: memory) == study.run(remembering: nil))
      study.change()
      if seed % 3 == 0 { study.change() }
    }
  }

  @Test("the same study again is remembered whole")
  func same() {
    let study = ChangingStudy(seed: 1, checkpointCount: 4)
    let memory = RowsInMemory()
    let first = study.run(remembering: memory)
    let kept = memory.count
    #expect(memory.uses().allSatisfy { $0.reusedPairs.isEmpty && $0.takenPairs.count == 3 })
    #expect(study.run(remembering: memory) == first)
    #expect(memory.uses().allSatisfy { $0.takenPairs.isEmpty && $0.reusedPairs.count == 3 })
    #expect(memory.count == kept)
  }

  @Test(
    "rows taken beforehand, for a few checkpoints at a time, are those of the whole study",
    arguments: [InferenceSettings.Comparisons.base, .consecutive])
  func beforehand(comparisons: InferenceSettings.Comparisons) throws {
    var study = ChangingStudy(seed: 6, checkpointCount: 5)
    study.baseline = 1
    study.settings.comparisons = comparisons
    let memory = RowsInMemory()
    let whole = MeasuredSpace(
      id: "embedding", coordinates: study.checkpoints.map(\.rows), calibratedRadius: study.radius)
    for own in [[0, 3], [1, 4], [2]] {
      let needed = try #require(
        MeasureSuite.needed(for: own, in: study.design, settings: study.settings))
      #expect(needed.contains(1) && Set(needed).isSuperset(of: own))
      study.measures.remember(
        own, needed: needed, design: study.design,
        space: MeasuredSpace(
          id: "embedding", coordinates: needed.map { whole.coordinates[$0] },
          calibratedRadius: study.radius),
        settings: study.settings, workers: Workers(threadCount: 2), in: memory)
    }
    _ = memory.uses()
    func run(_ memory: (any RememberedRows)?) -> MeasureSuite.Result {
      study.measures.run(
        design: study.design, spaces: [whole], settings: study.settings,
        workers: Workers(threadCount: 1), remembering: memory)
    }
    #expect(run(memory) == run(nil))
    let uses = memory.uses()
    #expect(uses.filter { !$0.isJoint }.allSatisfy { $0.takenPairs.isEmpty })
    #expect(uses.contains { !$0.isJoint && $0.reusedPairs.count == 4 })
    #expect(uses.filter(\.isJoint).allSatisfy { $0.reusedPairs.isEmpty })
    study.loseSample()
    #expect(MeasureSuite.needed(for: [2], in: study.design, settings: study.settings) == nil)
  }

  @Test("names are no part of what is remembered")
  func names() {
    var study = ChangingStudy(seed: 2, checkpointCount: 3)
    let memory = RowsInMemory()
    _ = study.run(remembering: memory)
    _ = memory.uses()
    study.checkpoints[1].name = "another"
    let result = study.run(remembering: memory)
    #expect(memory.uses().allSatisfy { $0.takenPairs.isEmpty })
    #expect(Set(result.measurements.map(\.checkpoint)) == ["c0", "another", "c2"])
    #expect(Set(result.promptMeasurements.map(\.checkpoint)) == ["c0", "another", "c2"])
    #expect(result == study.run(remembering: nil))
  }

  @Test("one checkpoint more costs its own pair, and what is joint")
  func oneMore() throws {
    var study = ChangingStudy(seed: 3, checkpointCount: 4)
    let memory = RowsInMemory()
    _ = study.run(remembering: memory)
    _ = memory.uses()
    study.addCheckpoint()
    // Words of the new one would change the vocabulary and with it one lexical measure.
    study.checkpoints[4].texts = study.checkpoints[1].texts.reversed()
    let result = study.run(remembering: memory)
    // Lexical measures of all checkpoints' words find the same words.
    let uses = memory.uses().filter { $0.space != "text" || !$0.isJoint }
    #expect(uses.filter { !$0.isJoint }.allSatisfy { $0.takenPairs == [[4, 0]] })
    #expect(uses.filter(\.isJoint).allSatisfy { $0.takenPairs.count == 4 })
    #expect(Set(uses.filter(\.isJoint).map(\.engine)) == ["centred", "volume", "clusters"])
    #expect(result == study.run(remembering: nil))
  }

  @Test("a plane that moves is measured again, and nothing else")
  func movedPlane() {
    var study = ChangingStudy(seed: 4, checkpointCount: 3)
    let memory = RowsInMemory()
    _ = study.run(remembering: memory)
    _ = memory.uses()
    study.planeShift = 1
    #expect(study.run(remembering: memory) == study.run(remembering: nil))
    for use in memory.uses() {
      #expect(use.takenPairs.isEmpty == (use.space != "pca2"), "\(use.space) \(use.engine)")
    }
  }
}
