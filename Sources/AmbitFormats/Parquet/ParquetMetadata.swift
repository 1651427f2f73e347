/// What a Parquet file's footer says, as far as it is needed to read columns.
///
/// Field numbers are those of `parquet.thrift` of apache/parquet-format.
struct ParquetMetadata {
  /// A node of the schema, in depth-first order.
  struct Element {
    var physicalType: Int?
    var repetition = 0
    var name = ""
    var childCount = 0
    var convertedType: Int?
    /// The field number of the union of logical types.
    var logicalType: Int?
    var isSigned = true
  }

  /// Where a row group's values of one column lie, and how they are written.
  struct Chunk {
    var codec = 0
    var encodings: [Int] = []
    var valueCount = 0
    /// Bytes of all pages, packed and as the writer says of them unpacked.
    var byteCount = 0
    var unpackedCount = 0
    var dataOffset = 0
    var dictionaryOffset: Int?
    var isEncrypted = false
    var isElsewhere = false

    /// The first page, which is the dictionary where there is one.
    var offset: Int {
      guard let dictionaryOffset, dictionaryOffset > 0 else { return dataOffset }
      return min(dictionaryOffset, dataOffset)
    }
  }

  struct RowGroup {
    var chunks: [Chunk] = []
    var rowCount = 0
  }

  private(set) var elements: [Element] = []
  private(set) var rowGroups: [RowGroup] = []
  private(set) var rowCount = 0

  /// Reads the footer of a file.
  ///
  /// Throws `InputError`: `malformed`, or `unsupported` where the footer is encrypted.
  init(file: UnsafeBufferPointer<UInt8>) throws {
    let magic = Array("PAR1".utf8)
    guard file.count >= 12 else { throw Self.cutOff }
    let tail = file[(file.count - 4)...]
    if tail.elementsEqual("PARE".utf8) || file[..<4].elementsEqual("PARE".utf8) {
      throw InputError(
        .unsupported, "the Parquet file is encrypted", hint: "write it again without encryption")
    }
    guard file[..<4].elementsEqual(magic), tail.elementsEqual(magic) else { throw Self.cutOff }
    var cursor = ByteCursor(
      UnsafeBufferPointer(rebasing: file[(file.count - 8)..<(file.count - 4)]))
    let length = Int(try cursor.littleEndian(4))
    guard length > 0, length <= file.count - 12 else { throw Self.cutOff }
    let footer = file[(file.count - 8 - length)..<(file.count - 8)]
    var reader = ThriftReader(ByteCursor(UnsafeBufferPointer(rebasing: footer)))
    do {
      try read(&reader)
    } catch let error as InputError {
      throw InputError(error.code, "the Parquet footer cannot be read: \(error.message)")
    }
    guard rowCount >= 0, rowGroups.allSatisfy({ $0.rowCount >= 0 }) else {
      throw InputError(.malformed, "the Parquet footer gives a negative number of rows")
    }
  }

  private static var cutOff: InputError {
    InputError(
      .malformed, "the Parquet file has no footer: it was cut off, or is still being written",
      hint: "wait until it is written, or copy it again")
  }

  private mutating func read(_ reader: inout ThriftReader) throws {
    try reader.structure { reader, field in
      switch field.identifier {
      case 2: try reader.list(field, ofStructures: true) { elements.append(try Element(&$0)) }
      case 3: rowCount = try reader.integer(field)
      case 4: try reader.list(field, ofStructures: true) { rowGroups.append(try RowGroup(&$0)) }
      default: try reader.skip(field)
      }
    }
  }
}

extension ParquetMetadata.Element {
  init(_ reader: inout ThriftReader) throws {
    try reader.structure { reader, field in
      switch field.identifier {
      case 1: physicalType = try reader.integer(field)
      case 3: repetition = try reader.integer(field)
      case 4: name = try reader.text(field)
      case 5: childCount = try reader.integer(field)
      case 6: convertedType = try reader.integer(field)
      case 10 where field.kind == .structure:
        try reader.structure { reader, field in
          logicalType = field.identifier
          guard field.identifier == 10, field.kind == .structure else {
            return try reader.skip(field)
          }
          try reader.structure { reader, field in
            if field.identifier == 2 {
              isSigned = try reader.boolean(field)
            } else {
              try reader.skip(field)
            }
          }
        }
      default: try reader.skip(field)
      }
    }
  }
}

extension ParquetMetadata.RowGroup {
  init(_ reader: inout ThriftReader) throws {
    try reader.structure { reader, field in
      switch field.identifier {
      case 1:
        try reader.list(field, ofStructures: true) {
          chunks.append(try ParquetMetadata.Chunk(&$0))
        }
      case 3: rowCount = try reader.integer(field)
      default: try reader.skip(field)
      }
    }
  }
}

extension ParquetMetadata.Chunk {
  init(_ reader: inout ThriftReader) throws {
    try reader.structure { reader, field in
      switch field.identifier {
      case 1:
        isElsewhere = true
        try reader.skip(field)
      case 3 where field.kind == .structure: try readDescription(&reader)
      case 8, 9:
        isEncrypted = true
        try reader.skip(field)
      default: try reader.skip(field)
      }
    }
  }

  private mutating func readDescription(_ reader: inout ThriftReader) throws {
    try reader.structure { reader, field in
      switch field.identifier {
      case 2: try reader.list(field) { encodings.append(try $0.integer()) }
      case 4: codec = try reader.integer(field)
      case 5: valueCount = try reader.integer(field)
      case 6: unpackedCount = try reader.integer(field)
      case 7: byteCount = try reader.integer(field)
      case 9: dataOffset = try reader.integer(field)
      case 11: dictionaryOffset = try reader.integer(field)
      default: try reader.skip(field)
      }
    }
  }
}
