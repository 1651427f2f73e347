import AmbitCorpus
import AmbitFormats
import AmbitMatrix
import AmbitTestSupport
import Testing

@Suite struct PathPatternTests {
  let folder = TemporaryFolder()

  @Test func gapsAreFound() {
    #expect(PathPattern.hasGaps("gens/step-{step}.jsonl"))
    for text in ["a.jsonl", "{}", "{1}", "{a,b}", "{a b}"] { #expect(!PathPattern.hasGaps(text)) }
    #expect(PathPattern.gaps(in: "{run}/{step}-{run}") == ["run", "step"])
  }

  @Test func aGapIsReadOutOfAPath() {
    let pattern = PathPattern("gens/{run}/step-{step}.jsonl")
    #expect(pattern.values(of: "gens/a-1/step-0500.jsonl") == ["run": "a-1", "step": "0500"])
    for path in [
      "gens/a/step-.jsonl", "gens/a/step-5x.jsonl", "gens/a/b/step-5.jsonl", "gens//step-5.jsonl",
      "x/gens/a/step-5.jsonl", "gens/a/step-5.jsonl.gz",
    ] {
      #expect(pattern.values(of: path) == nil, "\(path)")
    }
  }

  @Test func aGapThatStandsTwiceHasOneValue() {
    let pattern = PathPattern("{run}/{run}-{step}.jsonl")
    #expect(pattern.values(of: "a/a-1.jsonl") == ["run": "a", "step": "1"])
    #expect(pattern.values(of: "a/b-1.jsonl") == nil)
  }

  @Test func shellSignsKeepTheirMeaning() {
    #expect(PathPattern("*/s?-{step}*").values(of: "x/s1-20.jsonl") == ["step": "20"])
    #expect(PathPattern("*").values(of: "a/b") == nil)
    #expect(PathPattern("step-*").values(of: "step-") == [:])
  }

  /// What is filled in is read out again, whatever the gap holds.
  @Test func fillingIsTheInverseOfReading() throws {
    let text = "r/{run}/x{run}-{step}.jsonl"
    let letters = Array("ab1-._{}é")
    forEachSeed(200) { random in
      let run = String(
        (0..<1 + random.index(below: 5)).map { _ in letters[random.index(below: letters.count)] })
      let values = ["run": run, "step": String(random.index(below: 100_000))]
      let path = PathPattern.filled(text, with: values)
      try require(PathPattern(text).values(of: path) == values, path)
    }
  }

  @Test func existingFilesMatchInNaturalOrder() {
    for run in ["b", "a"] {
      for step in [12_000, 900] { folder.write("x\n", to: "g/\(run)/step-\(step).jsonl") }
    }
    folder.write("x\n", to: "g/a/step-last.jsonl")
    folder.write("x\n", to: "[1]/step-7.txt")
    let found = PathPattern(folder.path(of: "g/{run}/step-{step}.jsonl")).matches()
    #expect(
      found.map { "\($0.values["run"]!) \($0.values["step"]!)" }
        == ["a 900", "a 12000", "b 900", "b 12000"])
    #expect(PathPattern(folder.path(of: "[1]/step-{step}.txt")).matches().count == 1)
  }
}
