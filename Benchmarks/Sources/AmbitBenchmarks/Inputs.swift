import AmbitFormats
import AmbitMatrix
import Foundation

/// The matrices that Ambit and its peers both read, from fixed seeds.
enum Inputs {
  /// `pca.npy`: 5,000 × 512 single-precision normals whose columns' standard deviations fall like
  /// those of sentence embeddings. `hull.npy`: a million normal points in the plane.
  /// `mixture-5000.npy` and so on, of 5,000, 20,000, 50,000 and 200,000 rows: 20 normal groups in 50
  /// dimensions, 40 from 20,000 rows on.
  static func write(to folder: String) throws {
    var random = SplitMix64(seed: 1)
    let rows = (0..<5000 * 512).map { Float(random.normal() / Double(2 + $0 % 512).squareRoot()) }
    try write(NPYArray(shape: [5000, 512], floats: rows), "pca.npy", folder)
    let points = (0..<2_000_000).map { _ in random.normal() }
    try write(NPYArray(shape: [1_000_000, 2], doubles: points), "hull.npy", folder)
    for count in [5000, 20_000, 50_000, 200_000] {
      let rows = mixture(of: count, groups: count < 20_000 ? 20 : 40)
      try write(rows, "mixture-\(count).npy", folder)
    }
  }

  /// Groups whose centres have a standard deviation of 3, and whose own lie between ½ and 1½.
  private static func mixture(of count: Int, groups: Int) -> NPYArray {
    let width = 50
    var random = SplitMix64(seed: 2)
    let centres = (0..<groups).map { _ in (0..<width).map { _ in 3 * random.normal() } }
    let deviations = (0..<groups).map { _ in 0.5 + random.uniform() }
    var values: [Float] = []
    for _ in 0..<count {
      let group = random.index(below: groups)
      values += centres[group].map { Float($0 + deviations[group] * random.normal()) }
    }
    return NPYArray(shape: [count, width], floats: values)
  }

  private static func write(_ array: NPYArray, _ name: String, _ folder: String) throws {
    let file = URL(fileURLWithPath: folder).appendingPathComponent(name)
    try Data(array.encoded()).write(to: file)
  }
}
