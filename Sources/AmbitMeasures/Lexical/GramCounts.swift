/// How many n-grams occur once, twice, … in some outputs.
struct GramCounts: Equatable, Sendable {
  /// How many n-grams there are, repetitions included.
  private(set) var total = 0
  /// How many different ones.
  private(set) var types = 0
  /// `types(k)` at place k − 1, for counts up to `tabulated`.
  private var common = [Int](repeating: 0, count: Self.tabulated)
  /// Counts above that, one an n-gram.
  private var large: [Int] = []

  private static let tabulated = 32

  init(_ bags: GramBags, outputs: [Int], scratch: LexicalScratch) {
    let slots = scratch.slots
    let touched = scratch.touched
    bags.entries.withUnsafeBufferPointer { entries in
      for output in outputs {
        for place in bags.offsets[output]..<bags.offsets[output + 1] {
          let entry = entries[place]
          let gram = Int(entry.gram)
          if slots[gram].count == 0 {
            touched[types] = entry.gram
            types += 1
          }
          slots[gram].count += entry.count
          total += Int(entry.count)
        }
      }
    }
    for place in 0..<types {
      let gram = Int(touched[place])
      record(Int(slots[gram].count))
      slots[gram].count = 0
    }
  }

  /// The counts of given abundances, zeros left out.
  init(_ abundances: [Int]) {
    for count in abundances where count > 0 {
      types += 1
      total += count
      record(count)
    }
  }

  private mutating func record(_ count: Int) {
    if count <= Self.tabulated { common[count - 1] += 1 } else { large.append(count) }
  }

  /// How many n-grams occur exactly once.
  var once: Int { common[0] }
  /// How many occur exactly twice.
  var twice: Int { common[1] }

  /// `Σ` over n-grams of a function of their count.
  func sum(_ term: (Int) -> Double) -> Double {
    var sum = 0.0
    for (place, types) in common.enumerated() where types > 0 {
      sum += Double(types) * term(place + 1)
    }
    for count in large { sum += term(count) }
    return sum
  }
}
