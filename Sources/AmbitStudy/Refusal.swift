/// Something the user asked for by name that would not be a measurement. `--force` overrides it.
public struct Refusal: Error, Sendable, CustomStringConvertible {
  public let message: String
  /// What to do instead.
  public let hint: String

  public init(_ message: String, hint: String) {
    self.message = message
    self.hint = hint
  }

  public var description: String { "\(message) (\(hint))" }
}
