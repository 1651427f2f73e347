import AmbitFormats
import AmbitMatrix

/// A naive writer of Parquet, for tests of the reader: random schemas and rows, uncompressed pages that end
/// anywhere, also in the middle of a row. Written from the format's own description, not from the reader.
struct ParquetEncoder {
  /// A part of a schema.
  indirect enum Node {
    case leaf(Leaf, isOptional: Bool)
    case structure([(name: String, node: Node)], isOptional: Bool)
    case list(Node, style: ListStyle, isOptional: Bool)
  }

  /// The types that are written, with the format's numbers.
  enum Leaf: Int, CaseIterable {
    case boolean = 0
    case int32 = 1
    case int64 = 2
    case double = 5
    case text = 6
  }

  /// How lists were and are written: in three levels, in two, and without a group around them.
  enum ListStyle: CaseIterable { case standard, legacy, bare }

  /// A stored column: the levels of each entry, and its value where it has one.
  private struct Column {
    var leaf: Leaf
    var maxRepetition: Int
    var maxDefinition: Int
    var entries: [(repetition: Int, definition: Int, value: JSON?)] = []
  }

  private let fields: [(name: String, node: Node)]
  private var columns: [Column] = []
  private var schema: [[UInt8]] = []

  init(_ fields: [(name: String, node: Node)]) {
    self.fields = fields
    schema.append(Self.element("schema", childCount: fields.count))
    for (name, node) in fields { describe(node, name, definition: 0, repetition: 0) }
  }

  // MARK: Schema

  private mutating func describe(
    _ node: Node, _ name: String, definition: Int, repetition: Int, isRepeated: Bool = false
  ) {
    func mark(_ isOptional: Bool) -> Int { isRepeated ? 2 : isOptional ? 1 : 0 }
    switch node {
    case .leaf(let leaf, let isOptional):
      schema.append(
        Self.element(
          name, repetition: mark(isOptional), type: leaf.rawValue,
          convertedType: leaf == .text ? 0 : nil))
      columns.append(
        Column(
          leaf: leaf, maxRepetition: repetition, maxDefinition: definition + (isOptional ? 1 : 0)))
    case .structure(let parts, let isOptional):
      schema.append(
        Self.element(name, repetition: mark(isOptional), childCount: parts.count))
      for part in parts {
        describe(
          part.node, part.name, definition: definition + (isOptional ? 1 : 0),
          repetition: repetition)
      }
    case .list(let part, .bare, _):
      describe(
        part, name, definition: definition + 1, repetition: repetition + 1, isRepeated: true)
    case .list(let part, let style, let isOptional):
      schema.append(
        Self.element(name, repetition: mark(isOptional), childCount: 1, convertedType: 3))
      let definition = definition + (isOptional ? 1 : 0) + 1
      if style == .standard {
        schema.append(Self.element("list", repetition: 2, childCount: 1))
        describe(part, "element", definition: definition, repetition: repetition + 1)
      } else {
        describe(
          part, "array", definition: definition, repetition: repetition + 1, isRepeated: true)
      }
    }
  }

  private static func element(
    _ name: String, repetition: Int? = nil, type: Int? = nil, childCount: Int? = nil,
    convertedType: Int? = nil
  ) -> [UInt8] {
    var writer = ThriftWriter()
    writer.integer(1, type)
    writer.integer(3, repetition)
    writer.text(4, name)
    writer.integer(5, childCount)
    writer.integer(6, convertedType)
    return writer.ended
  }

  // MARK: Rows

  /// Adds a row: an object with the fields of the schema.
  private mutating func add(_ row: JSON) {
    var column = 0
    for (name, node) in fields {
      shred(row[name]!, node, repetition: 0, definition: 0, depth: 0, &column)
    }
  }

