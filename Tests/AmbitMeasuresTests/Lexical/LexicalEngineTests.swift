import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

@Suite struct LexicalEngineTests {
  /// A base of varied outputs, and a copy in which every prompt's outputs are its first one.
  private func collapsed(samples: Int = 6, prompts: Int = 12) -> [[String]] {
    var random = SplitMix64(seed: 5)
    let base = LexicalFixture.outputs(samples * prompts, vocabulary: 200, random: &random)
    return [base, base.indices.map { base[$0 / samples * samples] }]
  }

  @Test("a collapse moves every aligned effect within prompts below 0, outside its null band")
  func collapse() {
    let rows = LexicalFixture.run(collapsed(), samples: 6).measurements
    let compared = rows.filter { !$0.reference.isEmpty && $0.scope == .within }
    // Looping inside outputs, length and format are the same for copies.
    let alone: Set = ["length_words", "format_share"]
    for row in compared where !alone.contains(row.metric) && !row.variant.contains("inside") {
      #expect(row.effect! < 0, "\(row.metric) \(row.variant)")
      #expect(row.p! < 0.02, "\(row.metric) \(row.variant)")
      #expect(!(row.nullBand!.contains(row.effect!)), "\(row.metric) \(row.variant)")
    }
  }

  @Test("keys are unique, intervals ordered, and what has no value says why", arguments: [1, 3, 6])
  func rowsAreWellFormed(samples: Int) {
    let rows = LexicalFixture.run(collapsed(samples: samples), samples: samples).measurements
    let keys = rows.map {
      [$0.checkpoint, $0.reference, $0.scope.rawValue, $0.space, $0.metric, $0.variant]
    }
    #expect(Set(keys).count == keys.count)
    for row in rows {
      #expect(row.value != nil || !row.flags.isEmpty, "\(row)")
      for number in [row.value, row.effect, row.p, row.interval?.low, row.nullBand?.high] {
        #expect(number?.isFinite ?? true, "\(row)")
      }
      #expect(row.interval.map { $0.low <= $0.high } ?? true)
      #expect(row.space == "text")
      #expect(
        row.reference.isEmpty == (row.effect == nil) || row.value == nil || !row.flags.isEmpty)
    }
    let bleu = rows.first { $0.metric == "self_bleu" && $0.scope == .within }!
    #expect((bleu.value == nil) == (samples == 1))
    #expect(samples >= 4 || bleu.flags.contains(.fewSamples))
  }

  @Test("the same rows for any number of threads")
  func threads() {
    let texts = collapsed(samples: 4)
    let one = LexicalFixture.run(texts, samples: 4, threads: 1)
    #expect(one == LexicalFixture.run(texts, samples: 4, threads: 3))
  }

  @Test("two draws of one source: bands hold the effect, p is not small, for most rows")
  func null() {
    var small = 0
    var outside = 0
    var tested = 0
    for seed in 1...8 {
      var random = SplitMix64(seed: UInt64(seed))
      let texts = (0..<2).map { _ in
        LexicalFixture.outputs(20 * 6, vocabulary: 60, random: &random)
      }
      for row in LexicalFixture.run(texts, samples: 6).measurements {
        guard let p = row.p, let band = row.nullBand, let effect = row.effect else { continue }
        tested += 1
        small += p < 0.05 ? 1 : 0
        outside += band.contains(effect) ? 0 : 1
      }
    }
    #expect(tested > 200)
    #expect(Double(small) / Double(tested) < 0.12, "\(small) of \(tested)")
    #expect(Double(outside) / Double(tested) < 0.08, "\(outside) of \(tested)")
  }

  @Test("measures of sets are refused where numbers of outputs differ; lengths are not")
  func unmatched() throws {
    var random = SplitMix64(seed: 3)
    let texts = [30, 24].map { LexicalFixture.outputs($0, random: &random) }
    let rows = LexicalFixture.run(texts).measurements.filter { !$0.reference.isEmpty }
    let distinct = try #require(rows.first { $0.metric == "distinct" })
    #expect(distinct.effect == nil && distinct.flags.contains(.unmatchedCounts))
    let length = try #require(rows.first { $0.metric == "length_words" })
    #expect(length.effect != nil && length.interval != nil && length.p != nil)
  }

  @Test("outputs that are all empty are degenerate, not a crash")
  func empty() {
    let rows = LexicalFixture.run([["", " ", "\n"], ["", "", ""]]).measurements
    #expect(rows.contains { $0.metric == "distinct" && $0.value == nil })
    #expect(rows.allSatisfy { $0.value != nil || !$0.flags.isEmpty })
  }

  @Test("across prompts, values are means over draws of sets with one output a prompt")
  func draws() throws {
    let texts = collapsed(samples: 3)[0]
    let rows = LexicalFixture.run([texts], samples: 3).measurements
    let row = try #require(
      rows.first { $0.metric == "distinct" && $0.variant == "2" && $0.scope == .across })
    let sets = (0..<3).map { draw in texts.indices.filter { $0 % 3 == draw }.map { texts[$0] } }
    let mean = sets.map { LexicalFixture.values($0)["distinct/2"]! }.reduce(0, +) / 3
    #expect(agree(row.value!, mean, relative: 1e-12))
  }

  @Test("appended rows stand with their checkpoint, and p is adjusted over all")
  func appending() {
    let study = SimulatedStudy(prompts: 8, samples: 4, scales: [1, 0.7])
    var result = study.run()
    var random = SplitMix64(seed: 1)
    let texts = (0..<2).map { _ in LexicalFixture.outputs(32, random: &random) }
    result.append(LexicalFixture.run(study.design, texts))
    let order = result.measurements.map(\.checkpoint)
    #expect(order == order.sorted())
    #expect(result.measurements.allSatisfy { ($0.p == nil) == ($0.adjustedP == nil) })
    #expect(result.promptMeasurements.contains { $0.space == "text" })
  }
}
