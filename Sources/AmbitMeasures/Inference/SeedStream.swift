package import AmbitMatrix

/// The sources of chance, so that no two kinds of replicate share a stream.
package enum SeedStream: UInt64, Sendable {
  case bootstrap = 0xB007
  case clustering = 0xC105
  case folds = 0xF01D
  case frames = 0xF4A3
  case halfSamples = 0x4A1F
  case permutation = 0x9E47
  case rarefaction = 0x3A3E
  case subsets = 0x2A2E
  case splitHalves = 0x5717

  /// The generator of replicate `replicate`: a function of the seed and the number alone, so any
  /// replicate can be computed again by itself and on any thread.
  package func generator(seed: UInt64, replicate: Int) -> SplitMix64 {
    SplitMix64(seed: SplitMix64.mixed(seed) ^ rawValue, stream: UInt64(replicate))
  }
}
