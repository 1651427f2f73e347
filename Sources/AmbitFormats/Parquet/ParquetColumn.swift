/// The values of one stored column in one row group, with the levels that say where they stand.
struct ParquetColumn {
  let leaf: ParquetSchema.Leaf
  /// One an entry; empty where nothing can be null or empty.
  private(set) var definitions: [UInt8] = []
  /// One an entry; empty where nothing repeats.
  private(set) var repetitions: [UInt8] = []
  /// Values, nulls and empty lists together.
  private(set) var entryCount = 0
  private(set) var values: ParquetValues
  private var dictionary: ParquetValues?
  private var rowCount = 0

  /// More entries in one row group are taken for damage: they would not fit memory.
  static let entryLimit = 1 << 28

  /// Reads pages until all entries are there, or enough for the first `rowLimit` rows.
  ///
  /// Throws `InputError` with the column in `field`.
  init(
    _ leaf: ParquetSchema.Leaf, chunk: ParquetMetadata.Chunk, in file: UnsafeBufferPointer<UInt8>,
    rowLimit: Int, heapLimit: Int
  ) throws {
    self.leaf = leaf
    values = ParquetValues(leaf.type)
    do {
      try read(chunk, in: file, rowLimit: rowLimit, heapLimit: heapLimit)
    } catch var error as InputError {
      error.field = leaf.path
      throw error
    }
  }

  private mutating func read(
    _ chunk: ParquetMetadata.Chunk, in file: UnsafeBufferPointer<UInt8>, rowLimit: Int,
    heapLimit: Int
  ) throws {
    guard let codec = ParquetCodec(rawValue: chunk.codec) else {
      preconditionFailure("columns of unknown codecs are refused before")
    }
    guard (0...Self.entryLimit).contains(chunk.valueCount) else {
      throw InputError(
        .tooLarge, "a row group holds \(chunk.valueCount) values",
        hint: "write the file again in smaller row groups")
    }
    // Where there are no values, some writers give no place.
    guard chunk.valueCount > 0 else { return }
    guard chunk.offset >= 4, chunk.byteCount >= 0, chunk.byteCount <= file.count,
      chunk.offset <= file.count - chunk.byteCount
    else { throw InputError(.malformed, "the column lies beyond the end of the file") }
    var cursor = ByteCursor(
      UnsafeBufferPointer(rebasing: file[chunk.offset..<chunk.offset + chunk.byteCount]))
    if rowLimit == .max, leaf.type == .text, chunk.unpackedCount > 0 {
      values.heap.reserveCapacity(min(chunk.unpackedCount, 4 * chunk.byteCount, heapLimit))
    }
    while entryCount < chunk.valueCount, !isEnough(rowLimit) {
      let header = try ParquetPageHeader(&cursor)
      let page = try cursor.take(header.packedCount)
      if let checksum = header.checksum, Gzip.checksum(page) != checksum {
        throw InputError(
          .malformed, "the checksum of a page is wrong: the file is damaged",
          hint: "copy the file again")
      }
      switch header.kind {
      case .index: continue
      case .dictionary:
        try codec.unpacked(page, count: header.unpackedCount) {
          try readDictionary($0, header, heapLimit: heapLimit)
        }
      case .data, .dataV2:
        guard header.valueCount <= chunk.valueCount - entryCount else {
          throw InputError(.malformed, "the pages hold more values than the footer says")
        }
        if header.kind == .data {
          try codec.unpacked(page, count: header.unpackedCount) {
            try readPage($0, header, heapLimit: heapLimit)
          }
        } else {
          try readPageV2(page, header, codec: codec, heapLimit: heapLimit)
        }
      }
    }
  }

  private func isEnough(_ rowLimit: Int) -> Bool {
    // The last row of a nested column has ended only where the next one begins.
    leaf.repetitionLevel == 0 ? entryCount >= rowLimit : rowCount > rowLimit
  }

  private mutating func readDictionary(
    _ page: UnsafeBufferPointer<UInt8>, _ header: ParquetPageHeader, heapLimit: Int
  ) throws {
    guard dictionary == nil, entryCount == 0 else {
      throw InputError(.malformed, "a second dictionary")
    }
    guard
      [ParquetEncoding.plain.rawValue, ParquetEncoding.plainDictionary.rawValue]
        .contains(header.encoding)
    else {
      throw InputError(
        .unsupported, "a dictionary in the encoding \(ParquetEncoding.name(header.encoding))",
        hint: "write the file again with pyarrow or pandas")
    }
    var entries = ParquetValues(leaf.type)
    try entries.decode(
      page, encoding: ParquetEncoding.plain.rawValue, count: header.valueCount,
      heapLimit: heapLimit)
    swap(&values.heap, &entries.heap)
    dictionary = entries
  }

