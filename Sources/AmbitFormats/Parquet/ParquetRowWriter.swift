/// Puts the columns of a row group together again, row by row, as JSON objects.
///
/// The levels tell where lists and nulls begin: "Dremel", Melnik et al., VLDB 2010, section 4.
struct ParquetRowWriter {
  private let fields: [ParquetSchema.Field]
  private let columns: [Source]
  /// Which of `columns` belongs to each leaf of the schema.
  private var slots: [Int] = []
  /// How many entries and how many values of each column have been written.
  private var entries: [Int]
  private var values: [Int]
  private let repeating: [Int]

  /// A column in a box, so that looking at it copies nothing.
  private final class Source {
    let leaf: ParquetSchema.Leaf
    let column: ParquetColumn

    init(_ column: ParquetColumn) {
      self.column = column
      leaf = column.leaf
    }
  }

  /// - Parameter columns: those of all leaves of `fields`, in their order.
  init(_ fields: [ParquetSchema.Field], columns: [ParquetColumn]) {
    self.fields = fields
    self.columns = columns.map(Source.init)
    entries = Array(repeating: 0, count: columns.count)
    values = entries
    repeating = columns.indices.filter { columns[$0].leaf.repetitionLevel > 0 }
    slots = Array(repeating: -1, count: (fields.last?.leaves.upperBound ?? 0))
    for (index, leaf) in fields.flatMap(\.leaves).enumerated() { slots[leaf] = index }
  }

  /// Appends the next row and a line break. Throws `InputError` with the column in `field`.
  mutating func writeRow(to output: inout JSONText) throws {
    try write(fields, to: &output)
    output.append(UInt8(ascii: "\n"))
    for slot in repeating where repetition(slot) != 0 {
      throw fault(slot, "a row has more values than the others")
    }
  }

  /// Checks that nothing is left over. Throws `InputError.malformed`.
  func finish() throws {
    for slot in columns.indices where entries[slot] < columns[slot].column.entryCount {
      throw fault(slot, "the column has more rows than the others")
    }
  }

  private func fault(_ slot: Int, _ message: String) -> InputError {
    InputError(.malformed, field: columns[slot].leaf.path, message)
  }

  /// The definition level of the next entry. Throws `InputError.malformed` where there is none.
  private func definition(_ slot: Int) throws -> Int {
    let source = columns[slot]
    let entry = entries[slot]
    guard entry < source.column.entryCount else {
      throw fault(slot, "the column has fewer rows than the others")
    }
    return source.column.definitions.isEmpty
      ? source.leaf.definitionLevel : Int(source.column.definitions[entry])
  }

  /// Where the next entry belongs; 0 at the end, as where a row begins.
  private func repetition(_ slot: Int) -> Int {
    let source = columns[slot]
    let entry = entries[slot]
    return entry < source.column.repetitions.count ? Int(source.column.repetitions[entry]) : 0
  }

  /// Steps to the next entry; the place of the value, nil for a null.
  private mutating func next(_ slot: Int) throws -> Int? {
    let isValue = try definition(slot) == columns[slot].leaf.definitionLevel
    entries[slot] += 1
    guard isValue else { return nil }
    defer { values[slot] += 1 }
    return values[slot]
  }

  private mutating func write(_ fields: [ParquetSchema.Field], to output: inout JSONText) throws {
    var mark = UInt8(ascii: "{")
    for field in fields {
      output.append(mark)
      output.append(field.key)
      try write(field, to: &output)
      mark = UInt8(ascii: ",")
    }
    output.append(UInt8(ascii: "}"))
  }

  private mutating func write(_ field: ParquetSchema.Field, to output: inout JSONText) throws {
    let first = slots[field.leaves.lowerBound]
    if field.presentLevel > 0, try definition(first) < field.presentLevel {
      output.append("null")
      return try skip(field)
    }
    switch field.shape {
    case .leaf: try writeValue(first, to: &output)
    case .structure(let parts): try write(parts, to: &output)
    case .list(let element, let repetitionLevel, let filledLevel):
      output.append(UInt8(ascii: "["))
      if try definition(first) < filledLevel {
        try skip(field)
      } else {
        try write(element, to: &output)
        while repetition(first) == repetitionLevel {
          output.append(UInt8(ascii: ","))
          try write(element, to: &output)
        }
        guard repetition(first) < repetitionLevel else {
          throw fault(first, "a list is nested too deep")
        }
      }
      output.append(UInt8(ascii: "]"))
    }
  }

  private mutating func skip(_ field: ParquetSchema.Field) throws {
    for leaf in field.leaves { _ = try next(slots[leaf]) }
  }

  private mutating func writeValue(_ slot: Int, to output: inout JSONText) throws {
    guard let place = try next(slot) else { return output.append("null") }
    let source = columns[slot]
    switch source.leaf.type {
    case .text:
      let text = source.column.values.places[place]
      source.column.values.heap.withUnsafeBufferPointer {
        output.appendQuoted(
          UnsafeBufferPointer(rebasing: $0[text.start..<text.start + text.count]))
      }
    case .boolean: output.append(source.column.values.words[place] == 0 ? "false" : "true")
    case .float, .double: output.append(Double(bitPattern: source.column.values.words[place]))
    case .integer32, .integer64: output.append(Int64(bitPattern: source.column.values.words[place]))
    case .unsigned32, .unsigned64: output.append(source.column.values.words[place])
    case .unread: preconditionFailure("columns of unread types are refused before")
    }
  }
}
