/// The columns of a Parquet file as a tree, with the levels at which values, nulls and lists begin.
struct ParquetSchema {
  /// A column or a part of one. A class, so that walking the tree for every row copies nothing.
  final class Field: Sendable {
    let name: String
    /// The name in quotes and a colon, as JSON wants it.
    let key: [UInt8]
    /// The definition level from which on it is not null; 0 where it never is null.
    let presentLevel: Int
    let shape: Shape
    /// Its leaves, as indices into `leaves`.
    let leaves: Range<Int>

    init(name: String, presentLevel: Int = 0, shape: Shape, leaves: Range<Int>) {
      self.name = name
      self.presentLevel = presentLevel
      self.shape = shape
      self.leaves = leaves
      var key = JSONText()
      Array(name.utf8).withUnsafeBufferPointer { key.appendQuoted($0) }
      key.append(UInt8(ascii: ":"))
      self.key = key.bytes
    }
  }

  /// What a field holds.
  enum Shape: Sendable {
    case leaf
    case structure([Field])
    /// Elements begin at a repetition level; below the definition level there are none.
    case list(Field, repetitionLevel: Int, filledLevel: Int)
  }

  /// A column of values as it is stored.
  struct Leaf {
    var path: String
    var type: ParquetType
    var definitionLevel: Int
    var repetitionLevel: Int
  }

  /// The file's own columns, in order.
  private(set) var fields: [Field] = []
  private(set) var leaves: [Leaf] = []

  private static let depthLimit = 40

  /// Reads the elements of a footer, which stand in depth-first order. Throws `InputError`.
  init(_ elements: [ParquetMetadata.Element]) throws {
    var builder = Builder(elements: elements[...])
    let root = try builder.next()
    for _ in 0..<root.childCount {
      fields.append(
        try builder.field(path: "", definition: 0, repetition: 0, depth: 1, leaves: &leaves))
    }
    guard builder.elements.isEmpty else { throw Self.fault }
  }

  private static var fault: InputError {
    InputError(.malformed, "the schema in the Parquet footer is damaged")
  }

  private struct Builder {
    var elements: ArraySlice<ParquetMetadata.Element>

    mutating func next() throws -> ParquetMetadata.Element {
      guard let element = elements.popFirst(), element.childCount >= 0,
        element.childCount <= elements.count
      else { throw ParquetSchema.fault }
      return element
    }

    /// A field as it stands: optional, repeated (a list without a group around it) or neither.
    mutating func field(
      path: String, definition: Int, repetition: Int, depth: Int, leaves: inout [Leaf]
    ) throws -> Field {
      guard depth <= ParquetSchema.depthLimit else {
        throw InputError(
          .tooLarge, "columns are nested deeper than \(ParquetSchema.depthLimit) levels")
      }
      let element = try next()
      let path = path.isEmpty ? element.name : "\(path).\(element.name)"
      let first = leaves.count
      switch element.repetition {
      case 0, 1:
        let definition = definition + element.repetition
        let shape = try shape(
          of: element, path: path, definition: definition, repetition: repetition, depth: depth,
          leaves: &leaves)
        return Field(
          name: element.name, presentLevel: element.repetition == 1 ? definition : 0,
          shape: shape, leaves: first..<leaves.count)
      case 2:
        let shape = try shape(
          of: element, path: path, definition: definition + 1, repetition: repetition + 1,
          depth: depth, leaves: &leaves)
        let part = Field(name: element.name, shape: shape, leaves: first..<leaves.count)
        return Field(
          name: element.name,
          shape: .list(part, repetitionLevel: repetition + 1, filledLevel: definition + 1),
          leaves: first..<leaves.count)
      default: throw ParquetSchema.fault
      }
    }

    private mutating func shape(
      of element: ParquetMetadata.Element, path: String, definition: Int, repetition: Int,
      depth: Int, leaves: inout [Leaf]
    ) throws -> Shape {
      guard element.childCount > 0 else {
        guard element.physicalType != nil else { throw ParquetSchema.fault }
        leaves.append(
          Leaf(
            path: path, type: ParquetType(element), definitionLevel: definition,
            repetitionLevel: repetition))
        return .leaf
      }
      if element.isList, element.childCount == 1, let repeated = elements.first,
        repeated.repetition == 2, wrapsElement(repeated, in: element)
      {
        _ = try next()
        let part = try field(
          path: "\(path).\(repeated.name)", definition: definition + 1, repetition: repetition + 1,
          depth: depth + 2, leaves: &leaves)
        return .list(part, repetitionLevel: repetition + 1, filledLevel: definition + 1)
      }
      var parts: [Field] = []
      for _ in 0..<element.childCount {
        parts.append(
          try field(
            path: path, definition: definition, repetition: repetition, depth: depth + 1,
            leaves: &leaves))
      }
      // Older writers and maps: the repeated field is the element itself.
      if element.isList || element.isMap, parts.count == 1, case .list = parts[0].shape {
        return parts[0].shape
      }
      return .structure(parts)
    }

    /// Whether the repeated group of a list is only there to hold the element (LogicalTypes.md, "Lists").
    private func wrapsElement(
      _ repeated: ParquetMetadata.Element, in list: ParquetMetadata.Element
    ) -> Bool {
      repeated.childCount == 1 && repeated.name != "array" && repeated.name != list.name + "_tuple"
        && elements.dropFirst().first?.repetition != 2
    }
  }
}

extension ParquetMetadata.Element {
  fileprivate var isList: Bool { logicalType == 3 || convertedType == 3 }
  fileprivate var isMap: Bool {
    logicalType == 2 || convertedType == 1 || convertedType == 2
  }
}
