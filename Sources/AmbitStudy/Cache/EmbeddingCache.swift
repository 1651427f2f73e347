internal import AmbitFormats
internal import Foundation

/// Vectors kept on the disk between runs, by embedder and by the SHA-256 of the text.
///
/// A row's name is (embedder fingerprint, window, text); whatever changes a row changes the
/// fingerprint, so a row that is found is the row that would be computed. Below the given folder lies
/// one bucket, whose name carries the version of the format: a new format is a new bucket and not a
/// migration. Any number of processes may use one cache at once. What is damaged or cut off is a miss.
/// Nothing is ever evicted; `clear` empties it.
public struct EmbeddingCache: Sendable {
  /// The folder that the user named or owns; the bucket lies in it.
  public let folder: String

  /// The folder of this format's version.
  package static let bucket = "embeddings-v1"

  /// A cache in `folder`, which need not exist yet.
  public init(folder: String) { self.folder = folder }

  /// Where the cache lies without `--cache`: `$XDG_CACHE_HOME/ambit`, else `~/Library/Caches/ambit`
  /// on macOS and `~/.cache/ambit` elsewhere; nil where the environment names no home.
  public static func standardFolder(environment: [String: String]) -> String? {
    // The base directory specification: a relative path is to be ignored.
    if let base = environment["XDG_CACHE_HOME"], base.hasPrefix("/") {
      return PathText.join(base, "ambit")
    }
    guard let home = environment["HOME"], !home.isEmpty else { return nil }
    #if os(macOS)
    return PathText.join(home, "Library/Caches/ambit")
    #else
    return PathText.join(home, ".cache/ambit")
    #endif
  }

  /// Where the cache of this process lies without `--cache`.
  public static var standardFolder: String? {
    standardFolder(environment: ProcessInfo.processInfo.environment)
  }

  var bucketFolder: String { PathText.join(folder, Self.bucket) }

  /// The folder of one embedder. The window stands in the fingerprint already; it is named once more so
  /// that an embedder that forgets it cannot mix rows.
  package func shelfFolder(fingerprint: String, window: Int?) -> String {
    let name = "\(fingerprint)\nwindow \(window.map(String.init) ?? "none")"
    return PathText.join(bucketFolder, String(SHA256.hexadecimal(of: name).prefix(32)))
  }
}
