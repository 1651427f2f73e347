import AmbitFormats

/// What a cache holds, as `ambit cache info` shows it.
public struct CacheListing: Sendable {
  private let folder: String
  private let contents: CacheContents

  /// The contents of a cache.
  public init(_ contents: CacheContents, folder: String) {
    self.contents = contents
    self.folder = folder
  }

  /// One line an embedder, and the sum.
  public var text: String {
    var text =
      "\(TerminalText.oneLine(folder)): \(Self.rows(rowCount)), "
      + "\(ModelListing.size(contents.byteCount))\n"
    for shelf in contents.shelves {
      text +=
        "  \(Self.rows(shelf.rowCount)), \(ModelListing.size(shelf.byteCount)): "
        + "\(TerminalText.oneLine(shelf.fingerprint))\n"
    }
    if contents.measureCount > 0 {
      text +=
        "  \(contents.measureCount) \(contents.measureCount == 1 ? "entry" : "entries") of measures, "
        + "\(ModelListing.size(contents.measureBytes))\n"
    }
    if contents.damagedFileCount > 0 {
      text += "  \(contents.damagedFileCount) damaged; what is lost of them is made again\n"
    }
    return text
  }

  /// The same for programs.
  public var json: String {
    let shelves = contents.shelves.map { shelf -> JSON in
      [
        "fingerprint": .string(shelf.fingerprint), "rows": .integer(shelf.rowCount),
        "bytes": .integer(shelf.byteCount),
      ]
    }
    let object: JSON = [
      "folder": .string(folder), "rows": .integer(rowCount),
      "bytes": .integer(contents.byteCount),
      "damaged_files": .integer(contents.damagedFileCount), "embedders": .array(shelves),
      "measures": [
        "entries": .integer(contents.measureCount), "bytes": .integer(contents.measureBytes),
      ],
    ]
    return JSONWriter(isPretty: true).string(object) + "\n"
  }

  private var rowCount: Int { contents.shelves.reduce(0) { $0 + $1.rowCount } }

  private static func rows(_ count: Int) -> String {
    "\(count) \(count == 1 ? "vector" : "vectors")"
  }
}
