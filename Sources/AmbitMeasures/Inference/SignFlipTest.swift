public import AmbitMatrix

/// Test A: whether per-prompt effects are symmetric about 0.
public enum SignFlipTest {
  /// The fewest prompts for which a p value is given: below, even the smallest possible p, `2 / 2ᵐ`,
  /// says nothing.
  public static let fewestPrompts = 6

  /// The two-sided p value of the mean of `effects` under independent sign flips.
  ///
  /// All `2ᵐ` sign patterns where they are no more than `permutations`, else that many drawn ones:
  /// `p = (1 + #{|D*| ≥ |D|}) / (1 + B)`. Exact under the null. `nil` for fewer than six effects.
  public static func pValue(
    _ effects: [Double], permutations: Int, seed: UInt64, workers: Workers
  ) -> Double? {
    flips(of: effects, permutations: permutations, seed: seed, workers: workers)?.pValue
  }

  /// The means of `effects` under the sign patterns of the test; `nil` for fewer than six effects.
  static func flips(
    of effects: [Double], permutations: Int, seed: UInt64, workers: Workers
  ) -> Relabelled? {
    guard effects.count >= fewestPrompts else { return nil }
    let swaps = LabelSwaps(
      first: effects.count, second: effects.count, isPaired: true, permutations: permutations,
      seed: seed)
    let count = Double(effects.count)
    let mean = effects.reduce(0, +) / count
    let spread = Relabelled.spread(count: effects.count, means: 1)
    let blockSize = 256
    let blocks = workers.map((swaps.count + blockSize - 1) / blockSize) { block in
      var flags = [UInt8](repeating: 0, count: effects.count)
      let replicates = block * blockSize..<min(swaps.count, (block + 1) * blockSize)
      return replicates.map { replicate -> (sum: Double, noise: Double) in
        swaps.write(replicate, to: &flags)
        var sum = 0.0
        var flipped = 0
        for index in effects.indices {
          sum += flags[index] == 0 ? effects[index] : -effects[index]
          flipped += Int(flags[index])
        }
        let signs = count - Double(2 * flipped)
        return (sum / count, spread * (sum - mean * signs) / count)
      }
    }
    let all = blocks.joined()
    return Relabelled(
      observed: mean, replicates: all.map(\.sum), noise: all.map(\.noise),
      isExhaustive: swaps.isExhaustive)
  }
}
