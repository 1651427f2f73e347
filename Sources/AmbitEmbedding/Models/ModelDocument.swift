import AmbitFormats

/// A JSON file of a model folder, read field by field. Every fault names the file and the field.
///
/// A view: it lives as long as nothing else is read through the same parser.
struct ModelDocument {
  let path: String
  /// Where in the document this value stands, for example `model.vocab`; empty for the whole.
  let place: String
  let value: JSONValue
  private static let mostElements = 1 << 20

  /// Reads `path`. Throws `InputError` for a missing, empty or malformed file, for one of more than
  /// `limit` bytes, and for one that holds something else than it must.
  init(
    path: String, expecting kind: JSONValue.Kind = .object, limit: Int = 64 << 20
  ) throws {
    let file = try InputFile(path: path, unpackedLimit: limit)
    guard file.contents.count <= limit else {
      throw InputError(
        .tooLarge, path: path, "\(file.contents.count) bytes, where at most \(limit) are read")
    }
    do {
      self.init(path: path, place: "", value: try JSONParser().parse(file.contents))
    } catch let error as InputError {
      throw error.located(path: path)
    }
    guard value.kind == kind else { throw wrongType(kind.described) }
  }

  private init(path: String, place: String, value: JSONValue) {
    self.path = path
    self.place = place
    self.value = value
  }

  /// The member of that name; nil where it is absent or null.
  subscript(name: String) -> ModelDocument? {
    guard let member = value.member(name), !member.isNull else { return nil }
    return ModelDocument(path: path, place: field(name), value: member)
  }

  /// Whether the member is there, be it null.
  func has(_ name: String) -> Bool { value.member(name) != nil }

  /// The object of that name; throws where it is absent or something else.
  func object(_ name: String) throws -> ModelDocument {
    guard let member = self[name] else { throw missing(name) }
    guard member.value.kind == .object else { throw member.wrongType("an object") }
    return member
  }

  /// The elements of the list of that name; none where it is absent.
  func list(_ name: String) throws -> [ModelDocument] {
    guard let member = self[name] else { return [] }
    return try member.elements()
  }

  /// The elements of this list, of which a hostile file may have more than memory holds.
  func elements() throws -> [ModelDocument] {
    guard value.kind == .array else { throw wrongType("a list") }
    let count = value.childCount
    guard count <= Self.mostElements else {
      throw InputError(
        .tooLarge, path: path, field: place.isEmpty ? nil : place,
        "\(count) elements, where at most \(Self.mostElements) are read")
    }
    return value.elements.enumerated().map { index, element in
      ModelDocument(path: path, place: "\(place)[\(index)]", value: element)
    }
  }

  /// The string of that name; nil where it is absent or null.
  func string(_ name: String) throws -> String? {
    guard let member = self[name] else { return nil }
    guard let text = member.value.string else { throw member.wrongType("a string") }
    return text
  }

  /// The boolean of that name; nil where it is absent or null.
  func boolean(_ name: String) throws -> Bool? {
    guard let member = self[name] else { return nil }
    guard let truth = member.value.boolean else { throw member.wrongType("a boolean") }
    return truth
  }

  /// The number of that name; nil where it is absent or null.
  func number(_ name: String) throws -> Double? {
    guard let member = self[name] else { return nil }
    guard let number = member.value.number else { throw member.wrongType("a number") }
    return number
  }

  /// The integer of that name; nil where it is absent or null. Throws outside `range`.
  func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
    guard let member = self[name] else { return nil }
    return try member.integer(in: range)
  }

  /// This integer. Throws outside `range`.
  func integer(in range: ClosedRange<Int>) throws -> Int {
    guard let integer = value.integer else { throw wrongType("an integer") }
    guard range.contains(integer) else {
      throw InputError(
        .wrongType, path: path, field: place,
        "expected \(range.lowerBound) to \(range.upperBound), found \(integer)")
    }
    return integer
  }

  /// The error that says that a member must be there.
  func missing(_ name: String) -> InputError {
    InputError(
      .missingField, path: path, field: field(name), "is missing",
      hint: "use a model folder as sentence-transformers writes it")
  }

  /// The error that says that this value is of another kind than it must be.
  func wrongType(_ expected: String) -> InputError {
    InputError(
      .wrongType, path: path, field: place.isEmpty ? nil : place,
      "expected \(expected), found \(value.kind.described)")
  }

  /// The error that says that this value names something that is not read here.
  func unsupported(_ message: String) -> InputError {
    InputError(
      .unsupported, path: path, field: place.isEmpty ? nil : place, message,
      hint: "BERT, MPNet, RoBERTa and XLM-RoBERTa folders are read")
  }

  private func field(_ name: String) -> String { place.isEmpty ? name : "\(place).\(name)" }
}
