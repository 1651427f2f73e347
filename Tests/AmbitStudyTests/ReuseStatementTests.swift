import AmbitFormats
import AmbitMeasures
import AmbitStudy
import Testing

@Suite("What a run says of what it reused")
struct ReuseStatementTests {
  private func text(
    _ uses: [(space: String, engine: String, isJoint: Bool, reused: Int, taken: Int)],
    found: Int = 1, fitsPlanes: Bool = true
  ) -> String? {
    var usage = MeasureCache.Usage()
    usage.foundCount = found
    usage.uses = uses.map { use in
      RowsUse(
        space: use.space, engine: use.engine, isJoint: use.isJoint,
        reusedPairs: (0..<use.reused).map { [$0 + 1, 0] },
        takenPairs: (0..<use.taken).map { [use.reused + $0 + 1, 0] })
    }
    return ReuseStatement(usage, fitsPlanes: fitsPlanes).text
  }

  @Test("nothing of a run that found nothing")
  func nothing() {
    #expect(text([("embedding", "sets", false, 0, 3)], found: 0) == nil)
  }

  @Test("all of a run that found everything")
  func everything() {
    #expect(
      text([("embedding", "sets", false, 3, 0), ("embedding", "clusters", true, 3, 0)])
        == "measures: all of 3 pairs reused")
  }

  @Test("spaces apart, with the reasons")
  func parts() throws {
    let line = try #require(
      text([
        ("embedding", "sets", false, 39, 1), ("embedding", "clusters", true, 0, 40),
        ("pca2", "hulls", false, 0, 40), ("text", "lexical", false, 39, 1),
      ]))
    #expect(line.hasPrefix("measures: 39 of 40 pairs reused (embedding, text); 0 of 40 pairs"))
    #expect(line.contains("the planes moved"))
    #expect(line.contains("taken again"))
  }

  @Test("a plane of an earlier run does not move")
  func keptPlane() throws {
    let line = try #require(
      text(
        [("embedding", "sets", false, 3, 1), ("pca2", "hulls", false, 0, 4)], fitsPlanes: false))
    #expect(!line.contains("moved"))
  }
}
