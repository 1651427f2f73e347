/// Which samples of a prompt are kept where checkpoints have different numbers of them: a fixed random
/// choice that depends on seed, prompt and sample number alone, never on the checkpoint.
package enum SampleChoice {
  /// A hash of seed, prompt and sample number: FNV-1a over the prompt's UTF-8, finished by SplitMix64's
  /// mixer. Uniform over 64 bits.
  package static func rank(seed: UInt64, promptHash: UInt64, sample: Int) -> UInt64 {
    mixed(
      mixed(seed &+ 0x9E37_79B9_7F4A_7C15) ^ promptHash ^ mixed(UInt64(bitPattern: Int64(sample))))
  }

  /// FNV-1a over the key's UTF-8, to be computed once a prompt.
  package static func hash(ofPrompt key: String) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in key.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return mixed(hash)
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
