/// A colour in sRGB with straight alpha, each component in 0…1.
public struct Colour: Sendable, Hashable {
  /// The red component, gamma-encoded as in sRGB.
  public var red: Double
  /// The green component.
  public var green: Double
  /// The blue component.
  public var blue: Double
  /// 0 is invisible, 1 opaque.
  public var alpha: Double

  /// A colour from its components.
  public init(red: Double, green: Double, blue: Double, alpha: Double = 1) {
    self.red = red
    self.green = green
    self.blue = blue
    self.alpha = alpha
  }

  /// A colour from six hexadecimal digits: `Colour(0x0072B2)`.
  public init(_ hexadecimal: UInt32, alpha: Double = 1) {
    self.init(
      red: Double(hexadecimal >> 16 & 0xFF) / 255,
      green: Double(hexadecimal >> 8 & 0xFF) / 255,
      blue: Double(hexadecimal & 0xFF) / 255,
      alpha: alpha)
  }

  /// A grey of the given sRGB level, 0 black to 1 white.
  public static func grey(_ level: Double, alpha: Double = 1) -> Colour {
    Colour(red: level, green: level, blue: level, alpha: alpha)
  }

  /// Level 0.
  public static let black = Colour.grey(0)
  /// Level 1.
  public static let white = Colour.grey(1)

  /// The same colour with another alpha.
  public func with(alpha: Double) -> Colour {
    Colour(red: red, green: green, blue: blue, alpha: alpha)
  }
}
