public import AmbitEmbedding
public import AmbitFormats

/// The embedders that can be used here, as `ambit models` shows them.
public struct ModelListing: Sendable {
  /// One embedder.
  public struct Entry: Equatable, Sendable {
    /// What `--embedder` takes.
    public var name: String
    /// `transformer`, `static` or `words`; nil where the folder cannot be read.
    public var kind: String?
    /// Columns of its vectors; nil where the folder cannot be read.
    public var dimension: Int?
    /// The most tokens of a text that it reads; nil for all.
    public var windowTokens: Int?
    /// The size of its weights; 0 for none.
    public var byteCount: Int
    /// Where it lies; nil where it needs no folder.
    public var folder: String?
    /// Whether it runs without `--embedder`.
    public var isDefault: Bool
    /// Why it cannot be used; nil where it can.
    public var failure: InputError?
  }

  /// Models in the order of the search, then `lexical`.
  public let entries: [Entry]
  private let search: ModelSearch

  /// Opens every model that the search finds.
  public init(search: ModelSearch = .ofThisProcess) {
    self.search = search
    let best = search.installed("minilm") ?? search.installed("static")
    let models = search.installed.map { model in
      Self.entry(model, isDefault: model == best)
    }
    let lexical = LexicalEmbedder()
    entries =
      models + [
        Entry(
          name: lexical.name, kind: "words", dimension: lexical.dimension, byteCount: 0,
          isDefault: false)
      ]
  }

  private static func entry(_ model: ModelSearch.Installed, isDefault: Bool) -> Entry {
    let weights = PathText.join(model.folder, "model.safetensors")
    var entry = Entry(
      name: ModelSearch.shortNames.first { $0.value == model.name }?.key ?? model.name,
      byteCount: System.size(of: weights) ?? 0, folder: model.folder, isDefault: isDefault)
    do {
      let embedder: any Embedder
      if StaticEmbedder.isModel(folder: model.folder) {
        embedder = try StaticEmbedder(folder: model.folder)
        entry.kind = "static"
      } else {
        embedder = try TransformerEmbedder(folder: model.folder)
        entry.kind = "transformer"
      }
      entry.dimension = embedder.dimension
      entry.windowTokens = embedder.windowTokens
    } catch {
      entry.failure =
        error as? InputError ?? InputError(.unreadable, path: model.folder, "\(error)")
    }
    return entry
  }

  /// How to get more.
  private var more: String {
    let minilm =
      search.installed("minilm") == nil
      ? "`make model` brings all-MiniLM-L6-v2 (minilm), 91 MB.\n" : ""
    return minilm + """
      Any sentence-transformers folder of the BERT, RoBERTa, XLM-RoBERTa or MPNet family with
      model.safetensors works: --embedder FOLDER, or put it into one of the folders searched:
      \(search.folders.map { "  " + $0 }.joined(separator: "\n"))
      AMBIT_MODELS adds folders, separated by colons.

      """
  }
}

// MARK: Rendering

extension ModelListing {
  /// A table for people, and how to get more.
  public var text: String {
    let heading = ["", "embedder", "kind", "columns", "tokens", "size", "folder"]
    let rows = entries.map { entry in
      [
        entry.isDefault ? "*" : "", entry.name, entry.kind ?? "unusable",
        entry.dimension.map(String.init) ?? "",
        entry.failure == nil
          ? entry.windowTokens.map(String.init) ?? "all" : "",
        entry.byteCount > 0 ? Self.size(entry.byteCount) : "",
        entry.folder.map { TerminalText.oneLine($0) } ?? "built in",
      ]
    }
    let cells = [heading] + rows
    let widths = heading.indices.map { column in
      cells.map { TerminalText.width($0[column]) }.max() ?? 0
    }
    var text = ""
    for row in cells {
      var line = ""
      for (column, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - TerminalText.width(cell))
        let isNumeric = (3...5).contains(column)
        line += (column > 1 ? "  " : "") + (isNumeric ? padding + cell : cell + padding)
        if column == 0 { line += " " }
      }
      while line.last == " " { line.removeLast() }
      text += line + "\n"
    }
    for failure in entries.compactMap(\.failure) { text += "unusable: \(failure.description)\n" }
    let best = entries.contains(where: \.isDefault) ? "* runs without --embedder.\n" : ""
    return text + "\n" + best + more
  }

  /// The same for programs.
  public var json: String {
    let models = entries.map { entry -> JSON in
      [
        "name": .string(entry.name), "kind": entry.kind.map { .string($0) } ?? .null,
        "dimensions": entry.dimension.map { .integer($0) } ?? .null,
        "window_tokens": entry.windowTokens.map { .integer($0) } ?? .null,
        "bytes": .integer(entry.byteCount), "folder": entry.folder.map { .string($0) } ?? .null,
        "default": .boolean(entry.isDefault),
        "error": entry.failure.map { .string($0.description) } ?? .null,
      ]
    }
    let object: JSON = [
      "models": .array(models), "searched": .array(search.folders.map { .string($0) }),
    ]
    return JSONWriter(isPretty: true).string(object) + "\n"
  }

  static func size(_ bytes: Int) -> String {
    bytes < 1_000_000
      ? "\((bytes + 999) / 1000) kB"
      : DecimalText.fixed(Double(bytes) / 1e6, decimals: bytes < 10_000_000 ? 1 : 0) + " MB"
  }
}
