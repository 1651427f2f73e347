/// The values of one stored column in one row group, read page by page as they are asked for.
///
/// Positions run over entries: values, nulls and empty lists together.
struct ParquetColumn {
  let leaf: ParquetSchema.Leaf
  /// The values of the page that is open.
  private(set) var values: ParquetValues
  /// One an entry of the page; empty where nothing can be null or empty.
  private var definitions: [UInt8] = []
  /// One an entry of the page; empty where nothing repeats.
  private var repetitions: [UInt8] = []
  private var entryCount = 0
  private var entry = 0
  private var value = 0
  /// Entries of the pages that are still to come.
  private var entriesLeft: Int
  private var hasBegun = false
  private var dictionary: ParquetValues?
  /// How much of the heap belongs to the dictionary.
  private var dictionaryHeapCount = 0
  private var cursor: ByteCursor
  private let codec: ParquetCodec
  private let heapLimit: Int

  /// A page with more entries is taken for damage: writers make them of a megabyte.
  private static let entryLimit = 1 << 26

  /// Finds the column; reads nothing yet.
  ///
  /// - Parameters:
  ///   - file: the whole file; it must stay where it is while this is used.
  ///   - heapLimit: how many bytes the texts of a page and of the dictionary may take.
  ///
  /// Throws `InputError.malformed` with the column in `field`.
  init(
    _ leaf: ParquetSchema.Leaf, chunk: ParquetMetadata.Chunk, in file: UnsafeBufferPointer<UInt8>,
    heapLimit: Int
  ) throws {
    guard let codec = ParquetCodec(rawValue: chunk.codec) else {
      preconditionFailure("columns of unknown codecs are refused before")
    }
    self.leaf = leaf
    self.codec = codec
    self.heapLimit = heapLimit
    values = ParquetValues(leaf.type)
    entriesLeft = chunk.valueCount
    // Where there are no values, some writers give no place.
    let isEmpty = chunk.valueCount == 0
    let (start, count) = isEmpty ? (0, 0) : (chunk.offset, chunk.byteCount)
    guard chunk.valueCount >= 0, isEmpty || start >= 4, count >= 0, count <= file.count,
      start <= file.count - count
    else {
      throw InputError(
        .malformed, field: leaf.path, "the column lies beyond the end of the file")
    }
    cursor = ByteCursor(UnsafeBufferPointer(rebasing: file[start..<start + count]))
  }

  /// Whether all entries have been taken.
  var isAtEnd: Bool { entry == entryCount && entriesLeft == 0 }

  /// The definition level of the next entry. Throws `InputError`, also where there is none.
  mutating func definition() throws -> Int {
    if entry == entryCount { try turnPage() }
    return definitions.isEmpty ? leaf.definitionLevel : Int(definitions[entry])
  }

  /// Where the next entry belongs; 0 at the end, as where a row begins. Throws `InputError`.
  mutating func repetition() throws -> Int {
    guard leaf.repetitionLevel > 0, !isAtEnd else { return 0 }
    if entry == entryCount { try turnPage() }
    return Int(repetitions[entry])
  }

  /// Steps to the next entry; the place of the value in `values`, nil for a null. Throws `InputError`.
  mutating func next() throws -> Int? {
    let isValue = try definition() == leaf.definitionLevel
    entry += 1
    guard isValue else { return nil }
    defer { value += 1 }
    return value
  }

  /// Opens the next page that has entries.
  private mutating func turnPage() throws {
    guard entriesLeft > 0 else {
      throw InputError(
        .malformed, field: leaf.path, "the column has fewer rows than the others")
    }
    (definitions, repetitions) = ([], [])
    (entryCount, entry, value) = (0, 0, 0)
    values.removeAll(keepingHeap: dictionaryHeapCount)
    do {
      while entryCount == 0 { try readNextPage() }
    } catch var error as InputError {
      error.field = leaf.path
      throw error
    }
    entriesLeft -= entryCount
    hasBegun = true
  }

  private mutating func readNextPage() throws {
    let header = try ParquetPageHeader(&cursor)
    let page = try cursor.take(header.packedCount)
    if let checksum = header.checksum, Gzip.checksum(page) != checksum {
      throw InputError(
        .malformed, "the checksum of a page is wrong: the file is damaged",
        hint: "copy the file again")
    }
    switch header.kind {
    case .index: return
    case .dictionary:
      try codec.unpacked(page, count: header.unpackedCount) { try readDictionary($0, header) }
    case .data, .dataV2:
      guard header.valueCount <= entriesLeft else {
        throw InputError(.malformed, "the pages hold more values than the footer says")
      }
      guard header.valueCount <= Self.entryLimit else {
        throw InputError(
          .tooLarge, "a page holds \(header.valueCount) values",
          hint: "write the file again in smaller pages")
      }
      if header.kind == .data {
        try codec.unpacked(page, count: header.unpackedCount) { try readPage($0, header) }
      } else {
        try readPageV2(page, header)
      }
    }
  }

  private mutating func readDictionary(
    _ page: UnsafeBufferPointer<UInt8>, _ header: ParquetPageHeader
  ) throws {
    guard dictionary == nil, !hasBegun else {
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
    dictionaryHeapCount = values.heap.count
    dictionary = entries
  }

  private mutating func readPage(
    _ page: UnsafeBufferPointer<UInt8>, _ header: ParquetPageHeader
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
    try readValues(cursor.takeRest(), header, count: present)
  }

  private mutating func readPageV2(
    _ page: UnsafeBufferPointer<UInt8>, _ header: ParquetPageHeader
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
      try readValues($0, header, count: present)
    }
  }

  /// Reads the levels of a page and returns how many of its entries are values.
  private mutating func readLevels(
    _ repetition: UnsafeBufferPointer<UInt8>?, _ definition: UnsafeBufferPointer<UInt8>?, count: Int
  ) throws -> Int {
    var present = count
    if let repetition {
      let levels = try Self.levels(repetition, limit: leaf.repetitionLevel, count: count)
      if !hasBegun, let first = levels.first, first != 0 {
        throw InputError(.malformed, "the first row begins inside a list")
      }
      repetitions = levels
    }
    if let definition {
      let levels = try Self.levels(definition, limit: leaf.definitionLevel, count: count)
      let full = UInt8(leaf.definitionLevel)
      present = levels.count { $0 == full }
      definitions = levels
    }
    entryCount = count
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
    _ source: UnsafeBufferPointer<UInt8>, _ header: ParquetPageHeader, count: Int
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
