/// The share of different outputs: different texts over outputs, outer white space apart; of the first
/// words in a window, different sequences of words. In (0, 1].
struct UniqueFraction: LexicalMeasure {
  let id = "unique_fraction"
  let polarity = Polarity.higher
  let samplesNeeded = 2
  let summary = "different outputs / outputs"
  let source = "elementary: a count"

  func value(of sample: inout LexicalSample) -> Double {
    let numbers = sample.outputs.map { sample.view.identities[$0] }.sorted()
    let different = zip(numbers, numbers.dropFirst()).count { $0 != $1 } + (numbers.isEmpty ? 0 : 1)
    return Double(different) / Double(numbers.count)
  }
}
