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

  public var reading = ReadingOptions()

  public var match: MatchMode?
  public var keepEmpty: Bool?
  public var embedder: String?
  public var windowTokens: Int?
  public var center: Centring?
  public var basis: BasisChoice?
  public var compare: InferenceSettings.Comparisons?
  public var resamples: Int?
  public var permutations: Int?
  public var seed: UInt64?

  public var width: FigureWidth?
  public var dpi: Int?
  public var fontSize: Double?
  public var formats: FigureFormatList?
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
    lay(\.reading.textField)
    lay(\.reading.promptField)
    lay(\.reading.idField)
    lay(\.reading.sampleField)
    lay(\.reading.checkpointField)
    lay(\.reading.scoreField)
    lay(\.reading.promptsPath)
    lay(\.reading.idsPath)
    merged.reading.stripsThinking = reading.stripsThinking || other.reading.stripsThinking
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
