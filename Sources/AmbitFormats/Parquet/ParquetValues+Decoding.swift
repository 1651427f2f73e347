extension ParquetValues {
  /// Decodes `count` values of a page.
  ///
  /// - Parameter heapLimit: how many bytes the texts may take.
  ///
  /// Throws `InputError`: `malformed`, `tooLarge`, or `unsupported` for an encoding that is not read.
  mutating func decode(
    _ source: UnsafeBufferPointer<UInt8>, encoding code: Int, count: Int, heapLimit: Int
  ) throws {
    var cursor = ByteCursor(source)
    switch (ParquetEncoding(rawValue: code), type) {
    case (.plain, .boolean):
      let bits = try cursor.take(BitPacking.byteCount(count, width: 1))
      words += (0..<count).lazy.map { UInt64(bits[$0 >> 3] >> UInt8($0 & 7) & 1) }
    case (.plain, .text): try decodePlainTexts(source, count: count, heapLimit: heapLimit)
    case (.plain, _):
      let bytes = UnsafeRawBufferPointer(try cursor.take(count * type.width))
      let type = type
      if type.width == 4 {
        words += (0..<count).lazy.map {
          let word = bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)
          return type.widened(UInt64(UInt32(littleEndian: word)))
        }
      } else {
        words += (0..<count).lazy.map {
          UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self))
        }
      }
    case (.runLength, .boolean):
      let length = Int(try cursor.littleEndian(4))
      let bits = try Self.runLengths(try cursor.take(length), width: 1, count: count)
      words += bits.lazy.map(UInt64.init)
    case (.delta, _) where type.isInteger:
      let type = type
      words += try DeltaDecoder.decode(&cursor, count: count).lazy.map {
        type.widened(UInt64(bitPattern: $0))
      }
    case (.deltaLengths, .text):
      try decodeDeltaLengths(&cursor, count: count, heapLimit: heapLimit)
    case (.deltaTexts, .text):
      try decodeDeltaTexts(&cursor, count: count, heapLimit: heapLimit)
    case (.splitBytes, _) where type.width > 0:
      let bytes = try cursor.take(count * type.width)
      let type = type
      words += (0..<count).lazy.map { index in
        type.widened(
          (0..<type.width).reduce(0) { $0 | UInt64(bytes[$1 * count + index]) << UInt64(8 * $1) })
      }
    default:
      throw InputError(
        .unsupported,
        "the encoding \(ParquetEncoding.name(code)) is not read for values of this type",
        hint: "write the file again with pyarrow or pandas")
    }
  }

  static func runLengths(
    _ source: UnsafeBufferPointer<UInt8>, width: Int, count: Int
  ) throws -> [UInt32] {
    try [UInt32](unsafeUninitializedCapacity: count) { output, filled in
      try RunLengthDecoder.decode(
        source, width: width, into: UnsafeMutableBufferPointer(rebasing: output[0..<count]))
      filled = count
    }
  }

  private mutating func decodePlainTexts(
    _ source: UnsafeBufferPointer<UInt8>, count: Int, heapLimit: Int
  ) throws {
    // Each text has four bytes for its length, so a page cannot hold more.
    guard count <= source.count / 4 else { throw ByteCursor.cutOff }
    let base = heap.count
    try grow(by: source.count, limit: heapLimit)
    heap.append(contentsOf: source)
    places.reserveCapacity(places.count + count)
    let bytes = UnsafeRawBufferPointer(source)
    var position = 0
    for _ in 0..<count {
      guard position + 4 <= bytes.count else { throw ByteCursor.cutOff }
      let length = Int(
        UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self)))
      position += 4
      guard length <= bytes.count - position else { throw ByteCursor.cutOff }
      places.append(Place(start: base + position, count: length))
      position += length
    }
  }

  private mutating func decodeDeltaLengths(
    _ cursor: inout ByteCursor, count: Int, heapLimit: Int
  ) throws {
    let lengths = try DeltaDecoder.lengths(&cursor, count: count, limit: cursor.remaining)
    var start = heap.count
    // The lengths are checked together: each alone is at most what remained.
    let texts = try cursor.take(lengths.reduce(0, +))
    try grow(by: texts.count, limit: heapLimit)
    heap.append(contentsOf: texts)
    for length in lengths {
      places.append(Place(start: start, count: length))
      start += length
    }
  }

  /// DELTA_BYTE_ARRAY: how much of the text before is kept, and what follows it.
  private mutating func decodeDeltaTexts(
    _ cursor: inout ByteCursor, count: Int, heapLimit: Int
  ) throws {
    let kept = try DeltaDecoder.lengths(&cursor, count: count, limit: Int(Int32.max))
    let added = try DeltaDecoder.lengths(&cursor, count: count, limit: cursor.remaining)
    var last = Place(start: heap.count, count: 0)
    for (kept, added) in zip(kept, added) {
      guard kept <= last.count else {
        throw InputError(.malformed, "a text keeps \(kept) bytes of one of \(last.count)")
      }
      let rest = try cursor.take(added)
      try grow(by: kept + added, limit: heapLimit)
      let start = heap.count
      if kept > 0 { heap.append(contentsOf: heap[last.start..<last.start + kept]) }
      heap.append(contentsOf: rest)
      last = Place(start: start, count: kept + added)
      places.append(last)
    }
  }

  private func grow(by count: Int, limit: Int) throws {
    guard heap.count + count <= limit else {
      throw InputError(
        .tooLarge, "the texts unpack to more than \(DecimalText.grouped(limit)) bytes",
        hint: "check what the file holds, or write smaller row groups")
    }
  }
}

/// How values are written, with the format's own numbers.
enum ParquetEncoding: Int {
  case plain = 0
  case plainDictionary = 2
  case runLength = 3
  case bitPacked = 4
  case delta = 5
  case deltaLengths = 6
  case deltaTexts = 7
  case dictionary = 8
  case splitBytes = 9

  static func name(_ code: Int) -> String {
    switch ParquetEncoding(rawValue: code) {
    case .plain?: "PLAIN"
    case .plainDictionary: "PLAIN_DICTIONARY"
    case .runLength: "RLE"
    case .bitPacked: "BIT_PACKED"
    case .delta: "DELTA_BINARY_PACKED"
    case .deltaLengths: "DELTA_LENGTH_BYTE_ARRAY"
    case .deltaTexts: "DELTA_BYTE_ARRAY"
    case .dictionary: "RLE_DICTIONARY"
    case .splitBytes: "BYTE_STREAM_SPLIT"
    case nil: "number \(code)"
    }
  }
}
