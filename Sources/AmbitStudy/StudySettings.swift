import AmbitCorpus
import AmbitEmbedding
import AmbitMatrix
import AmbitMeasures
import AmbitProjection
import AmbitRendering
import Foundation

/// The options of a study with every default filled in and every range checked.
struct StudySettings {
  let name: String?
  let baseline: String?
  let dropped: [String]
  let nameSource: NameSource?
  let lineages: [LineageArgument]
  let decoding: [DecodingSetting]
  let skipsBad: Bool
  let strata: [StratumArgument]
  let reading: ReadingOptions
  let passIf: PassCondition?
  let match: MatchMode
  let keepsEmpty: Bool
  let embedder: String?
  let windowTokens: Int?
  let poolsWindows: Bool
  let embedsHalves: Bool
  let cacheFolder: String?
  let center: Centring
  let basis: BasisChoice
  let map: MapSettings
  let mapColour: MapColour
  /// Nil for all.
  let measures: ChosenMeasures?
  let inference: InferenceSettings
  let figure: FigureSettings
  let figures: FigureSelection
  let outputFolder: String?
  let threads: Int
  let savesEmbeddings: Bool
  let force: Bool

  var workers: Workers { Workers(threadCount: threads) }

  /// - Throws: `UsageError` for a value out of range.
  init(_ options: StudyOptions) throws {
    name = options.name
    baseline = options.baseline
    dropped = options.dropped ?? []
    nameSource = options.nameSource
    lineages = options.lineages ?? []
    decoding = options.decoding ?? []
    skipsBad = options.skipBad ?? false
    strata = options.strata ?? []
    reading = options.reading
    passIf = options.passIf
    match = options.match ?? .prompts
    keepsEmpty = options.keepEmpty ?? false
    embedder = options.embedder
    windowTokens = try Self.atLeast(1, options.windowTokens, "--window-tokens")
    poolsWindows = options.poolWindows ?? false
    embedsHalves = options.halves ?? false
    if options.usesCache == false, options.cacheFolder != nil {
      throw UsageError("--no-cache and --cache contradict each other", hint: "give one of them")
    }
    cacheFolder =
      options.usesCache == false
      ? nil
      : try options.cacheFolder.map { try Self.named($0, "--cache") }
        ?? EmbeddingCache.standardFolder
    center = options.center ?? .none
    basis = options.basis ?? .pooled
    map = try MapSettings(
      method: options.projection ?? .pca, flag: "--projection", perplexity: options.perplexity,
      lateExaggeration: options.lateExaggeration)
    mapColour = options.mapColour ?? .checkpoint
    if map.method == .pca, options.mapColour != nil {
      throw UsageError(
        "--map-colour is for a map of neighbours", hint: "add --projection tsne, or leave it out")
    }
    force = options.force ?? false
    measures = try options.measures.map { try $0.checked() }
    inference = InferenceSettings(
      resamples: try Self.atLeast(100, options.resamples, "--resamples") ?? 2000,
      permutations: try Self.atLeast(99, options.permutations, "--permutations") ?? 9999,
      seed: options.seed ?? 0, comparisons: options.compare ?? .base, force: force)
    figure = try FigureSettings(options)
    figures = FigureSelection(options.figures)
    outputFolder = options.outputFolder
    threads =
      try Self.atLeast(1, options.threads, "--threads")
      ?? ProcessInfo.processInfo.activeProcessorCount
    savesEmbeddings = options.saveEmbeddings ?? false
  }

  private static func named(_ folder: String, _ flag: String) throws -> String {
    guard folder.isEmpty else { return folder }
    throw UsageError("\(flag) names no folder", hint: "leave it out for the default")
  }

  private static func atLeast(_ least: Int, _ value: Int?, _ flag: String) throws -> Int? {
    guard let value else { return nil }
    guard value >= least else {
      throw UsageError(
        "\(flag) must be at least \(least), found \(value)", hint: "leave it out for the default")
    }
    return value
  }
}
