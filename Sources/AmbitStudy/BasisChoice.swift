/// What the joint planes are fitted on.
public enum BasisChoice: Sendable, Equatable {
  /// All checkpoints, each weighing the same.
  case pooled
  /// The baseline alone.
  case base
  /// A `basis.npz` of an earlier run, so that today's map is yesterday's.
  case file(String)

  /// `pooled`, `base`, or a path.
  public init(_ text: String) {
    switch text {
    case "pooled": self = .pooled
    case "base": self = .base
    default: self = .file(text)
    }
  }

  /// Whether planes are those of an earlier run.
  var isFile: Bool {
    if case .file = self { true } else { false }
  }

  /// The word for signatures and captions; a file's path never reaches a result.
  var word: String {
    switch self {
    case .pooled: "pooled"
    case .base: "base"
    case .file: "file"
    }
  }
}
