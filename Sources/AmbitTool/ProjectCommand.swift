import AmbitStudy
import ArgumentParser

/// `ambit project`: vectors to places in two dimensions, nothing else.
struct ProjectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "project",
    abstract: "Lay vectors out in two dimensions: PCA, t-SNE or den-SNE.",
    usage: "ambit project <vectors> --out <out> [<options>]",
    discussion: """
      Rows are taken as they are: nothing is normalised, centred or reduced before.
      A map of neighbours is a picture; no area or distance in it is a number.

        ambit project vectors.npy --method tsne --perplexity 30 -o places.npy
        ambit project base.npy --method tsne -o base-map.npy --save-map map.npz
        ambit project tuned.npy --reference map.npz -o tuned-map.npy
      """)

  @Argument(help: "An NPY or NPZ file of vectors, one a row.", completion: .file())
  var vectors: String

  @Option(
    name: [.long, .customShort("o")], help: "The NPY file of the places, n × 2.",
    completion: .file())
  var out: String?

  @Option(help: "How rows are laid out: pca (default), tsne or densne.") var method = MapMethod.pca
  @Option(
    help: """
      How many neighbours a row effectively has (default 30, den-SNE 50); 30,300 joins two scales.
      """)
  var perplexity: PerplexityList?
  @Option(help: "Pull this much harder to the end, so that groups stay tight (default 1; try 4).")
  var lateExaggeration: Double?
  @Option(help: "The seed of the noise about the initial places.") var seed: UInt64 = 0
  @Option(
    help: "Place the rows into the map of this file, which --save-map wrote.", completion: .file())
  var reference: String?
  @Option(help: "Keep the map for later rows, in an NPZ file.", completion: .file())
  var saveMap: String?
  @Flag(help: "Do not measure how well the map keeps neighbourhoods.") var noQuality = false
  @Option(help: "Threads to use (default: one per core). Results do not depend on it.")
  var threads: Int?
  @Flag(help: "Say nothing but errors and what was written.") var quiet = false
  @Flag(help: "Print what was done as JSON.") var json = false

  func run() throws {
    var options = FileProjection.Options()
    options.method = method
    options.perplexity = perplexity
    options.lateExaggeration = lateExaggeration
    options.seed = seed
    options.reference = reference
    options.savedMap = saveMap
    options.judgesQuality = !noQuality
    options.threads = threads
    let job = try FileProjection(path: vectors, out: out, options: options)
    let progress = ProgressLine.shown(unless: quiet)
    defer { progress?.clear() }
    let result = try job.run { progress?.update($0) }
    progress?.clear()
    StandardStreams.output(json ? result.json : result.summary)
  }
}
