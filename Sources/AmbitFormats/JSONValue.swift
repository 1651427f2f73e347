/// One value of the document that a `JSONParser` parsed last; a view, nothing is copied.
///
/// Reads simdjson's tape (format: `doc/tape.md` of simdjson). Looking up a member is linear in the
/// number of members. Must not be used after the parser went on to another document: that traps.
public struct JSONValue {
  private let parser: JSONParser
  private let generation: Int
  private let tape: UnsafePointer<UInt64>
  private let strings: UnsafePointer<UInt8>
  private let index: Int

  /// What a value can be.
  public enum Kind: String, Sendable {
    /// JSON's six kinds, with numbers split into those that fit 64-bit integers and the others.
    case null, boolean, integer, number, string, array, object

    /// The kind with its article, as error messages name it; arrays are called lists.
    public var described: String {
      switch self {
      case .null: "null"
      case .boolean: "a boolean"
      case .integer, .number: "a number"
      case .string: "a string"
      case .array: "a list"
      case .object: "an object"
      }
    }
  }

  init(
    parser: JSONParser, generation: Int, tape: UnsafePointer<UInt64>,
    strings: UnsafePointer<UInt8>, index: Int
  ) {
    self.parser = parser
    self.generation = generation
    self.tape = tape
    self.strings = strings
    self.index = index
  }

  private func at(_ index: Int) -> JSONValue {
    JSONValue(
      parser: parser, generation: generation, tape: tape, strings: strings, index: index)
  }

  private var word: UInt64 {
    precondition(generation == parser.generation, "a JSON value outlived its document")
    return tape[index]
  }

  private static let payload: UInt64 = 0x00FF_FFFF_FFFF_FFFF

  /// The kind of this value.
  public var kind: Kind {
    switch UInt8(truncatingIfNeeded: word >> 56) {
    case UInt8(ascii: "{"): .object
    case UInt8(ascii: "["): .array
    case UInt8(ascii: "\""): .string
    case UInt8(ascii: "l"), UInt8(ascii: "u"): .integer
    case UInt8(ascii: "d"): .number
    case UInt8(ascii: "t"), UInt8(ascii: "f"): .boolean
    default: .null
    }
  }

  /// The text, where this is a string.
  public var string: String? {
    guard kind == .string else { return nil }
    return String(decoding: text(at: index), as: UTF8.self)
  }

  /// Calls `body` with the UTF-8 of a string; nil where this is none.
  package func withUTF8<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result? {
    kind == .string ? body(text(at: index)) : nil
  }

  /// The number, where this is an integer that fits.
  public var integer: Int? {
    guard kind == .integer else { return nil }
    return UInt8(truncatingIfNeeded: word >> 56) == UInt8(ascii: "l")
      ? Int(truncatingIfNeeded: tape[index + 1]) : Int(exactly: tape[index + 1])
  }

  /// The number, integer or not.
  public var number: Double? {
    switch kind {
    case .number: Double(bitPattern: tape[index + 1])
    case .integer: integer.map(Double.init) ?? Double(tape[index + 1])
    default: nil
    }
  }

  /// The truth value, where this is one.
  public var boolean: Bool? {
    kind == .boolean ? UInt8(truncatingIfNeeded: word >> 56) == UInt8(ascii: "t") : nil
  }

  /// Whether this is null.
  public var isNull: Bool { kind == .null }

  /// The elements of an array in order; empty for any other kind.
  public var elements: some Sequence<JSONValue> {
    let last = end
    var next = kind == .array ? index + 1 : last
    return AnyIterator {
      guard next < last else { return nil }
      let value = at(next)
      next = value.after
      return value
    }
  }

  /// How many elements an array or members an object has, by walking it; 0 for any other kind.
  public var childCount: Int {
    var count = 0
    forEachChild { _ in count += 1 }
    return count
  }

  /// The value of the last member of that name, as Python reads it; nil where there is none.
  public func member(_ name: StaticString) -> JSONValue? {
    member(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
  }

  /// The value of the last member of that name; nil where there is none.
  public func member(_ name: String) -> JSONValue? {
    var name = name
    return name.withUTF8 { member($0) }
  }

  private func member(_ name: UnsafeBufferPointer<UInt8>) -> JSONValue? {
    var found: JSONValue?
    forEachMember { key, value in
      if key.count == name.count, key.elementsEqual(name) { found = value }
    }
    return found
  }

  /// Calls `body` with the UTF-8 of each key, and its value, in the order of the document.
  package func forEachMember(
    _ body: (_ key: UnsafeBufferPointer<UInt8>, _ value: JSONValue) throws -> Void
  ) rethrows {
    guard kind == .object else { return }
    let end = self.end
    var next = index + 1
    while next < end {
      let value = at(next + 1)
      try body(text(at: next), value)
      next = value.after
    }
  }

  private func forEachChild(_ body: (JSONValue) -> Void) {
    if kind == .object { return forEachMember { _, value in body(value) } }
    for element in elements { body(element) }
  }

  /// The place of the closing bracket of a container.
  private var end: Int {
    switch kind {
    case .array, .object: Int(UInt32(truncatingIfNeeded: word)) - 1
    default: index
    }
  }

  /// The place behind this value.
  private var after: Int {
    switch kind {
    case .array, .object: Int(UInt32(truncatingIfNeeded: word))
    case .integer, .number: index + 2
    default: index + 1
    }
  }

  private func text(at index: Int) -> UnsafeBufferPointer<UInt8> {
    precondition(generation == parser.generation, "a JSON value outlived its document")
    let start = strings + Int(tape[index] & Self.payload)
    let count = UnsafeRawPointer(start).loadUnaligned(as: UInt32.self)
    return UnsafeBufferPointer(start: start + 4, count: Int(count))
  }
}

extension JSONValue {
  /// The value and all below it as a tree of its own, which outlives the document.
  public var tree: JSON {
    switch kind {
    case .null: return .null
    case .boolean: return .boolean(boolean!)
    case .integer: return integer.map(JSON.integer) ?? .number(number!)
    case .number: return .number(number!)
    case .string: return .string(string!)
    case .array: return .array(elements.map(\.tree))
    case .object:
      var object = JSONObject()
      forEachMember { key, value in object[String(decoding: key, as: UTF8.self)] = value.tree }
      return .object(object)
    }
  }
}
