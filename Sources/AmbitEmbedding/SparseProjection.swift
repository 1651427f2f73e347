/// A fixed random map from all possible features to a few hundred columns.
///
/// Each feature owns four columns and a sign for each, all taken from 40 bits of its mixed key; two of
/// the four may coincide. Inner products are preserved on average, with a relative error of about
/// √(2 / 512) for two unrelated texts. Source: Kane & Nelson 2014, sparser Johnson–Lindenstrauss
/// transforms.
enum SparseProjection {
  /// A power of two, for a column is nine bits of a hash.
  static let dimension = 512
  /// Features of different kinds with equal bytes are different features.
  static let wordSeed: UInt64 = 0x616d_6269_7477_6f72
  static let gramSeed: UInt64 = 0x616d_6269_7467_7261

  /// Adds a feature to `row`, which has `dimension` elements.
  @inline(__always)
  static func add(
    key: UInt64, seed: UInt64, weight: Float, to row: UnsafeMutablePointer<Float>
  ) {
    var bits = FeatureHash.mixed(key ^ seed)
    for _ in 0..<4 {
      let sign = UInt32(truncatingIfNeeded: bits & 512) << 22
      row[Int(truncatingIfNeeded: bits & 511)] += Float(bitPattern: weight.bitPattern ^ sign)
      bits >>= 10
    }
  }
}
