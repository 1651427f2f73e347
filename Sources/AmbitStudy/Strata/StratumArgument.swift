import AmbitCorpus
import AmbitFormats

/// A stratum of prompts as a user gives it: a name and the ids of its prompts.
public struct StratumArgument: Sendable, Equatable {
  /// What the stratum is called.
  public var name: String
  /// Ids of prompts; `*` and `?` mean what they mean to a shell.
  public var prompts: [String]
  /// The line of the study file, for messages.
  public var line: Int?

  /// Creates a stratum of named prompts.
  public init(name: String, prompts: [String], line: Int? = nil) {
    self.name = name
    self.prompts = prompts
    self.line = line
  }

  /// Reads what was typed: `code=humaneval/*,mbpp/*`. Nil where a side of the equals sign is empty.
  public init?(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    let prompts = parts[1].split(separator: ",", omittingEmptySubsequences: false).map {
      TextTrimming.trimmed(String($0))
    }
    let name = TextTrimming.trimmed(String(parts[0]))
    guard !name.isEmpty, prompts.allSatisfy({ !$0.isEmpty }) else { return nil }
    self.init(name: name, prompts: prompts)
  }
}
