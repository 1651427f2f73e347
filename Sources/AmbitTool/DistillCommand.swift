import AmbitEmbedding
import AmbitFormats
import AmbitMatrix
import AmbitStudy
import ArgumentParser
import Foundation

/// `ambit distill`: a static model from a transformer.
struct DistillCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "distill",
    abstract: "Make a static model, one vector per token, from a slow embedder.",
    usage: "ambit distill <teacher> --texts <texts> ... --out <out> [<options>]",
    discussion: """
      Texts are JSON lines with `text` and, optionally, `source`, whose part before
      the first slash is its family. A report on texts that were held out goes to
      standard output and, as report.json, into the model's folder.

        ambit distill all-MiniLM-L6-v2 --texts texts.jsonl -o my-static
        ambit distill FOLDER --texts a.jsonl b.jsonl --holdout-family a -o new
      """)

  @Argument(help: "The teacher: an installed model's name, or a folder.", completion: .directory)
  var teacher: String

  @Option(
    parsing: .upToNextOption, help: "Files of texts to distil on.", completion: .file())
  var texts: [String]

  @Option(
    name: [.long, .customShort("o")], help: "The folder of the new model.", completion: .directory)
  var out: String

  @Option(help: "Columns of the new model, at most the teacher's.")
  var dimension = DistillationOptions().dimension

  @Option(help: "The most pieces of texts to fit to.")
  var textLimit = DistillationOptions().textLimit

  @Option(
    name: .customLong("holdout-family"), parsing: .singleValue,
    help: "A family of which nothing is fitted to; may be repeated.")
  var heldOutFamilies: [String] = []

  @Option(
    help: "Pairs judged by people (output_a, output_b, similar), to be told apart by cosines.",
    completion: .file())
  var pairs: String?

  @Option(help: "Decides how texts are cut and which are held out.") var seed: UInt64 = 0
  @Option(help: "Threads to use (default: one per core). The model does not depend on it.")
  var threads: Int?
  @Option(
    help: "Where the teacher's vectors are kept (default: the user's cache).",
    completion: .directory)
  var cache: String?
  @Flag(help: "Say nothing but errors; the report still goes to standard output.")
  var quiet = false
  @Flag(help: "Print the report as JSON.") var json = false

  func run() throws {
    if let threads, threads < 1 {
      throw UsageError("--threads is \(threads)", hint: "give at least 1")
    }
    let passages = try texts.flatMap { try DistillationText.read(path: $0) }
    let unknown = heldOutFamilies.filter { name in !passages.contains { $0.family == name } }
    if let unknown = unknown.first {
      throw UsageError(
        "--holdout-family \(unknown): no text is of that family",
        hint: "families: \(Set(passages.map(\.family)).sorted().joined(separator: ", "))")
    }
    let judged = try pairs.map { try JudgedPair.read(path: $0) } ?? []
    let folder = try ModelSearch.ofThisProcess.folder(of: teacher)
    let workers = Workers(threadCount: threads ?? ProcessInfo.processInfo.activeProcessorCount)
    let progress = ProgressLine.shown(unless: quiet)
    defer { progress?.clear() }
    do {
      let distillation = try Distillation(
        teacher: try cached(try TransformerEmbedder(folder: folder)), teacherFolder: folder,
        options: options)
      let model = try distillation.run(passages, pairs: judged, workers: workers) {
        progress?.update($0.rawValue, share: $1)
      }
      try model.write(to: out)
      progress?.clear()
      StandardStreams.output(
        json
          ? JSONWriter(isPretty: true).string(model.report.json) + "\n" : model.report.text)
      if !quiet { StandardStreams.talk("The model is in \(out).\n") }
    } catch let error as DistillationError {
      throw UsageError(error.message, hint: error.hint)
    }
  }

  private var options: DistillationOptions {
    var options = DistillationOptions()
    options.dimension = dimension
    options.textLimit = textLimit
    options.heldOutFamilies = heldOutFamilies
    options.seed = seed
    return options
  }

  /// The teacher with what it said before.
  private func cached(_ embedder: any Embedder) throws -> any Embedder {
    guard let folder = cache ?? EmbeddingCache.standardFolder else { return embedder }
    return CachedEmbedder(embedder, cache: EmbeddingCache(folder: folder))
  }
}
