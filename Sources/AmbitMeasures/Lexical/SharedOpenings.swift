/// The share of outputs that begin with the same three words as another one does.
struct SharedOpenings: LexicalMeasure {
  let id = "shared_openings"
  let polarity = Polarity.lower
  let samplesNeeded = 2
  let variant = "3"
  let hasWindow = false
  let summary = "share of outputs whose first three words begin another output too"
  let source = "elementary: a count"

  func value(of sample: inout LexicalSample) -> Double {
    let numbers = sample.outputs.map { sample.view.openings[$0] }.sorted()
    let shared = numbers.indices.count { place in
      (place > 0 && numbers[place - 1] == numbers[place])
        || (place + 1 < numbers.count && numbers[place + 1] == numbers[place])
    }
    return Double(shared) / Double(numbers.count)
  }
}
