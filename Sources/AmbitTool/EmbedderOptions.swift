import AmbitStudy
import ArgumentParser

/// What turns texts into vectors.
struct EmbedderOptions: ParsableArguments {
  @Option(
    help: """
      minilm (all-MiniLM-L6-v2, after `make model`), static, lexical (wording, not meaning), the \
      name or folder of another model, or vectors (NPY or NPZ files of your own). Default: minilm \
      where it is installed, else static.
      """)
  var embedder: String?

  @Option(help: "Read at most this many tokens of each output, the same for all checkpoints.")
  var windowTokens: Int?

  @Flag(help: "Read outputs beyond the window to their end: embed window by window, average.")
  var poolWindows = false

  @Option(
    help: "The folder where vectors and measures are kept between runs.", completion: .directory)
  var cache: String?

  @Flag(help: "Keep nothing for the next run and take nothing over from the last.")
  var noCache = false

  func apply(to options: inout StudyOptions) {
    options.embedder = embedder
    options.windowTokens = windowTokens
    if poolWindows { options.poolWindows = true }
    options.cacheFolder = cache
    if noCache { options.usesCache = false }
  }
}
