public import AmbitCorpus
public import AmbitMeasures
public import AmbitProjection

/// What a user said, by flags or in a study file; nil where nothing was said.
///
/// Flags are laid over the file's options, and what is still nil takes its default in
/// `StudySettings`. So every option has one name, one meaning and one default.
public struct StudyOptions: Sendable, Equatable {
  public var name: String?
  public var baseline: String?
  public var dropped: [String]?
  public var nameSource: NameSource?

  public var textField: String?
  public var promptField: String?
  public var idField: String?
  public var sampleField: String?
  public var checkpointField: String?
  public var scoreField: String?
  public var promptsFile: String?
  public var idsFile: String?
  public var stripThink: Bool?

  public var match: MatchMode?
  public var keepEmpty: Bool?
  public var embedder: String?
  public var windowTokens: Int?
  public var center: Centering?
  public var basis: String?
  public var compare: Comparisons?
  public var resamples: Int?
  public var permutations: Int?
  public var seed: UInt64?

  public var width: String?
  public var dpi: Int?
  public var fontSize: Double?
  public var formats: String?
  public var title: String?

  public var outputFolder: String?
  public var threads: Int?
  public var saveEmbeddings: Bool?
  public var force: Bool?

  /// Nothing said.
  public init() {}

  /// These options where they say something, else those of `other`.
  func over(_ other: StudyOptions) -> StudyOptions {
    var merged = other
    func lay<Value>(_ field: WritableKeyPath<StudyOptions, Value?>) {
      if let value = self[keyPath: field] { merged[keyPath: field] = value }
    }
    lay(\.name)
    lay(\.baseline)
    lay(\.dropped)
    lay(\.nameSource)
    lay(\.textField)
    lay(\.promptField)
    lay(\.idField)
    lay(\.sampleField)
    lay(\.checkpointField)
    lay(\.scoreField)
    lay(\.promptsFile)
    lay(\.idsFile)
    lay(\.stripThink)
    lay(\.match)
    lay(\.keepEmpty)
    lay(\.embedder)
    lay(\.windowTokens)
    lay(\.center)
    lay(\.basis)
    lay(\.compare)
    lay(\.resamples)
    lay(\.permutations)
    lay(\.seed)
    lay(\.width)
    lay(\.dpi)
    lay(\.fontSize)
    lay(\.formats)
    lay(\.title)
    lay(\.outputFolder)
    lay(\.threads)
    lay(\.saveEmbeddings)
    lay(\.force)
    return merged
  }
}
