/// What stands before each page of a column.
struct ParquetPageHeader {
  enum Kind: Int { case data, index, dictionary, dataV2 }

  var kind = Kind.index
  var unpackedCount = -1
  var packedCount = -1
  var checksum: UInt32?
  var valueCount = 0
  var encoding = 0
  var definitionEncoding = 3
  var repetitionEncoding = 3
  /// Of version 2: the bytes of the levels, which are never compressed.
  var definitionCount = 0
  var repetitionCount = 0
  var isCompressed = true

  /// Reads the header at `cursor` and leaves it behind it.
  init(_ cursor: inout ByteCursor) throws {
    var reader = ThriftReader(cursor)
    var code = -1
    try reader.structure { reader, field in
      switch (field.identifier, field.kind) {
      case (1, _): code = try reader.integer(field)
      case (2, _): unpackedCount = try reader.integer(field)
      case (3, _): packedCount = try reader.integer(field)
      case (4, _): checksum = UInt32(truncatingIfNeeded: try reader.integer(field))
      case (5, .structure), (7, .structure), (8, .structure):
        try readDetails(&reader, version: field.identifier == 8 ? 2 : 1)
      default: try reader.skip(field)
      }
    }
    let counts = [unpackedCount, packedCount, valueCount, definitionCount, repetitionCount]
    guard let kind = Kind(rawValue: code),
      counts.allSatisfy({ (0...Int(Int32.max)).contains($0) })
    else { throw InputError(.malformed, "a page header is damaged") }
    self.kind = kind
    cursor = reader.cursor
  }

  private mutating func readDetails(_ reader: inout ThriftReader, version: Int) throws {
    try reader.structure { reader, field in
      switch (version, field.identifier) {
      case (_, 1): valueCount = try reader.integer(field)
      case (1, 2), (2, 4): encoding = try reader.integer(field)
      // A dictionary page has a flag here.
      case (1, 3) where field.kind == .int32: definitionEncoding = try reader.integer(field)
      case (1, 4): repetitionEncoding = try reader.integer(field)
      case (2, 5): definitionCount = try reader.integer(field)
      case (2, 6): repetitionCount = try reader.integer(field)
      case (2, 7): isCompressed = try reader.boolean(field)
      default: try reader.skip(field)
      }
    }
  }
}
