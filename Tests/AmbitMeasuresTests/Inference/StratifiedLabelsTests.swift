import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

@Suite struct StratifiedLabelsTests {
  private func design(_ ids: [[String]], _ offsets: [[Int]], hasPrompts: Bool = true) -> Design {
    Design(
      checkpoints: ["a", "b"], baseline: 0, promptIDs: ids, promptOffsets: offsets,
      hasPrompts: hasPrompts)
  }

  private func draw(_ labels: StratifiedLabels, _ replicate: Int) -> [UInt8] {
    var flags = labels.observed
    labels.write(replicate, to: &flags)
    return flags
  }

  @Test func everyPromptKeepsItsNumbers() {
    let labels = StratifiedLabels(
      design([["p", "q"], ["p", "q"]], [[0, 3, 7], [0, 2, 5]]), checkpoint: 1, reference: 0,
      seed: 4)
    var ones = [Int](repeating: 0, count: 12)
    for replicate in 0..<400 {
      let flags = draw(labels, replicate)
      #expect(flags == draw(labels, replicate), "a replicate is a function of its number")
      #expect(flags[0..<3].count { $0 == 1 } + flags[7..<9].count { $0 == 1 } == 2)
      #expect(flags[3..<7].count { $0 == 1 } + flags[9..<12].count { $0 == 1 } == 3)
      for row in flags.indices where flags[row] == 1 { ones[row] += 1 }
    }
    // Each row of the first prompt is tuned with chance 2/5, of the second with 3/7.
    for row in ones.indices {
      let chance = row < 3 || (7..<9).contains(row) ? 0.4 : 3.0 / 7
      #expect(abs(Double(ones[row]) / 400 - chance) < 0.1, "row \(row)")
    }
  }

  /// Pairs have a way of their own; one prompt more, with two samples, takes the general one.
  @Test func pairsAreDrawnAsOtherStrataAre() {
    let ids = (0..<9).map { "p\($0)" }
    let pairs = StratifiedLabels(
      design([ids, ids], [Array(0...9), Array(0...9)]), checkpoint: 1, reference: 0, seed: 8)
    let more = ids + ["q"]
    let general = StratifiedLabels(
      design([more, more], [Array(0...9) + [11], Array(0...9) + [11]]), checkpoint: 1,
      reference: 0, seed: 8)
    var swapped = 0
    for replicate in 0..<60 {
      let (some, all) = (draw(pairs, replicate), draw(general, replicate))
      #expect(some == Array(all[0..<9]) + Array(all[11..<20]))
      swapped += some[0..<9].count { $0 == 1 }
    }
    #expect((200...340).contains(swapped), "half of 540: \(swapped)")
  }

  @Test func withoutPromptsAllRowsAreShuffled() {
    let labels = StratifiedLabels(
      design([[""], [""]], [[0, 6], [0, 4]], hasPrompts: false), checkpoint: 1, reference: 0,
      seed: 4)
    var seen: Set<[UInt8]> = []
    for replicate in 0..<100 {
      let flags = draw(labels, replicate)
      #expect(flags.count { $0 == 1 } == 4)
      seen.insert(flags)
    }
    #expect(seen.count > 60)
  }

  @Test func otherPromptsStayWhole() {
    let labels = StratifiedLabels(
      design([["p", "q"], ["r", "s"]], [[0, 3, 5], [0, 2, 6]]), checkpoint: 1, reference: 0,
      seed: 4)
    for replicate in 0..<50 {
      let flags = draw(labels, replicate)
      for unit in [0..<3, 3..<5, 5..<7, 7..<11] { #expect(Set(flags[unit]).count == 1) }
    }
  }
}
