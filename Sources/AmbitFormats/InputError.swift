/// What is wrong with something that the user gave: where it is, what was expected, what to do.
///
/// Printed as `FILE: line 17: field `output`: expected a string, found a list`; the hint stands apart,
/// so that a tool can give it a line of its own. Libraries throw it and never print it.
public struct InputError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kinds of fault that a caller may want to tell apart.
  public enum Code: String, Sendable {
    /// The file or folder is not there.
    case missing
    /// It is there but cannot be read.
    case unreadable
    /// Nothing is in it.
    case empty
    /// It is not a kind of file that is read here.
    case unsupported
    /// It breaks the rules of its own format.
    case malformed
    /// A field has another type than it must have.
    case wrongType
    /// A field that must be there is not.
    case missingField
    /// It is larger or nested deeper than is read.
    case tooLarge
    /// It cannot be written.
    case unwritable
    /// The names, files and options given do not fit together.
    case selection
    /// The files are well-formed, but what they hold does not fit together.
    case unmatched

    /// What usually helps against such a fault.
    var usualHint: String {
      switch self {
      case .missing: "check the path; it is taken relative to the current folder"
      case .unreadable: "check the permissions of the file"
      case .empty: "check that the run that should have written it has finished"
      case .unsupported: "give JSON Lines, JSON, CSV, Parquet, plain text, NPY or NPZ"
      case .malformed: "the file may have been cut off or edited by hand; write it again"
      case .wrongType, .missingField: "`ambit inspect FILE` shows how a file is understood"
      case .tooLarge: "check what the file holds"
      case .unwritable: "choose another place with --out, or check the permissions"
      case .selection: "`ambit run --help` shows how checkpoints are named"
      case .unmatched: "check that the files belong together"
      }
    }
  }

  /// The kind of fault.
  public var code: Code
  /// The file as the user named it; nil where the fault lies in no single file.
  public var path: String?
  /// The line in the file, from 1.
  public var line: Int?
  /// The column in bytes, from 1.
  public var column: Int?
  /// The field or column of the table.
  public var field: String?
  /// What was expected and what was found.
  public var message: String
  /// What to do about it; what usually helps where the place that threw knew nothing better.
  public var hint: String?

  /// Creates an error; every place that is not known stays nil.
  public init(
    _ code: Code, path: String? = nil, line: Int? = nil, column: Int? = nil, field: String? = nil,
    _ message: String, hint: String? = nil
  ) {
    self.code = code
    self.path = path
    self.line = line
    self.column = column
    self.field = field
    self.message = message
    self.hint = TerminalText.oneLine(hint ?? code.usualHint)
  }

  /// The error in one line, without the hint; control characters are shown as U+FFFD.
  public var description: String {
    var parts: [String] = []
    if let path { parts.append(path) }
    if let line {
      parts.append(column.map { "line \(line), column \($0)" } ?? "line \(line)")
    }
    if let field { parts.append("field `\(field)`") }
    parts.append(message)
    return TerminalText.oneLine(parts.joined(separator: ": "))
  }

  /// The same error with the places filled in that were not known where it was thrown.
  public func located(path: String? = nil, line: Int? = nil) -> InputError {
    var error = self
    error.path = error.path ?? path
    error.line = error.line ?? line
    return error
  }
}