  private mutating func shred(
    _ value: JSON?, _ node: Node, repetition: Int, definition: Int, depth: Int, _ column: inout Int
  ) {
    switch node {
    case .leaf(_, let isOptional):
      let isNull = value == nil || value == .null
      columns[column].entries.append(
        (repetition, definition + (isOptional && !isNull ? 1 : 0), isNull ? nil : value))
      column += 1
    case .structure(let parts, let isOptional):
      let isNull = value == nil || value == .null
      for part in parts {
        shred(
          isNull ? nil : value![part.name], part.node, repetition: repetition,
          definition: definition + (isOptional && !isNull ? 1 : 0), depth: depth, &column)
      }
    case .list(let part, let style, let isOptional):
      guard let elements = value?.array, !elements.isEmpty else {
        let isEmptyList = isOptional && style != .bare && value?.array != nil
        return shred(
          nil, part, repetition: repetition, definition: definition + (isEmptyList ? 1 : 0),
          depth: depth + 1, &column)
      }
      let first = column
      for (index, element) in elements.enumerated() {
        column = first
        shred(
          element, part, repetition: index == 0 ? repetition : depth + 1,
          definition: definition + (isOptional && style != .bare ? 1 : 0) + 1, depth: depth + 1,
          &column)
      }
    }
  }

  // MARK: Files

  /// A file of these rows, in random row groups, pages and encodings.
  mutating func file(_ rows: [JSON], _ random: inout SplitMix64) -> [UInt8] {
    var bytes = Array("PAR1".utf8)
    var groups: [[UInt8]] = []
    var start = 0
    while start < rows.count {
      let count = min(1 + random.index(below: rows.count), rows.count - start)
      for index in columns.indices { columns[index].entries = [] }
      for row in rows[start..<start + count] { add(row) }
      let chunks = columns.map { Self.chunk($0, &bytes, &random) }
      var group = ThriftWriter()
      group.list(1, chunks)
      group.integer(2, 1, kind: 6)
      group.integer(3, count, kind: 6)
      groups.append(group.ended)
      start += count
    }
    var footer = ThriftWriter()
    footer.integer(1, 2)
    footer.list(2, schema)
    footer.integer(3, rows.count, kind: 6)
    footer.list(4, groups)
    let end = footer.ended
    return bytes + end + (0..<4).map { UInt8(end.count >> (8 * $0) & 255) } + Array("PAR1".utf8)
  }

  /// Writes the pages of a column; what the footer says of them.
  private static func chunk(
    _ column: Column, _ bytes: inout [UInt8], _ random: inout SplitMix64
  ) -> [UInt8] {
    let offset = bytes.count
    let hasDictionary = column.leaf != .boolean && random.index(below: 2) == 0
    var dictionary: [JSON] = []
    if hasDictionary {
      for case let value? in column.entries.map(\.value) where !dictionary.contains(value) {
        dictionary.append(value)
      }
      var details = ThriftWriter()
      details.integer(1, dictionary.count)
      details.integer(2, 0)
      bytes += page(2, 7, details.ended, plain(dictionary, column.leaf))
    }
    let dataOffset = bytes.count
    var start = 0
    while start < column.entries.count {
      let count = min(1 + random.index(below: 20), column.entries.count - start)
      let entries = column.entries[start..<start + count]
      let isV2 = random.index(below: 2) == 0
      var levels = [
        (column.maxRepetition, entries.map(\.repetition)),
        (column.maxDefinition, entries.map(\.definition)),
      ].map { limit, values in
        limit == 0 ? [] : runs(values, width: Int.bitWidth - limit.leadingZeroBitCount, &random)
      }
      let counts = levels.map(\.count)
      if !isV2 {
        levels = levels.map {
          $0.isEmpty
            ? [] : (0..<4).map { [count = $0.count] in UInt8(count >> (8 * $0) & 255) } + $0
        }
      }
      let present = entries.compactMap(\.value)
      var values = plain(present, column.leaf)
      if hasDictionary {
        let width = Int.bitWidth - max(dictionary.count - 1, 0).leadingZeroBitCount
        values =
          [UInt8(width)]
          + (present.isEmpty
            ? [] : runs(present.map { dictionary.firstIndex(of: $0)! }, width: width, &random))
      }
      var details = ThriftWriter()
      details.integer(1, count)
      if isV2 {
        details.integer(2, count - present.count)
        details.integer(3, entries.count { $0.repetition == 0 })
        details.integer(4, hasDictionary ? 8 : 0)
        details.integer(5, counts[1])
        details.integer(6, counts[0])
      } else {
        details.integer(2, hasDictionary ? 8 : 0)
        details.integer(3, 3)
        details.integer(4, 3)
      }
      bytes += page(isV2 ? 3 : 0, isV2 ? 8 : 5, details.ended, levels[0] + levels[1] + values)
      start += count
    }
    var description = ThriftWriter()
    description.integer(1, column.leaf.rawValue)
    description.integer(4, 0)
    description.integer(5, column.entries.count, kind: 6)
    description.integer(6, bytes.count - offset, kind: 6)
    description.integer(7, bytes.count - offset, kind: 6)
    description.integer(9, dataOffset, kind: 6)
    description.integer(11, hasDictionary ? offset : nil, kind: 6)
    var chunk = ThriftWriter()
    chunk.integer(2, offset, kind: 6)
    chunk.structure(3, description.ended)
    return chunk.ended
  }

