internal import AmbitMatrix

/// Where samples of any prompt are looked up, so that random halves of them can be measured.
protocol PromptSamples: Sendable {
  /// Some samples of a prompt, numbered from 0.
  func sample(_ prompt: Int, chosen: [Int]) -> PromptSample
}

extension PromptGrams: PromptSamples {}

/// The samples of each prompt in a plane.
struct PromptPlaces: PromptSamples {
  let coordinates: Matrix
  let offsets: [Int]

  func sample(_ prompt: Int, chosen: [Int]) -> PromptSample {
    PromptSample(
      places: chosen.map { coordinates.place(offsets[prompt] + $0) }, products: [], size: 0,
      shifts: [], centreNorm: 0, chosen: chosen)
  }
}

extension Matrix {
  /// A row of a plane.
  func place(_ row: Int) -> SIMD2<Double> {
    SIMD2(Double(values[2 * row]), Double(values[2 * row + 1]))
  }
}
