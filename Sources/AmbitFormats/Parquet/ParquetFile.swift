/// A Parquet file in memory: its columns, and its rows as JSON Lines.
///
/// Read are texts, booleans, whole numbers and floats, alone, in lists and in structures, in every encoding
/// of the format but the deprecated BIT_PACKED; uncompressed or packed with Snappy, zstd or gzip. Not read
/// are other logical types (decimals, dates, timestamps), fixed-length bytes, other codecs, encryption.
/// Format: apache/parquet-format.
public struct ParquetFile: Sendable {
  /// One of the file's own columns; what is inside lists and structures is part of it.
  public struct Column: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Why its values cannot be read; nil where they can.
    public var problem: InputError?
  }

  /// The columns in the order of the file.
  public let columns: [Column]
  /// How many rows there are.
  public let rowCount: Int
  /// In how many row groups they lie.
  public let rowGroupCount: Int

  private let contents: InputBytes
  private let unpackedLimit: Int

  /// Whether the bytes begin as Parquet does.
  public static func isParquet(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.starts(with: "PAR1".utf8) || bytes.starts(with: "PARE".utf8)
  }

  /// Reads the footer; values are read when asked for.
  ///
  /// - Parameters:
  ///   - contents: the file.
  ///   - unpackedLimit: how many bytes of text may come out of a column, or of all rows together.
  ///
  /// Throws `InputError`: `malformed`, `tooLarge`, or `unsupported` for an encrypted footer.
  public init(_ contents: InputBytes, unpackedLimit: Int = InputFile.unpackedLimit) throws {
    self.contents = contents
    self.unpackedLimit = unpackedLimit
    let footer = try contents.withBytes(Footer.init)
    columns = footer.columns
    rowCount = footer.metadata.rowCount
    rowGroupCount = footer.metadata.rowGroups.count
  }

  /// Rows as JSON Lines, a row an object with the members in the order of the file.
  ///
  /// Holds one page of each column at a time, and its dictionary. Numbers that are no JSON (NaN,
  /// infinities) become null; texts that are no UTF-8 stay as they are. A column of maps gives lists of
  /// objects with `key` and `value`.
  ///
  /// - Parameters:
  ///   - names: the columns wanted; nil for all that can be read.
  ///   - rowLimit: how many rows at most.
  ///
  /// Throws `InputError`: the problem of a wanted column; `missingField` for a column that is not there;
  /// `malformed` with the column in `field`; `tooLarge`.
  public func jsonLines(columns names: [String]? = nil, rowLimit: Int = .max) throws -> InputBytes {
    var output = JSONText()
    try contents.withBytes { bytes in
      let footer = try Footer(bytes)
      let fields = try footer.fields(named: names)
      var rowsLeft = rowLimit
      for group in footer.metadata.rowGroups where rowsLeft > 0 {
        let rows = min(group.rowCount, rowsLeft)
        let columns = try fields.flatMap(\.leaves).map {
          try ParquetColumn(
            footer.schema.leaves[$0], chunk: group.chunks[$0], in: bytes, heapLimit: unpackedLimit)
        }
        if output.count == 0 {
          // The other row groups are taken to be like the first.
          let size =
            Double(Self.expectedSize(fields, group)) / Double(max(group.rowCount, 1))
            * Double(min(rowLimit, rowCount))
          output.reserve(min(Int(min(size, 1e15)), 64 * bytes.count, unpackedLimit))
        }
        var writer = ParquetRowWriter(fields, columns: columns)
        for _ in 0..<rows {
          try writer.writeRow(to: &output)
          guard output.count <= unpackedLimit else {
            throw InputError(
              .tooLarge,
              "the rows unpack to more than \(DecimalText.grouped(unpackedLimit)) bytes",
              hint: "check what the file holds")
          }
        }
        if rows == group.rowCount { try writer.finish() }
        rowsLeft -= rows
      }
    }
    return InputBytes(owning: output.take())
  }

  /// About how many bytes the rows of a group take: names and marks, and a little more than the
  /// values take unpacked.
  private static func expectedSize(
    _ fields: [ParquetSchema.Field], _ group: ParquetMetadata.RowGroup
  ) -> Int {
    let names = fields.reduce(3) { $0 + $1.key.count + 6 }
    let values = fields.flatMap(\.leaves).reduce(0.0) {
      $0 + Double(max(group.chunks[$1].unpackedCount, 0))
    }
    return Int(min(Double(names) * Double(group.rowCount) + 1.1 * values, 1e15))
  }

  /// The footer and what follows from it.
  private struct Footer {
    let metadata: ParquetMetadata
    let schema: ParquetSchema

    init(_ bytes: UnsafeBufferPointer<UInt8>) throws {
      metadata = try ParquetMetadata(file: bytes)
      schema = try ParquetSchema(metadata.elements)
      guard metadata.rowGroups.allSatisfy({ $0.chunks.count == schema.leaves.count }) else {
        throw InputError(
          .malformed, "the row groups have other columns than the schema in the Parquet footer")
      }
      let sum = metadata.rowGroups.reduce(0) {
        $0.addingReportingOverflow($1.rowCount).partialValue
      }
      guard sum == metadata.rowCount else {
        throw InputError(
          .malformed,
          "the row groups hold \(sum) rows, the Parquet footer says \(metadata.rowCount)")
      }
    }

    var columns: [Column] {
      schema.fields.map { Column(name: $0.name, problem: problem(of: $0)) }
    }

    /// The fields of these names, in the order of the file; nil for all that can be read.
    func fields(named names: [String]?) throws -> [ParquetSchema.Field] {
      guard let names else {
        let fields = schema.fields.filter { problem(of: $0) == nil }
        guard !fields.isEmpty else {
          throw schema.fields.lazy.compactMap(problem).first
            ?? InputError(.empty, "the Parquet table has no columns")
        }
        return fields
      }
      for name in names where !schema.fields.contains(where: { $0.name == name }) {
        throw InputError(
          .missingField, field: name, "no such column",
          hint: NearestNames.hint(for: name, among: schema.fields.map(\.name)))
      }
      let fields = schema.fields.filter { names.contains($0.name) }
      if let problem = fields.lazy.compactMap(problem).first { throw problem }
      return fields
    }

    private func problem(of field: ParquetSchema.Field) -> InputError? {
      for leaf in field.leaves {
        let path = schema.leaves[leaf].path
        if case .unread(let type) = schema.leaves[leaf].type {
          return InputError(
            .unsupported, field: path, "the column holds \(type), which are not read",
            hint: "cast it to a string or a number before writing the file")
        }
        for group in metadata.rowGroups {
          if var error = group.chunks[leaf].problem {
            error.field = path
            return error
          }
          if schema.leaves[leaf].repetitionLevel == 0,
            group.chunks[leaf].valueCount != group.rowCount
          {
            return InputError(
              .malformed, field: path,
              "the column has \(group.chunks[leaf].valueCount) values in \(group.rowCount) rows")
          }
        }
      }
      return nil
    }
  }
}

extension ParquetMetadata.Chunk {
  /// Why a chunk cannot be read; nil where it can.
  fileprivate var problem: InputError? {
    if isEncrypted {
      return InputError(
        .unsupported, "the column is encrypted", hint: "write the file again without encryption")
    }
    if isElsewhere {
      return InputError(
        .unsupported, "the column lies in another file", hint: "write the table into one file")
    }
    if let name = ParquetCodec.unreadName(codec) {
      return InputError(
        .unsupported, "the column is packed with \(name), which is not read",
        hint: "write the file with compression=\"zstd\" or \"snappy\"")
    }
    if let code = encodings.first(where: { ParquetEncoding(rawValue: $0) == nil }) {
      return InputError(
        .unsupported, "the column has an unknown encoding, \(ParquetEncoding.name(code))",
        hint: "write the file again with pyarrow or pandas")
    }
    return nil
  }
}
