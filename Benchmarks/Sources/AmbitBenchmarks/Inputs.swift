import AmbitFormats
import AmbitMatrix
import Foundation

/// The matrices that Ambit and its peers both read, from fixed seeds.
enum Inputs {
  /// `pca.npy`: 5,000 × 512 single-precision normals whose columns' standard deviations fall like
  /// those of sentence embeddings. `hull.npy`: a million normal points in the plane.
  static func write(to folder: String) throws {
    var random = SplitMix64(seed: 1)
    let rows = (0..<5000 * 512).map { Float(random.normal() / Double(2 + $0 % 512).squareRoot()) }
    try write(NPYArray(shape: [5000, 512], floats: rows), "pca.npy", folder)
    let points = (0..<2_000_000).map { _ in random.normal() }
    try write(NPYArray(shape: [1_000_000, 2], doubles: points), "hull.npy", folder)
  }

  private static func write(_ array: NPYArray, _ name: String, _ folder: String) throws {
    let file = URL(fileURLWithPath: folder).appendingPathComponent(name)
    try Data(array.encoded()).write(to: file)
  }
}
