import AmbitFormats

/// Files that are not text, told by their first bytes.
enum BinaryContent {
  private static let known: [(magic: [UInt8], name: String, hint: String)] = [
    (Array("ARROW1".utf8), "an Arrow table", "save it as JSON Lines or CSV first"),
    (Array("BZh".utf8), "bzip2-compressed", "unpack it first: `bunzip2`"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "xz-compressed", "unpack it first: `unxz`"),
    ([0x89, 0x50, 0x4E, 0x47], "a PNG image", "give the file with the outputs"),
    (Array("%PDF".utf8), "a PDF document", "give the file with the outputs"),
    ([0xFF, 0xFE], "UTF-16 text", "convert it first: `iconv -f UTF-16 -t UTF-8`"),
    ([0xFE, 0xFF], "UTF-16 text", "convert it first: `iconv -f UTF-16 -t UTF-8`"),
    ([0x80, 0x04, 0x95], "a Python pickle", "save it as JSON Lines or NPY first"),
  ]

  /// NumPy's layouts and Parquet's, nil for text; throws `InputError.unsupported` for other binary files.
  static func layout(of file: InputFile) throws -> ContentPreview.Layout? {
    let bytes = file.contents.bytes
    if ParquetFile.isParquet(bytes) { return .parquet }
    if bytes.starts(with: [0x93] + Array("NUMPY".utf8)) { return .npy }
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06])
    {
      return .npz
    }
    for kind in known where bytes.starts(with: kind.magic) {
      throw InputError(
        .unsupported, path: file.path, "expected text, found \(kind.name)", hint: kind.hint)
    }
    if bytes.prefix(8_192).contains(0) {
      throw InputError(
        .unsupported, path: file.path, "expected text, found a binary file",
        hint: "give JSON Lines, JSON, CSV, Parquet, plain text, NPY or NPZ")
    }
    return nil
  }
}
