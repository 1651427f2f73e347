internal import AmbitMatrix

/// Relabellings of the rows of two checkpoints under the null that a prompt's outputs have one law
/// (Test B).
///
/// Where both answer the same prompts, the labels of a prompt's rows are shuffled among themselves, so
/// every prompt keeps its numbers. Without prompts all rows are shuffled. Where prompts differ, whole
/// prompts are, since rows of one prompt are not independent.
package struct StratifiedLabels: Sendable {
  /// The rows of every stratum, one after the other, in the joint numbering, reference first.
  private let rows: [Int]
  /// Where each stratum begins in `rows`, and where the last ends.
  private let starts: [Int]
  /// The label that each row has: 0 for the reference, 1 for the checkpoint.
  package let observed: [UInt8]
  private let wholeUnits: LabelSwaps?
  private let unitOfRow: [Int]
  private let seed: UInt64
  /// Whether the strata are row 0 and the other set's first, row 1 and its second, and so on: one
  /// sample a prompt on both sides.
  let isPairs: Bool

  package init(_ design: Design, checkpoint: Int, reference: Int, seed: UInt64) {
    let base = design.rowCount(of: reference)
    let tuned = design.rowCount(of: checkpoint)
    observed = [UInt8](repeating: 0, count: base) + [UInt8](repeating: 1, count: tuned)
    self.seed = seed
    var strata: [[Int]] = []
    if !design.hasPrompts {
      strata = [Array(0..<base + tuned)]
      (wholeUnits, unitOfRow) = (nil, [])
    } else if design.hasSamePrompts(checkpoint, reference) {
      let (before, after) = (design.promptOffsets[reference], design.promptOffsets[checkpoint])
      strata = design.promptIDs[reference].indices.map { prompt in
        Array(before[prompt]..<before[prompt + 1])
          + (after[prompt]..<after[prompt + 1]).map { base + $0 }
      }
      (wholeUnits, unitOfRow) = (nil, [])
    } else {
      let (before, after) = (design.promptOffsets[reference], design.promptOffsets[checkpoint])
      wholeUnits = LabelSwaps(
        first: before.count - 1, second: after.count - 1, isPaired: false, permutations: 1,
        seed: seed)
      var units: [Int] = []
      for offsets in [before, after] {
        for unit in 0..<offsets.count - 1 {
          let number = unit + (units.count >= base ? before.count - 1 : 0)
          units += [Int](repeating: number, count: offsets[unit + 1] - offsets[unit])
        }
      }
      unitOfRow = units
    }
    rows = strata.flatMap { $0 }
    starts = strata.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    isPairs = base == tuned && strata.indices.allSatisfy { strata[$0] == [$0, base + $0] }
  }

  /// Writes the labels of relabelling `replicate`, one a row; a function of the seed and the number.
  package func write(_ replicate: Int, to labels: inout [UInt8]) {
    if let wholeUnits {
      var flags = [UInt8](repeating: 0, count: wholeUnits.flagCount)
      wholeUnits.write(replicate, to: &flags)
      for row in labels.indices { labels[row] = flags[unitOfRow[row]] }
      return
    }
    var random = SeedStream.permutation.generator(seed: seed, replicate: replicate)
    labels.withUnsafeMutableBufferPointer { labels in
      if isPairs {
        let count = starts.count - 1
        for index in 0..<count {
          // What `index(below: 2)` draws: the first of two stays last, and so they change places.
          let isSwapped = UInt8(truncatingIfNeeded: ~random.next() >> 63)
          labels[index] = isSwapped
          labels[count + index] = 1 - isSwapped
        }
        return
      }
      observed.withUnsafeBufferPointer { observed in
        for index in labels.indices { labels[index] = observed[index] }
      }
      rows.withUnsafeBufferPointer { rows in
        for stratum in 0..<starts.count - 1 {
          let first = starts[stratum]
          var last = starts[stratum + 1] - first - 1
          while last > 0 {
            labels.swapAt(rows[first + last], rows[first + random.index(below: last + 1)])
            last -= 1
          }
        }
      }
    }
  }
}
