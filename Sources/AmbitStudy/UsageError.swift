/// An option whose value cannot be used; the command line ends with exit code 1.
public struct UsageError: Error, Sendable, CustomStringConvertible {
  public let message: String
  public let hint: String

  public init(_ message: String, hint: String) {
    self.message = message
    self.hint = hint
  }

  public var description: String { "\(message) (\(hint))" }
}
