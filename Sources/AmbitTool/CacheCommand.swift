import AmbitStudy
import ArgumentParser

/// `ambit cache`: the vectors and measures that are kept between runs.
struct CacheCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache",
    abstract: "Show or empty the cache of vectors and measures.",
    subcommands: [Info.self, Clear.self])

  struct Folder: ParsableArguments {
    @Option(help: "The folder of the cache (default: the user's own).", completion: .directory)
    var cache: String?

    func open() throws -> EmbeddingCache {
      guard let folder = cache ?? EmbeddingCache.standardFolder, !folder.isEmpty else {
        throw UsageError(
          "there is no cache folder: neither XDG_CACHE_HOME nor HOME is set",
          hint: "name it with --cache FOLDER")
      }
      return EmbeddingCache(folder: folder)
    }
  }

  struct Info: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say where the cache is and what it holds: vectors by embedder, measures.")

    @OptionGroup var folder: Folder
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
      let cache = try folder.open()
      let listing = CacheListing(cache.contents(), folder: cache.folder)
      StandardStreams.output(json ? listing.json : listing.text)
    }
  }

  struct Clear: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Remove everything that the cache holds, and nothing else.")

    @OptionGroup var folder: Folder

    func run() throws {
      let cache = try folder.open()
      let listing = CacheListing(try cache.clear(), folder: cache.folder)
      StandardStreams.output("removed: " + listing.text)
    }
  }
}
