import AmbitEmbedding
import AmbitFormats
import AmbitMatrix
import AmbitTestSupport
import Foundation
import Testing

/// A teacher that is a bag of words itself: what a static model can learn entirely.
private struct WordTeacher: Embedder {
  static let words = (0..<60).map { "w\(String(UnicodeScalar(UInt8(97 + $0 % 26))))\($0 / 26)" }
  let name = "words"
  let dimension = 16
  let windowTokens: Int? = nil
  let fingerprint = "words-v1"

  /// The direction of a word; the same for the same word.
  private func direction(_ word: Substring) -> [Double] {
    var random = SplitMix64(seed: word.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
    return (0..<dimension).map { _ in random.normal() }
  }

  func embed(
    _ texts: [String], workers: Workers, progress: @escaping @Sendable (Double) -> Void
  ) throws -> EmbeddedTexts {
    let rows = texts.map { text -> [Float] in
      var sums = [Double](repeating: 0.5, count: dimension)
      for word in Set(text.split(separator: " ")).sorted() {
        for (column, value) in direction(word).enumerated() { sums[column] += value }
      }
      return unit(sums)
    }
    return EmbeddedTexts(
      matrix: Matrix(
        rowCount: texts.count, columnCount: dimension, values: rows.flatMap { $0 }),
      readings: texts.map { _ in .init(tokenCount: 1) })
  }
}

@Suite("Distillation")
struct DistillationTests {
  private let workers = Workers(threadCount: 2)
  private let folder = TemporaryFolder()

  private func teacherFolder() -> String {
    let tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"] + WordTeacher.words
    folder.write(tokens.joined(separator: "\n") + "\n", to: "teacher/vocab.txt")
    return folder.path(of: "teacher")
  }

  private func texts(_ count: Int, seed: UInt64 = 1) -> [DistillationText] {
    var random = SplitMix64(seed: seed)
    return (0..<count).map { index in
      let words = (0..<12 + random.index(below: 30)).map { _ in
        WordTeacher.words[random.index(below: WordTeacher.words.count)]
      }
      return DistillationText(
        text: words.joined(separator: " "), source: index % 3 == 0 ? "a/x" : "b")
    }
  }

  private func options() -> DistillationOptions {
    var options = DistillationOptions()
    options.dimension = 16
    options.countPower = 0
    options.frequencySmoothing = 100
    options.pieceWords = 4...20
    options.heldOutShare = 0.2
    options.penalties = [0.03, 0.3]
    return options
  }

  @Test("learns a teacher that is a bag of words, and reports so")
  func learns() throws {
    let model = try Distillation(
      teacher: WordTeacher(), teacherFolder: teacherFolder(), options: options()
    ).run(texts(400), workers: workers)
    let all = try #require(model.report.parts.first)
    #expect(all.label == "all")
    #expect(all.fidelity.cosineRankCorrelation > 0.93)
    #expect(abs(all.fidelity.logDispersionRatio) < 0.05)
    #expect(model.report.parts.contains { $0.label == "a" })
    #expect(model.report.fitCount > 300)
  }

  @Test("the folder written is the model that was judged")
  func writes() throws {
    let model = try Distillation(
      teacher: WordTeacher(), teacherFolder: teacherFolder(), options: options()
    ).run(texts(300), workers: workers)
    let path = folder.path(of: "model")
    try model.write(to: path)
    let embedder = try StaticEmbedder(folder: path)
    #expect(embedder.dimension == 16)
    #expect(embedder.origin == "words-v1")
    let unseen = texts(80, seed: 99).map(\.text)
    let fidelity = EmbeddingFidelity(
      of: embedder.embed(unseen, workers: workers) { _ in }.matrix,
      to: try WordTeacher().embed(unseen, workers: workers).matrix)
    #expect(fidelity.cosineRankCorrelation > 0.9)
    let report = try String(contentsOfFile: path + "/report.json", encoding: .utf8)
    #expect(report.contains("\"cosine_rank_correlation\""))
  }

