import AmbitEmbedding
import AmbitFormats
import AmbitMatrix
import AmbitTestSupport
import Testing

@Suite("Static embedder")
struct StaticEmbedderTests {
  private let workers = Workers(threadCount: 2)

  private func row(_ text: String, _ embedder: StaticEmbedder) -> [Float] {
    Array(embedder.embed([text], workers: workers) { _ in }.matrix.row(0))
  }

  @Test("a model2vec row is the mean of the known tokens' rows, scaled to unit length")
  func mean() throws {
    let fixture = StaticFixture(config: #"{"model_type":"model2vec","normalize":true}"#)
    let embedder = try StaticEmbedder(folder: fixture.folder.path)
    // red red sea: ids 4, 4, 8; the unknown word counts nothing.
    #expect(
      isNear(row("Red, RED sea", embedder), unit([16.0 / 3, 1, -16.0 / 3]), within: 1e-6))
    #expect(isNear(row("redish", embedder), unit([5.5, 1, -5.5]), within: 1e-6))
    #expect(embedder.windowTokens == 512)
    #expect(embedder.dimension == 3)
  }

  @Test("weights and a mapping of model2vec folders are applied")
  func weightsAndMapping() throws {
    let count = StaticFixture.tokens.count
    let weights = (0..<count).map { Float($0) }
    let mapping = (0..<count).map { Float(count - 1 - $0) }
    let fixture = StaticFixture(
      config: #"{"max_length":null}"#,
      tensors: [
        .init("embeddings", StaticFixture.rows, shape: StaticFixture.shape),
        .init("weights", weights, shape: [count]), .init("mapping", mapping, shape: [count]),
      ])
    let embedder = try StaticEmbedder(folder: fixture.folder.path)
    #expect(embedder.windowTokens == nil)
    // red has id 4, row 5 and weight 4; sea id 8, row 1 and weight 8.
    let expected = unit([4 * 5 + 8 * 1, 4 + 8, -(4 * 5 + 8 * 1)])
    #expect(isNear(row("red sea", embedder), expected, within: 1e-6))
  }

