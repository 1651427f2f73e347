/// φ = 1/(1 + s), s = d², cut at s = c into a smooth part and a rest that ends at c.
///
/// With t = max(0, (c − s)/(1 + c)) the rest is φ·t⁴: what Taylor's series of φ about c leaves after
/// four terms. So the smooth part is a cubic in s below c, and three derivatives of it are continuous.
/// The push along y is −½ of the slope: φ²·t⁴ + 4φ·t³/(1 + c) times the difference.
struct SplitKernel: Sendable {
  /// c, the square of the reach; 0 for no rest at all.
  let limit: Float

  var inverse: Float { 1 / (1 + limit) }

  /// The smooth part at squared distance s. Without a rest it is φ − 1, which differs by a constant
  /// alone and loses no digits where all points lie close together.
  func smooth(_ s: Double) -> Double {
    guard limit > 0 else { return -s / (1 + s) }
    let t = max(0, (Double(limit) - s) / (1 + Double(limit)))
    return (1 - t * t * t * t) / (1 + s)
  }
}
