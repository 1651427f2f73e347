/// Some samples of one prompt, known by their inner products, or in a plane by their places.
package struct PromptSample {
  /// Where the chosen samples lie, in a plane.
  var places: [SIMD2<Double>] = []
  let products: ArraySlice<Double>
  let size: Int
  let shifts: ArraySlice<Double>
  let centreNorm: Double
  let chosen: [Int]

  /// How many samples there are.
  package var count: Int { chosen.count }

  /// The total variance `tr S`, with n − 1.
  var totalVariance: Double {
    guard count >= 2 else { return .nan }
    let sums = PromptGrams.sums(of: chosen, in: products, size: size)
    let n = Double(count)
    return max(0, (sums.squares - sums.normOfSum / n) / (n - 1))
  }

  /// The squared distances of all pairs of different samples.
  var squaredDistances: [Double] {
    var result: [Double] = []
    result.reserveCapacity(count * max(0, count - 1) / 2)
    let start = products.startIndex
    for (place, first) in chosen.enumerated() {
      let own = products[start + first * size + first]
      for second in chosen[..<place] {
        let sum = own + products[start + second * size + second]
        let square = sum - 2 * products[start + first * size + second]
        // Products are in single precision: below this share of the norms a difference is rounding.
        result.append(square > 2e-6 * sum ? square : 0)
      }
    }
    return result
  }

  /// The cosines between the samples as they are, `count × count`, ones on the diagonal; 0 between a
  /// sample without direction and any other.
  var cosines: [Double] {
    let inverse = chosen.map { row in
      let square = product(row, row)
      return square > 0 ? 1 / square.squareRoot() : 0
    }
    var result = [Double](repeating: 1, count: count * count)
    for first in 0..<count {
      for second in 0..<first {
        let cosine = product(chosen[first], chosen[second]) * inverse[first] * inverse[second]
        result[first * count + second] = cosine
        result[second * count + first] = cosine
      }
    }
    return result
  }

  /// `xᵢ·xⱼ = cᵢ·cⱼ + c̄·cᵢ + c̄·cⱼ + ‖c̄‖²`, where `c` is about the centre `c̄`.
  private func product(_ first: Int, _ second: Int) -> Double {
    products[products.startIndex + first * size + second] + shifts[shifts.startIndex + first]
      + shifts[shifts.startIndex + second] + centreNorm
  }
}