  private static func page(
    _ type: Int, _ field: Int, _ details: [UInt8], _ contents: [UInt8]
  ) -> [UInt8] {
    var header = ThriftWriter()
    header.integer(1, type)
    header.integer(2, contents.count)
    header.integer(3, contents.count)
    header.structure(field, details)
    return header.ended + contents
  }

  /// Run lengths and packed groups, as chance wants it.
  private static func runs(_ values: [Int], width: Int, _ random: inout SplitMix64) -> [UInt8] {
    var bytes: [UInt8] = []
    var start = 0
    while start < values.count {
      let run = values[start...].prefix { $0 == values[start] }.count
      // Packed groups are of eight, and only the last may be padded.
      if random.index(below: 2) == 0 || values.count - start < 8 && run == values.count - start {
        bytes += ThriftWriter.varint(UInt64(run << 1))
        bytes += (0..<(width + 7) / 8).map { UInt8(values[start] >> (8 * $0) & 255) }
        start += run
      } else {
        let group = Array(values[start...].prefix(8))
        var packed = [UInt8](repeating: 0, count: width)
        for (index, value) in group.enumerated() {
          for bit in 0..<width where value >> bit & 1 == 1 {
            packed[(index * width + bit) / 8] |= 1 << UInt8((index * width + bit) % 8)
          }
        }
        bytes += [3] + packed
        start += group.count
      }
    }
    return bytes
  }

  private static func plain(_ values: [JSON], _ leaf: Leaf) -> [UInt8] {
    func bytes(_ number: UInt64, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
    }
    if leaf == .boolean {
      var packed = [UInt8](repeating: 0, count: (values.count + 7) / 8)
      for (index, value) in values.enumerated() where value == true {
        packed[index / 8] |= 1 << UInt8(index % 8)
      }
      return packed
    }
    return values.flatMap { value -> [UInt8] in
      switch value {
      case .integer(let number):
        bytes(UInt64(bitPattern: Int64(number)), leaf == .int32 ? 4 : 8)
      case .number(let number): bytes(number.bitPattern, 8)
      case .string(let text): bytes(UInt64(text.utf8.count), 4) + Array(text.utf8)
      default: preconditionFailure("no such value is made")
      }
    }
  }
}

/// Writes structures in Thrift's compact protocol.
struct ThriftWriter {
  private var bytes: [UInt8] = []
  private var last = 0

  /// The bytes with the mark of the end.
  var ended: [UInt8] { bytes + [0] }

  static func varint(_ value: UInt64) -> [UInt8] {
    value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7F) | 0x80] + varint(value >> 7)
  }

  private mutating func head(_ field: Int, _ kind: Int) {
    bytes.append(UInt8(field - last) << 4 | UInt8(kind))
    last = field
  }

  /// An integer; nothing where it is nil. Kind 5 has 32 bits, 6 has 64.
  mutating func integer(_ field: Int, _ value: Int?, kind: Int = 5) {
    guard let value else { return }
    head(field, kind)
    bytes += Self.varint(UInt64(bitPattern: Int64(value << 1 ^ value >> 63)))
  }

  mutating func text(_ field: Int, _ text: String) {
    head(field, 8)
    bytes += Self.varint(UInt64(text.utf8.count)) + Array(text.utf8)
  }

  mutating func structure(_ field: Int, _ structure: [UInt8]) {
    head(field, 12)
    bytes += structure
  }

  mutating func list(_ field: Int, _ structures: [[UInt8]]) {
    head(field, 9)
    let count = structures.count
    bytes += count < 15 ? [UInt8(count << 4 | 12)] : [0xFC] + Self.varint(UInt64(count))
    bytes += structures.joined()
  }
}
