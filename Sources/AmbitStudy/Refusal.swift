/// Something the user asked for by name that would not be a measurement, or that the data cannot give.
public struct Refusal: Error, Sendable, CustomStringConvertible {
  /// What is wrong.
  public let message: String
  /// What to do instead.
  public let hint: String

  /// Joins what is wrong with what to do.
  public init(_ message: String, hint: String) {
    self.message = message
    self.hint = hint
  }

  /// Message and hint in one line.
  public var description: String { "\(message) (\(hint))" }
}
