/// An option whose value cannot be used; the command line ends with exit code 1.
public struct UsageError: Error, Sendable, CustomStringConvertible {
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
