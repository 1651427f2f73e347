extension AbundanceCounts {
  /// How many n-grams occur once, twice, … in some outputs.
  init(_ bags: GramBags, outputs: [Int], scratch: LexicalScratch) {
    self.init()
    let slots = scratch.slots
    let touched = scratch.touched
    var types = 0
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
        }
      }
    }
    for place in 0..<types {
      let gram = Int(touched[place])
      record(Int(slots[gram].count))
      slots[gram].count = 0
    }
  }
}
