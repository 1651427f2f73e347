/// Puts the columns of a row group together again, row by row, as JSON objects.
///
/// The levels tell where lists and nulls begin: "Dremel", Melnik et al., VLDB 2010, section 4.
struct ParquetRowWriter {
  private let fields: [ParquetSchema.Field]
  private let names: [[UInt8]]
  private var columns: [Int: Int] = [:]
  private var cursors: [Cursor] = []

  /// A column and how much of it has been written.
  private struct Cursor {
    let column: ParquetColumn
    var entry = 0
    var value = 0

    /// The definition level of the next entry. Throws `InputError.malformed` where there is none.
    func definition() throws -> Int {
      guard entry < column.entryCount else {
        throw InputError(
          .malformed, field: column.leaf.path, "the column has fewer rows than the others")
      }
      return column.definitions.isEmpty
        ? column.leaf.definitionLevel : Int(column.definitions[entry])
    }

    /// Where the next entry belongs; 0 at the end, as where a row begins.
    var repetition: Int {
      entry < column.repetitions.count ? Int(column.repetitions[entry]) : 0
    }

    /// Steps to the next entry; the place of the value, nil for a null.
    mutating func next() throws -> Int? {
      let isValue = try definition() == column.leaf.definitionLevel
      entry += 1
      guard isValue else { return nil }
      defer { value += 1 }
      return value
    }
  }

  /// - Parameter columns: those of all leaves of `fields`, in their order.
  init(_ fields: [ParquetSchema.Field], columns: [ParquetColumn]) {
    self.fields = fields
    names = fields.map { Self.key($0.name) }
    cursors = columns.map { Cursor(column: $0) }
    for (index, leaf) in fields.flatMap(\.leaves).enumerated() { self.columns[leaf] = index }
  }

  /// Appends the next row and a line break. Throws `InputError` with the column in `field`.
  mutating func writeRow(to output: inout JSONText) throws {
    output.append(UInt8(ascii: "{"))
    for index in fields.indices {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      output.append(names[index])
      try write(fields[index], to: &output)
    }
    output.append("}\n")
    for cursor in cursors where cursor.repetition != 0 {
      throw InputError(
        .malformed, field: cursor.column.leaf.path, "a row has more values than the others")
    }
  }

  /// Checks that nothing is left over. Throws `InputError.malformed`.
  func finish() throws {
    for cursor in cursors where cursor.entry < cursor.column.entryCount {
      throw InputError(
        .malformed, field: cursor.column.leaf.path, "the column has more rows than the others")
    }
  }

  private mutating func write(_ field: ParquetSchema.Field, to output: inout JSONText) throws {
    let first = columns[field.leaves.lowerBound]!
    if let level = field.presentLevel, try cursors[first].definition() < level {
      output.append("null")
      return try skip(field)
    }
    switch field.shape {
    case .leaf: try writeValue(first, to: &output)
    case .structure(let parts):
      output.append(UInt8(ascii: "{"))
      for (index, part) in parts.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        output.append(Self.key(part.name))
        try write(part, to: &output)
      }
      output.append(UInt8(ascii: "}"))
    case .list(let element, let repetitionLevel, let filledLevel):
      output.append(UInt8(ascii: "["))
      if try cursors[first].definition() < filledLevel {
        try skip(field)
      } else {
        try write(element, to: &output)
        while cursors[first].repetition == repetitionLevel {
          output.append(UInt8(ascii: ","))
          try write(element, to: &output)
        }
        guard cursors[first].repetition < repetitionLevel else {
          throw InputError(
            .malformed, field: cursors[first].column.leaf.path, "a list is nested too deep")
        }
      }
      output.append(UInt8(ascii: "]"))
    }
  }

  private mutating func skip(_ field: ParquetSchema.Field) throws {
    for leaf in field.leaves { _ = try cursors[columns[leaf]!].next() }
  }

  private mutating func writeValue(_ index: Int, to output: inout JSONText) throws {
    guard let place = try cursors[index].next() else { return output.append("null") }
    let values = cursors[index].column.values
    switch values.type {
    case .text:
      let text = values.places[place]
      values.heap.withUnsafeBufferPointer {
        output.appendQuoted(
          UnsafeBufferPointer(rebasing: $0[text.start..<text.start + text.count]))
      }
    case .boolean: output.append(values.words[place] == 0 ? "false" : "true")
    case .float, .double: output.append(Double(bitPattern: values.words[place]))
    case .integer32, .integer64: output.append(Int64(bitPattern: values.words[place]))
    case .unsigned32, .unsigned64: output.append(values.words[place])
    case .unread: preconditionFailure("columns of unread types are refused before")
    }
  }

  private static func key(_ name: String) -> [UInt8] {
    var key = JSONText()
    Array(name.utf8).withUnsafeBufferPointer { key.appendQuoted($0) }
    key.append(UInt8(ascii: ":"))
    return key.bytes
  }
}
