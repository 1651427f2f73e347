internal import AmbitMatrix

/// Self-BLEU-4: the mean over outputs of the BLEU of each with all others as references.
///
/// BLEU has equal weights for n = 1…4, clipped counts (an n-gram counts no more often than in the
/// reference that has it most), the brevity penalty of the reference closest in length, and Chen &
/// Cherry's smoothing 1 (a precision of 0 above n = 1 becomes 0.1 over its count), as in NLTK's
/// `method1` and in fast-bleu; no shared word gives 0. In [0, 1]: 1 where all are equal and have four
/// words. A similarity, so higher is less diverse. Grows with the number of outputs.
///
/// O(n-grams): the largest and the second largest count of each n-gram over outputs give every clip,
/// so nothing is compared pair by pair. Source: Zhu et al. 2018 (Texygen); Papineni et al. 2002.
struct SelfBLEU: LexicalMeasure {
  let id = "self_bleu"
  let polarity = Polarity.lower
  let samplesNeeded = 2
  let variant = "4"
  let summary = "Self-BLEU-4: mean BLEU of each output against all others (smoothing method 1)"
  let source = "Zhu et al. 2018, arXiv:1802.01886; smoothing: Chen & Cherry 2014, WMT"

  func value(of sample: inout LexicalSample) -> Double {
    let scores = Self.scores(of: sample)
    return scores.reduce(0, +) / Double(scores.count)
  }

  /// One score an output.
  static func scores(of sample: LexicalSample) -> [Double] {
    let outputs = sample.outputs
    let lengths = outputs.map(sample.length)
    var products = [Double](repeating: 1, count: outputs.count)
    for order in 1...4 {
      let shared = clipped(sample.view.bags[order - 1], outputs: outputs, scratch: sample.scratch)
      for (place, count) in shared.enumerated() {
        let all = Double(max(1, lengths[place] - order + 1))
        let smoothed = count > 0 ? Double(count) : (order == 1 ? 0 : 0.1)
        products[place] *= smoothed / all
      }
    }
    let sorted = lengths.sorted()
    return outputs.indices.map { place in
      let penalty = brevityPenalty(lengths[place], sorted)
      return penalty * products[place].squareRoot().squareRoot()
    }
  }

  /// Per output, how many of its n-grams the others have, each counted no more often than in the other
  /// that has it most.
  private static func clipped(
    _ bags: GramBags, outputs: [Int], scratch: LexicalScratch
  ) -> [Int] {
    let slots = scratch.slots
    return bags.entries.withUnsafeBufferPointer { entries in
      for (place, output) in outputs.enumerated() {
        for entry in entries[bags.offsets[output]..<bags.offsets[output + 1]] {
          let gram = Int(entry.gram)
          if entry.count > slots[gram].most {
            slots[gram].second = slots[gram].most
            slots[gram].most = entry.count
            slots[gram].owner = Int32(place)
          } else if entry.count > slots[gram].second {
            slots[gram].second = entry.count
          }
        }
      }
      let shared = outputs.enumerated().map { place, output in
        var sum = 0
        for entry in entries[bags.offsets[output]..<bags.offsets[output + 1]] {
          let slot = slots[Int(entry.gram)]
          sum += Int(min(entry.count, slot.owner == Int32(place) ? slot.second : slot.most))
        }
        return sum
      }
      for output in outputs {
        for entry in entries[bags.offsets[output]..<bags.offsets[output + 1]] {
          slots[Int(entry.gram)] = LexicalScratch.Slot()
        }
      }
      return shared
    }
  }

  /// `exp(1 − r/c)` for c tokens where the closest other output has r > c, else 1; the shorter of two
  /// equally close ones counts. `sorted` holds the lengths of all outputs, this one's too.
  private static func brevityPenalty(_ length: Int, _ sorted: [Int]) -> Double {
    guard length > 0 else { return 0 }
    let own = sorted.partitioningIndex { $0 >= length }
    if own + 1 < sorted.count && sorted[own + 1] == length { return 1 }
    // Anything shorter costs nothing, so only the next longer one can, where it is closer.
    guard own + 1 < sorted.count else { return 1 }
    let longer = sorted[own + 1]
    if own > 0 && length - sorted[own - 1] <= longer - length { return 1 }
    return Elementary.exp(1 - Double(longer) / Double(length))
  }
}

extension [Int] {
  /// The first index of an ascending array from which on the condition holds.
  fileprivate func partitioningIndex(where isAfter: (Int) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
