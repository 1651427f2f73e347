struct ParquetRowWriter {
  private let fields: [ParquetSchema.Field]
  private var columns: [ParquetColumn]
  /// Which of `columns` belongs to each leaf of the schema.
  private var slots: [Int]
  private let repeating: [Int]

  /// - Parameter columns: those of all leaves of `fields`, in their order.
  init(_ fields: [ParquetSchema.Field], columns: [ParquetColumn]) {
    self.fields = fields
    self.columns = columns
    repeating = columns.indices.filter { columns[$0].leaf.repetitionLevel > 0 }
    slots = Array(repeating: -1, count: fields.last?.leaves.upperBound ?? 0)
    for (index, leaf) in fields.flatMap(\.leaves).enumerated() { slots[leaf] = index }
  }

  /// Appends the next row and a line break. Throws `InputError` with the column in `field`.
  mutating func writeRow(to output: inout JSONText) throws {
    try write(fields, to: &output)
    output.append(UInt8(ascii: "\n"))
    for slot in repeating where try columns[slot].repetition() != 0 {
      throw fault(slot, "a row has more values than the others")
    }
  }

  /// Checks that nothing is left over. Throws `InputError.malformed`.
  func finish() throws {
    for slot in columns.indices where !columns[slot].isAtEnd {
      throw fault(slot, "the column has more rows than the others")
    }
  }

  private func fault(_ slot: Int, _ message: String) -> InputError {
    InputError(.malformed, field: columns[slot].leaf.path, message)
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
    if field.presentLevel > 0, try columns[first].definition() < field.presentLevel {
      output.append("null")
      return try skip(field)
    }
    switch field.shape {
    case .leaf: try writeValue(first, to: &output)
    case .structure(let parts): try write(parts, to: &output)
    case .list(let element, let repetitionLevel, let filledLevel):
      output.append(UInt8(ascii: "["))
      if try columns[first].definition() < filledLevel {
        try skip(field)
      } else {
        try write(element, to: &output)
        while try columns[first].repetition() == repetitionLevel {
          output.append(UInt8(ascii: ","))
          try write(element, to: &output)
        }
        guard try columns[first].repetition() < repetitionLevel else {
          throw fault(first, "a list is nested too deep")
        }
      }
      output.append(UInt8(ascii: "]"))
    }
  }

  private mutating func skip(_ field: ParquetSchema.Field) throws {
    for leaf in field.leaves { _ = try columns[slots[leaf]].next() }
  }

  private mutating func writeValue(_ slot: Int, to output: inout JSONText) throws {
    guard let place = try columns[slot].next() else { return output.append("null") }
    switch columns[slot].leaf.type {
    case .text:
      let text = columns[slot].values.places[place]
      columns[slot].values.heap.withUnsafeBufferPointer {
        output.appendQuoted(
          UnsafeBufferPointer(rebasing: $0[text.start..<text.start + text.count]))
      }
    case .boolean: output.append(columns[slot].values.words[place] == 0 ? "false" : "true")
    case .float, .double: output.append(Double(bitPattern: columns[slot].values.words[place]))
    case .integer32, .integer64: output.append(Int64(bitPattern: columns[slot].values.words[place]))
    case .unsigned32, .unsigned64: output.append(columns[slot].values.words[place])
    case .unread: preconditionFailure("columns of unread types are refused before")
    }
  }
}