  @Test("the same bytes for the same texts, whatever the threads")
  func reproducible() throws {
    func bytes(_ threads: Int, _ name: String) throws -> Data {
      let model = try Distillation(
        teacher: WordTeacher(), teacherFolder: teacherFolder(), options: options()
      ).run(texts(200), workers: Workers(threadCount: threads))
      try model.write(to: folder.path(of: name))
      return try Data(
        contentsOf: URL(fileURLWithPath: folder.path(of: name + "/model.safetensors")))
    }
    #expect(try bytes(1, "one") == bytes(3, "three"))
  }

  @Test("held-out families are not fitted to")
  func heldOutFamilies() throws {
    var options = options()
    options.heldOutFamilies = ["a"]
    options.heldOutShare = 0
    let model = try Distillation(
      teacher: WordTeacher(), teacherFolder: teacherFolder(), options: options
    ).run(texts(300), workers: workers)
    #expect(model.report.parts.map(\.label).filter { $0 == "a" || $0 == "b" } == ["a"])
  }

  @Test("too few texts and senseless options are refused with a hint")
  func refusals() throws {
    let folder = teacherFolder()
    #expect(throws: DistillationError.self) {
      try Distillation(teacher: WordTeacher(), teacherFolder: folder, options: options())
        .run(texts(1), workers: workers)
    }
    for change: (inout DistillationOptions) -> Void in [
      { $0.dimension = 17 }, { $0.penalties = [] }, { $0.penalties = [0] },
      { $0.countPower = 2 }, { $0.heldOutShare = 0.9 },
    ] {
      var options = options()
      change(&options)
      #expect(throws: DistillationError.self) {
        try Distillation(teacher: WordTeacher(), teacherFolder: folder, options: options)
      }
    }
  }

  @Test("texts are read from JSON lines, faults named by line")
  func reading() throws {
    let path = folder.write(
      "{\"text\":\"one\",\"source\":\"man/ls\"}\n\n{\"text\":\"two\"}\n", to: "t.jsonl")
    let texts = try DistillationText.read(path: path)
    #expect(texts.map(\.text) == ["one", "two"])
    #expect(texts.map(\.family) == ["man", "t.jsonl"])
    let bad = folder.write("{\"text\":\"one\"}\n{\"txt\":1}\n", to: "bad.jsonl")
    #expect {
      try DistillationText.read(path: bad)
    } throws: { ($0 as? InputError)?.line == 2 && ($0 as? InputError)?.field == "text" }
  }
}

@Suite("Pieces of mixed lengths")
struct MixedLengthsTests {
  @Test("pieces keep the words in order, within the lengths asked for")
  func pieces() {
    forEachSeed(40) { random in
      let words = (0..<random.index(below: 900)).map { "w\($0)" }
      let lengths = MixedLengths(words: 12...200, seed: random.next())
      let pieces = lengths.pieces(of: words.joined(separator: " "), index: 3)
      let joined = pieces.flatMap { $0.split(separator: " ").map(String.init) }
      try require(joined.elementsEqual(words.prefix(joined.count)), "words moved")
      try require(words.count - joined.count < 4, "more than a rest was dropped")
      for piece in pieces.dropLast() {
        let count = piece.split(separator: " ").count
        try require((12...200).contains(count), "a piece of \(count) words")
      }
      try require(
        lengths.pieces(of: words.joined(separator: " "), index: 3) == pieces, "not repeatable")
    }
  }

  @Test("every octave of lengths holds as many words")
  func spread() {
    let words = [String](repeating: "w", count: 400_000).joined(separator: " ")
    let counts = MixedLengths(words: 12...200, seed: 1).pieces(of: words, index: 0)
      .map { $0.utf8.count / 2 + 1 }
    let below = counts.filter { $0 < 49 }.reduce(0, +)
    #expect(abs(Double(below) / 400_000 - 0.5) < 0.03)
    #expect(counts.count { $0 < 24 } > counts.count / 2 - counts.count / 30)
  }
}
