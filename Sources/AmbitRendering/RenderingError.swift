/// Why a figure could not be drawn, and what to do.
public struct RenderingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kinds of failure. More may be added.
  public struct Code: Sendable, Hashable {
    let name: String

    /// A setting outside its range.
    public static let invalidSetting = Code(name: "invalid setting")
    /// A coordinate that is NaN or infinite.
    public static let notFinite = Code(name: "not finite")
    /// There is nothing to draw.
    public static let empty = Code(name: "empty")
    /// Cairo, Pango or libpng failed.
    public static let backend = Code(name: "backend")
  }

  /// What kind of failure it is, for programs.
  public let code: Code
  /// The setting, checkpoint or file format that it is about.
  public let subject: String
  /// What was expected and what was found, in one sentence.
  public let problem: String
  /// What the user can do.
  public let hint: String

  /// An error with its four parts.
  public init(_ code: Code, subject: String, problem: String, hint: String) {
    self.code = code
    self.subject = subject
    self.problem = problem
    self.hint = hint
  }

  /// The subject and the problem, then the hint on a line of its own.
  public var description: String { "\(subject): \(problem)\nhint: \(hint)" }
}
