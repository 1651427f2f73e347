internal import AmbitMatrix

/// Self-repetition: the mean over outputs of `log(1 + Σ_g (df(g) − 1))`, over the different 4-grams g of
/// the output, df(g) being how many outputs have g.
///
/// How much outputs repeat one another word for word. Grows with their length and number.
/// Source: Salkar et al. 2022.
struct SelfRepetition: LexicalMeasure {
  let id = "self_repetition"
  let polarity = Polarity.lower
  let samplesNeeded = 2
  let variant = "4"
  let summary = "repetition of one another: mean log(1 + other outputs that share each 4-gram)"
  let source = "Salkar et al. 2022, arXiv:2210.08145"

  func value(of sample: inout LexicalSample) -> Double {
    let bags = sample.view.bags[3]
    let slots = sample.scratch.slots
    return bags.entries.withUnsafeBufferPointer { entries in
      for output in sample.outputs {
        for entry in entries[bags.offsets[output]..<bags.offsets[output + 1]] {
          slots[Int(entry.gram)].count += 1
        }
      }
      let mean = sample.mean { output in
        var others = 0
        for entry in entries[bags.offsets[output]..<bags.offsets[output + 1]] {
          others += Int(slots[Int(entry.gram)].count) - 1
        }
        return Elementary.log(1 + Double(others))
      }
      for output in sample.outputs {
        for entry in entries[bags.offsets[output]..<bags.offsets[output + 1]] {
          slots[Int(entry.gram)].count = 0
        }
      }
      return mean
    }
  }
}

/// Looping: the mean over outputs of the share of their 4-grams that stand in the same output before.
///
/// `1 − different / all`, of each output by itself; outputs without a 4-gram are left out. High values
/// are degeneration, not style.
struct SelfRepetitionInside: LexicalMeasure {
  let id = "self_repetition"
  let polarity = Polarity.lower
  let variant = "4_inside"
  let comparesOutputs = false
  let summary = "looping: mean share of an output's 4-grams that it has said before"
  let source = "Welleck et al. 2020, arXiv:1908.04319 (seq-rep-4)"

  func value(of sample: inout LexicalSample) -> Double {
    let bags = sample.view.bags[3]
    return sample.mean { output in
      let all = sample.length(of: output) - 3
      let different = bags.offsets[output + 1] - bags.offsets[output]
      return all > 0 ? 1 - Double(different) / Double(all) : .nan
    }
  }
}
