import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

/// Every measure against its definition, written out naively.
@Suite struct LexicalOracleTests {
  @Test("n-gram measures are their definitions, of whole outputs and of windows")
  func naive() {
    forEachSeed(40) { random in
      let outputs = LexicalFixture.outputs(
        2 + random.index(below: 8), words: 0...14, vocabulary: 3 + random.index(below: 12),
        random: &random)
      let window = 1 + random.index(below: 9)
      let values = LexicalFixture.values(outputs, window: window)
      let whole = outputs.map { $0.split(separator: " ").map(String.init) }
      for (suffix, lists) in [("", whole), ("_w", whole.map { Array($0.prefix(window)) })] {
        for order in 1...5 {
          let all = lists.flatMap { Self.grams($0, order) }
          let expected = all.isEmpty ? nil : Double(Set(all).count) / Double(all.count)
          try require(
            values["distinct/\(order)\(suffix)"] == expected, "distinct \(order)\(suffix)")
        }
        try require(
          agree(
            values["self_bleu/4\(suffix)"]!, Self.selfBLEU(lists), relative: 1e-12),
          "self_bleu\(suffix) \(lists)")
        try require(
          agree(
            values["self_repetition/4\(suffix)"]!, Self.selfRepetition(lists), relative: 1e-12),
          "self_repetition\(suffix)")
        let loops = lists.filter { $0.count > 3 }.map { words in
          1 - Double(Set(Self.grams(words, 4)).count) / Double(words.count - 3)
        }
        if !loops.isEmpty {
          try require(
            agree(
              values["self_repetition/4_inside\(suffix)"]!,
              loops.reduce(0, +) / Double(loops.count), relative: 1e-12), "inside\(suffix)")
        }
        try require(
          values["unique_fraction" + (suffix.isEmpty ? "" : "/w")]
            == Double(Set(lists).count) / Double(lists.count), "unique_fraction\(suffix)")
      }
      let openings = whole.map { Array($0.prefix(3)) }
      let shared = openings.count { opening in openings.count { $0 == opening } > 1 }
      try require(
        values["shared_openings/3"] == Double(shared) / Double(whole.count), "shared_openings")
    }
  }

  @Test("format habits and lengths of real-looking outputs")
  func formats() {
    let outputs = [
      "# Title\n\n1. one\n2) two", "a **bold** word - no list", "  - item\n* item", "plain #no 1.5",
      "#hashtag **unclosed", "####### seven\n**** nothing",
    ]
    let values = LexicalFixture.values(outputs)
    #expect(agree(values["format_share/lists"]!, 2.0 / 6, relative: 1e-12))
    #expect(agree(values["format_share/headings"]!, 1.0 / 6, relative: 1e-12))
    #expect(agree(values["format_share/bold"]!, 1.0 / 6, relative: 1e-12))
    #expect(LexicalFixture.values(["One, two: three!", "- four"])["length_words"] == 2)
  }

  static func grams(_ words: [String], _ order: Int) -> [[String]] {
    words.count < order ? [] : (0...words.count - order).map { Array(words[$0..<$0 + order]) }
  }

  static func counts(_ words: [String], _ order: Int) -> [[String]: Int] {
    grams(words, order).reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  static func selfRepetition(_ outputs: [[String]]) -> Double {
    let sets = outputs.map { Set(grams($0, 4)) }
    let scores = sets.map { own in
      Elementary.log(
        1 + own.reduce(0.0) { sum, gram in sum + Double(sets.count { $0.contains(gram) } - 1) })
    }
    return scores.reduce(0, +) / Double(scores.count)
  }

  /// As NLTK computes it, every output recounted against every other.
  static func selfBLEU(_ outputs: [[String]]) -> Double {
    var total = 0.0
    for (index, words) in outputs.enumerated() {
      let others = outputs.indices.filter { $0 != index }.map { outputs[$0] }
      var logs = 0.0
      for order in 1...4 {
        var shared = 0
        for (gram, count) in counts(words, order) {
          shared += min(count, others.map { counts($0, order)[gram] ?? 0 }.max()!)
        }
        let precision = shared > 0 ? Double(shared) : (order == 1 ? 0 : 0.1)
        logs += Elementary.log(precision / Double(max(1, words.count - order + 1))) / 4
      }
      let closest = others.map(\.count).min {
        (abs($0 - words.count), $0) < (abs($1 - words.count), $1)
      }!
      let penalty =
        words.isEmpty
        ? 0
        : (words.count > closest
          ? 1 : Elementary.exp(1 - Double(closest) / Double(words.count)))
      total += penalty * Elementary.exp(logs)
    }
    return total / Double(outputs.count)
  }
}
