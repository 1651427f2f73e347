/// Some outputs of one checkpoint, for measures to look at; what several measures need is counted once.
struct LexicalSample {
  let rows: LexicalRows
  let view: LexicalView
  /// The outputs, as indices into the checkpoint's.
  let outputs: [Int]
  /// How many different words the whole study has.
  let vocabulary: Int
  /// The most bytes that are compressed; all where it is nil.
  let byteBudget: Int?
  let scratch: LexicalScratch
  private var countsByOrder: [AbundanceCounts?]

  init(
    _ rows: LexicalRows, view: LexicalView, outputs: [Int], vocabulary: Int, byteBudget: Int?,
    scratch: LexicalScratch
  ) {
    self.rows = rows
    self.view = view
    self.outputs = outputs
    self.vocabulary = vocabulary
    self.byteBudget = byteBudget
    self.scratch = scratch
    countsByOrder = [AbundanceCounts?](repeating: nil, count: view.bags.count)
  }

  /// How often the outputs together have each n-gram.
  mutating func counts(order: Int) -> AbundanceCounts {
    if let known = countsByOrder[order - 1] { return known }
    let counts = AbundanceCounts(view.bags[order - 1], outputs: outputs, scratch: scratch)
    countsByOrder[order - 1] = counts
    return counts
  }

  /// The number of tokens of an output that are looked at.
  func length(of output: Int) -> Int {
    let offsets = rows.tokens.offsets
    return min(offsets[output + 1] - offsets[output], view.window ?? .max)
  }

  /// The mean over outputs of a number that each has alone, those without one left out.
  func mean(_ value: (Int) -> Double) -> Double {
    var sum = 0.0
    var count = 0.0
    for output in outputs {
      let own = value(output)
      if !own.isNaN { (sum, count) = (sum + own, count + 1) }
    }
    return sum / count
  }
}

/// Room for counting n-grams, one set a thread; all zero between uses.
final class LexicalScratch {
  /// What is known of an n-gram while a sample is counted.
  struct Slot {
    var count: Int32 = 0
    /// The largest count of any output, whose it is, and the largest of any other.
    var most: Int32 = 0
    var owner: Int32 = 0
    var second: Int32 = 0
  }

  let slots: UnsafeMutableBufferPointer<Slot>
  let touched: UnsafeMutableBufferPointer<Int32>

  /// - Parameter rows: the checkpoints whose outputs will be counted.
  init(for rows: [LexicalRows]) {
    let typeCount = rows.flatMap { $0.views[0].bags.map(\.typeCount) }.max() ?? 0
    slots = .allocate(capacity: max(1, typeCount))
    slots.initialize(repeating: Slot())
    touched = .allocate(capacity: max(1, typeCount))
    touched.initialize(repeating: 0)
  }

  deinit {
    slots.deallocate()
    touched.deallocate()
  }
}
