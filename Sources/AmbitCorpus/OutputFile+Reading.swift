package import AmbitFormats

extension OutputFile {
  /// Reads a file (`-` is standard input) in whatever format it is, unpacking gzip and zstd.
  ///
  /// Linear in the file. Throws `InputError` with file, line and field.
  public init(path: String, options: ReadingOptions = ReadingOptions()) throws {
    try self.init(InputFile(path: path), options: options)
  }

  /// Reads contents that are already in memory.
  package init(_ file: InputFile, options: ReadingOptions) throws {
    var content = try PreviewedFile(file)
    try content.checkColumns(options)
    guard let recognised = OutputFormats.recognised(content.preview, options: options) else {
      throw InputError(
        .unsupported, path: file.path, "the content is of no format that is read here",
        hint: "give JSON Lines, JSON, CSV, Parquet, plain text, NPY or NPZ")
    }
    if content.table != nil {
      try content.loadRows(fields: recognised.format.fields(content.preview, options: options))
    }
    self = try recognised.format.read(content, options: options)
    if let table = content.table {
      let ignored = Set((ignoredFields + content.unreadFields).map(TextKey.init))
      ignoredFields = table.columns.map(\.name).filter { ignored.contains(TextKey($0)) }
    }
    if kind != .vectors, options.idsPath != nil {
      // Texts need no ids file, but one that cannot be read is a mistake to be told.
      _ = try RowIdentifiers(for: file.path, options: options)
    }
    try joinPrompts(options)
  }
}
