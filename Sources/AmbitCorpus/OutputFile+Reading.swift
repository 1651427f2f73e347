package import AmbitFormats

extension OutputFile {
  /// Reads a file (`-` is standard input) in whatever format it is, unpacking gzip.
  ///
  /// Linear in the file. Throws `InputError` with file, line and field.
  public init(path: String, options: ReadingOptions = ReadingOptions()) throws {
    try self.init(InputFile(path: path), options: options)
  }

  /// Reads contents that are already in memory.
  package init(_ file: InputFile, options: ReadingOptions) throws {
    let content = try PreviewedFile(file)
    guard let recognised = OutputFormats.recognised(content.preview, options: options) else {
      throw InputError(
        .unsupported, path: file.path, "the content is of no format that is read here",
        hint: "give JSON Lines, JSON, CSV, plain text, NPY or NPZ")
    }
    self = try recognised.format.read(content, options: options)
    if kind != .vectors, options.idsPath != nil {
      // Texts need no ids file, but one that cannot be read is a mistake to be told.
      _ = try RowIdentifiers(for: file.path, options: options)
    }
    try joinPrompts(options)
  }
}