  @Test("the frame's row counts once in every text, however long")
  func frame() throws {
    let fixture = StaticFixture.own(window: #"null,"frame_row":9"#)
    let embedder = try fixture.open()
    // Row 9 is ½ (9, 1, −9) with weight 1 / 1.9; red is ½ (4, 1, −4) with weight 1 / 1.4.
    #expect(isNear(row("red", embedder), unit([13, 2, -13]), within: 1e-6))
    #expect(isNear(row("red red red red", embedder), unit([17, 3, -17]), within: 1e-6))
    #expect(row("", embedder) == [0, 0, 0])
    #expect(throws: InputError.self) {
      try StaticFixture.own(window: #"null,"frame_row":10"#).open()
    }
  }

  @Test("our own rows follow the formula: damped counts, unit bags, an offset")
  func dampedBag() throws {
    let fixture = StaticFixture.own(offset: [0.1, -0.2, 0.3])
    let embedder = try StaticEmbedder(folder: fixture.folder.path)
    #expect(embedder.origin == "a teacher")
    #expect(embedder.windowTokens == nil)
    // Four times red (4), once blue (6): damped to 2 and 1, rows are half the bytes.
    let squares: Double = 4 / (1.4 * 1.4) + 1 / (1.6 * 1.6)
    let norm = squares.squareRoot()
    // ½ (2 · 4 + 6), ½ (2 · 1 + 1), −½ (2 · 4 + 6).
    let sums: [Double] = [7, 1.5, -7]
    let expected = unit([
      sums[0] / norm + 0.1, sums[1] / norm - 0.2, sums[2] / norm + 0.3,
    ])
    #expect(isNear(row("red blue red red red", embedder), expected, within: 1e-6))
    #expect(isNear(row("red red blue red red", embedder), expected, within: 1e-6))
  }

  @Test("a row depends on its text alone, bit for bit")
  func batchIndependence() throws {
    for folder in [StaticFixture.own(), StaticFixture(config: "{}")] {
      let embedder = try StaticEmbedder(folder: folder.folder.path)
      let words = ["red", "green", "blue", "redish", "sea", "!", "what"]
      forEachSeed(20) { random in
        let texts = (0..<150).map { _ in
          (0..<random.index(below: 12)).map { _ in words[random.index(below: words.count)] }
            .joined(separator: " ")
        }
        let together = embedder.embed(texts, workers: workers) { _ in }
        let one = embedder.embed(texts, workers: Workers(threadCount: 1)) { _ in }
        try require(together == one, "threads changed a row")
        let picked = random.index(below: texts.count)
        let alone = embedder.embed([texts[picked]], workers: workers) { _ in }
        try require(
          alone.matrix.row(0).elementsEqual(together.matrix.row(picked)),
          "`\(texts[picked])` has another row alone")
      }
    }
  }

  @Test("rows have unit length, or are zero and counted as without tokens")
  func unitOrZero() throws {
    let fixture = StaticFixture.own()
    let embedder = try fixture.open()
    let result = embedder.embed(["red", "", " \n", "unheard", "sea!"], workers: workers) { _ in }
    #expect(result.tokenCounts == [1, 0, 0, 1, 2])
    #expect(result.readings[3].unknownCount == 1)
    #expect(result.emptyRows == [1, 2])
    for index in 0..<5 {
      let norm = Reductions.squaredNorm(result.matrix.row(index))
      #expect(abs(norm - (result.emptyRows.contains(index) ? 0 : 1)) < 1e-6)
    }
    // model2vec leaves unknown words out: nothing is left of such a text.
    let meanFixture = StaticFixture(config: "{}")
    let mean = try meanFixture.open()
    #expect(mean.embed(["unheard", "red"], workers: workers) { _ in }.emptyRows == [0])
  }

  @Test("the window cuts, says so, and stands in the fingerprint")
  func window() throws {
    let folder = StaticFixture.own(window: "2").folder
    let own = try StaticEmbedder(folder: folder.path)
    #expect(own.windowTokens == 2)
    let result = own.embed(["red sea", "red sea blue"], workers: workers) { _ in }
    #expect(result.matrix.row(0).elementsEqual(result.matrix.row(1)))
    #expect(result.readings.map(\.isTruncated) == [false, true])
    let wider = try StaticEmbedder(folder: folder.path, windowTokens: 3)
    #expect(!wider.embed(["red sea blue"], workers: workers) { _ in }.readings[0].isTruncated)
    #expect(own.fingerprint != wider.fingerprint)
    #expect(try StaticEmbedder(folder: folder.path).fingerprint == own.fingerprint)
  }

  @Test("any change of weights, words or configuration changes the fingerprint")
  func fingerprint() throws {
    let fixture = StaticFixture.own()
    let first = try StaticEmbedder(folder: fixture.folder.path).fingerprint
    fixture.folder.write(
      StaticFixture.tokens.map { $0 == "sea" ? "see" : $0 }.joined(separator: "\n") + "\n",
      to: "vocab.txt")
    let second = try StaticEmbedder(folder: fixture.folder.path).fingerprint
    #expect(first != second)
    let other = StaticFixture.own(window: "9")
    let third = try StaticEmbedder(folder: other.folder.path, windowTokens: 1).fingerprint
    let same = StaticFixture.own()
    #expect(try third != StaticEmbedder(folder: same.folder.path, windowTokens: 1).fingerprint)
  }

  @Test("static folders are told from others")
  func detection() {
    let own = StaticFixture.own()
    let untyped = StaticFixture(config: "{}")
    let transformer = StaticFixture(config: #"{"model_type":"bert"}"#)
    #expect(StaticEmbedder.isModel(folder: own.folder.path))
    #expect(StaticEmbedder.isModel(folder: untyped.folder.path))
    #expect(!StaticEmbedder.isModel(folder: transformer.folder.path))
    #expect(!StaticEmbedder.isModel(folder: own.folder.path + "/absent"))
  }
}
