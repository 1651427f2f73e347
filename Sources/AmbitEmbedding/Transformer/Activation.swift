/// The function between a transformer's two feed-forward layers, by the names of `config.json`.
package enum Activation: Sendable {
  /// x Φ(x), with the exact error function: `gelu`.
  case gelu
  /// Its approximation by the hyperbolic tangent: `gelu_new`, `gelu_pytorch_tanh`, `gelu_fast`.
  case geluByTanh
  /// max(x, 0): `relu`.
  case relu

  /// The function of that name; nil where it is not known.
  package init?(name: String) {
    switch name {
    case "gelu": self = .gelu
    case "gelu_new", "gelu_pytorch_tanh", "gelu_fast": self = .geluByTanh
    case "relu": self = .relu
    default: return nil
    }
  }

  /// Replaces `count` numbers by their images.
  package func apply(to values: UnsafeMutablePointer<Float>, count: Int) {
    switch self {
    case .gelu:
      Self.forEachLanes(of: values, count: count) { x in
        0.5 * x * (1 + VectorMath.erf(x * 0.707_106_78))
      }
    case .geluByTanh:
      Self.forEachLanes(of: values, count: count) { x in
        0.5 * x * (1 + VectorMath.tanh(0.797_884_56 * (x + 0.044_715 * x * x * x)))
      }
    case .relu:
      Self.forEachLanes(of: values, count: count) { $0.replacing(with: 0, where: $0 .< 0) }
    }
  }

  @inline(__always)
  private static func forEachLanes(
    of values: UnsafeMutablePointer<Float>, count: Int,
    _ image: (VectorMath.Lanes) -> VectorMath.Lanes
  ) {
    let raw = UnsafeMutableRawPointer(values)
    let whole = count & ~15
    for index in stride(from: 0, to: whole, by: 16) {
      let place = raw + 4 * index
      place.storeBytes(
        of: image(place.loadUnaligned(as: VectorMath.Lanes.self)), as: VectorMath.Lanes.self)
    }
    guard whole < count else { return }
    var rest = VectorMath.Lanes(repeating: 0)
    for index in whole..<count { rest[index - whole] = values[index] }
    rest = image(rest)
    for index in whole..<count { values[index] = rest[index - whole] }
  }
}
