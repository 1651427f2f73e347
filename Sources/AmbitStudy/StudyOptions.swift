public import AmbitCorpus
public import AmbitMeasures
public import AmbitProjection
public import AmbitRendering

/// What a user said, by flags or in a study file; nil where nothing was said.
///
/// Flags are laid over the file's options, and what is still nil takes its default in
/// `StudySettings`. So every option has one name, one meaning and one default.
public struct StudyOptions: Sendable, Equatable {
  /// The study's name; it names the folder of the results.
  public var name: String?
  /// The checkpoint that all others are compared with.
  public var baseline: String?
  /// Checkpoints to leave out.
  public var dropped: [String]?
  /// Where names come from when none is given.
  public var nameSource: NameSource?
  /// Chains of checkpoints, by name; each is compared with the first of its own.
  public var lineages: [LineageArgument]?
  /// How outputs were decoded, where files and entries do not say.
  public var decoding: [DecodingSetting]?
  /// Whether checkpoints that cannot be read are left out.
  public var skipBad: Bool?

  /// Kinds of prompts by their ids, each measured by itself too.
  public var strata: [StratumArgument]?

  /// How files are read.
  public var reading = ReadingOptions()

  /// What a score must be for an output to pass; then passing outputs are measured too.
  public var passIf: PassCondition?

  /// How outputs are matched over checkpoints.
  public var match: MatchMode?
  /// Whether empty outputs stay.
  public var keepEmpty: Bool?
  /// `lexical`, `minilm`, `static`, `vectors`, a model's name or folder.
  public var embedder: String?
  /// The most tokens of an output that are embedded.
  public var windowTokens: Int?
  /// Whether outputs beyond the window are read to their end, window by window.
  public var poolWindows: Bool?
  /// Whether the halves of each output are embedded too, for the spread that they share.
  public var halves: Bool?
  /// Where vectors and measures are kept between runs.
  public var cacheFolder: String?
  /// Whether anything is kept between runs.
  public var usesCache: Bool?
  /// What is removed before the map is fitted.
  public var center: Centring?
  /// What the map is fitted on.
  public var basis: BasisChoice?
  /// Whether a map of neighbours is drawn beside the planes, and which.
  public var projection: MapMethod?
  /// How many neighbours an output effectively has in such a map.
  public var perplexity: PerplexityList?
  /// The factor on the affinities of such a map after its groups have gathered.
  public var lateExaggeration: Double?
  /// By what the points of such a map are coloured.
  public var mapColour: MapColour?
  /// Which pairs are compared.
  public var compare: InferenceSettings.Comparisons?
  /// Which measures are taken.
  public var measures: MeasureChoice?
  /// Bootstrap resamples, at least 100.
  public var resamples: Int?
  /// Permutations, at least 99.
  public var permutations: Int?
  /// The seed of everything random.
  public var seed: UInt64?

  /// The width of a figure on paper.
  public var width: FigureWidth?
  /// Dots per inch of a PNG.
  public var dpi: Int?
  /// The base font size in points.
  public var fontSize: Double?
  /// The formats that figures are written in.
  public var formats: FigureFormatList?
  /// A title above the figures.
  public var title: String?
  /// Which figures are drawn.
  public var figures: FigureChoice?
  /// Light for paper, dark for slides.
  public var theme: Theme?
  /// The families that are tried before the standard fonts, with commas between them.
  public var font: String?
  /// The venue whose widths and letter sizes figures take.
  public var venue: Venue?
  /// Whether figures go over all columns of the venue.
  public var isWide: Bool?

  /// The folder of the results.
  public var outputFolder: String?
  /// Threads to use; results do not depend on it.
  public var threads: Int?
  /// Whether the vectors are written too.
  public var saveEmbeddings: Bool?
  /// Whether what would be refused is done.
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
    lay(\.lineages)
    lay(\.decoding)
    lay(\.skipBad)
    lay(\.strata)
    lay(\.reading.textField)
    lay(\.reading.promptField)
    lay(\.reading.idField)
    lay(\.reading.sampleField)
    lay(\.reading.checkpointField)
    lay(\.reading.scoreField)
    lay(\.reading.stratumField)
    lay(\.reading.logProbField)
    lay(\.reading.promptsPath)
    lay(\.reading.idsPath)
    merged.reading.stripsThinking = reading.stripsThinking || other.reading.stripsThinking
    lay(\.passIf)
    lay(\.match)
    lay(\.keepEmpty)
    lay(\.embedder)
    lay(\.windowTokens)
    lay(\.poolWindows)
    lay(\.halves)
    lay(\.cacheFolder)
    lay(\.usesCache)
    lay(\.center)
    lay(\.basis)
    lay(\.projection)
    lay(\.perplexity)
    lay(\.lateExaggeration)
    lay(\.mapColour)
    lay(\.compare)
    lay(\.measures)
    lay(\.resamples)
    lay(\.permutations)
    lay(\.seed)
    lay(\.width)
    lay(\.dpi)
    lay(\.fontSize)
    lay(\.formats)
    lay(\.title)
    lay(\.figures)
    lay(\.theme)
    lay(\.font)
    lay(\.venue)
    lay(\.isWide)
    lay(\.outputFolder)
    lay(\.threads)
    lay(\.saveEmbeddings)
    lay(\.force)
    return merged
  }
}
