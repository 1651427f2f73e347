/// Why bytes are not an array, or not an archive of arrays, that can be read.
///
/// It knows the content but not the file; the caller adds the path.
public struct NPYError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was expected and what was found.
  public let message: String
  /// What to do about it.
  public let hint: String

  /// An error with its remedy.
  public init(_ message: String, hint: String) {
    self.message = message
    self.hint = hint
  }

  /// The message and the hint on two lines.
  public var description: String { "\(message)\nhint: \(hint)" }
}