  private mutating func readPage(
    _ page: UnsafeBufferPointer<UInt8>, _ header: ParquetPageHeader, heapLimit: Int
  ) throws {
    var cursor = ByteCursor(page)
    func levels(_ limit: Int, _ encoding: Int) throws -> UnsafeBufferPointer<UInt8>? {
      guard limit > 0 else { return nil }
      guard encoding == ParquetEncoding.runLength.rawValue else {
        throw InputError(
          .unsupported, "levels in the encoding \(ParquetEncoding.name(encoding))",
          hint: "write the file again with pyarrow or pandas")
      }
      return try cursor.take(Int(cursor.littleEndian(4)))
    }
    let repetition = try levels(leaf.repetitionLevel, header.repetitionEncoding)
    let definition = try levels(leaf.definitionLevel, header.definitionEncoding)
    let present = try readLevels(repetition, definition, count: header.valueCount)
    try readValues(cursor.takeRest(), header, count: present, heapLimit: heapLimit)
  }

  private mutating func readPageV2(
    _ page: UnsafeBufferPointer<UInt8>, _ header: ParquetPageHeader, codec: ParquetCodec,
    heapLimit: Int
  ) throws {
    var cursor = ByteCursor(page)
    let repetition = try cursor.take(header.repetitionCount)
    let definition = try cursor.take(header.definitionCount)
    let present = try readLevels(
      leaf.repetitionLevel > 0 ? repetition : nil, leaf.definitionLevel > 0 ? definition : nil,
      count: header.valueCount)
    let rest = cursor.takeRest()
    let unpackedCount = header.unpackedCount - header.repetitionCount - header.definitionCount
    guard unpackedCount >= 0 else { throw InputError(.malformed, "a page header is damaged") }
    // A page of nulls has no values, and some writers then write no packed bytes either.
    let codec = header.isCompressed && !(rest.isEmpty && unpackedCount == 0) ? codec : .none
    try codec.unpacked(rest, count: unpackedCount) {
      try readValues($0, header, count: present, heapLimit: heapLimit)
    }
  }

  /// Reads the levels of a page and returns how many of its entries are values.
  private mutating func readLevels(
    _ repetition: UnsafeBufferPointer<UInt8>?, _ definition: UnsafeBufferPointer<UInt8>?, count: Int
  ) throws -> Int {
    var present = count
    if let repetition {
      let levels = try Self.levels(repetition, limit: leaf.repetitionLevel, count: count)
      if entryCount == 0, let first = levels.first, first != 0 {
        throw InputError(.malformed, "the first row begins inside a list")
      }
      rowCount += levels.count { $0 == 0 }
      repetitions += levels
    }
    if let definition {
      let levels = try Self.levels(definition, limit: leaf.definitionLevel, count: count)
      let full = UInt8(leaf.definitionLevel)
      present = levels.count { $0 == full }
      definitions += levels
    }
    entryCount += count
    return present
  }

  private static func levels(
    _ source: UnsafeBufferPointer<UInt8>, limit: Int, count: Int
  ) throws -> [UInt8] {
    let width = UInt.bitWidth - limit.leadingZeroBitCount
    let levels = try ParquetValues.runLengths(source, width: width, count: count)
    guard levels.allSatisfy({ $0 <= limit }) else {
      throw InputError(.malformed, "a level is above \(limit), the deepest of the column")
    }
    return levels.map { UInt8(truncatingIfNeeded: $0) }
  }

  private mutating func readValues(
    _ source: UnsafeBufferPointer<UInt8>, _ header: ParquetPageHeader, count: Int, heapLimit: Int
  ) throws {
    guard
      [ParquetEncoding.dictionary.rawValue, ParquetEncoding.plainDictionary.rawValue]
        .contains(header.encoding)
    else {
      return try values.decode(
        source, encoding: header.encoding, count: count, heapLimit: heapLimit)
    }
    guard count > 0 else { return }
    guard let dictionary else { throw InputError(.malformed, "the dictionary is missing") }
    var cursor = ByteCursor(source)
    let width = Int(try cursor.byte())
    let indices = try ParquetValues.runLengths(cursor.takeRest(), width: width, count: count)
    try indices.withUnsafeBufferPointer { try values.append($0, from: dictionary) }
  }
}
