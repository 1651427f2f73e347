/// Reads structures in Thrift's compact protocol, in which Parquet keeps its metadata.
///
/// Nesting is bounded, and no list can be announced that is longer than the bytes that are left.
/// Format: `doc/specs/thrift-compact-protocol.md` of Apache Thrift.
struct ThriftReader {
  /// The types of the protocol.
  enum Kind: UInt8 {
    case yes = 1, no, byte, int16, int32, int64, double, binary, list, set, map, structure, uuid
  }

  /// A field of a structure, whose value comes next.
  struct Field {
    var identifier: Int
    var kind: Kind
  }

  private(set) var cursor: ByteCursor
  private var depth = 0

  init(_ cursor: ByteCursor) { self.cursor = cursor }

  private static let depthLimit = 40

  /// Reads a structure; `body` reads the value of each field, or skips it.
  mutating func structure(_ body: (inout ThriftReader, Field) throws -> Void) throws {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else {
      throw InputError(.tooLarge, "the metadata is nested deeper than \(Self.depthLimit) levels")
    }
    var identifier: Int64 = 0
    while true {
      let head = try cursor.byte()
      if head == 0 { return }
      let step = Int64(head >> 4)
      identifier = step == 0 ? try cursor.zigzag() : identifier + step
      guard (0...Int64(Int16.max)).contains(identifier) else { throw Self.fault }
      try body(&self, Field(identifier: Int(identifier), kind: try Self.kind(head & 0x0F)))
    }
  }

  /// Reads a list of structures or, as `element` takes them, of integers of any size.
  mutating func list(
    _ field: Field, ofStructures: Bool = false, _ element: (inout ThriftReader) throws -> Void
  ) throws {
    guard field.kind == .list else { throw Self.fault }
    let (kind, count) = try listHead()
    let isExpected = ofStructures ? kind == .structure : [.int16, .int32, .int64].contains(kind)
    guard isExpected || count == 0 else { throw Self.fault }
    for _ in 0..<count { try element(&self) }
  }

  mutating func integer(_ field: Field) throws -> Int {
    switch field.kind {
    case .byte: return Int(Int8(bitPattern: try cursor.byte()))
    case .int16, .int32, .int64: return Int(try cursor.zigzag())
    default: throw Self.fault
    }
  }

  /// An element of a list of integers.
  mutating func integer() throws -> Int { Int(try cursor.zigzag()) }

  mutating func boolean(_ field: Field) throws -> Bool {
    guard field.kind == .yes || field.kind == .no else { throw Self.fault }
    return field.kind == .yes
  }

  mutating func text(_ field: Field) throws -> String {
    guard field.kind == .binary else { throw Self.fault }
    return String(decoding: try cursor.take(cursor.count(upTo: cursor.remaining)), as: UTF8.self)
  }

  /// Steps over the value of a field.
  mutating func skip(_ field: Field) throws { try skip(field.kind, inList: false) }

  private mutating func skip(_ kind: Kind, inList: Bool) throws {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw Self.fault }
    switch kind {
    case .yes, .no: if inList { _ = try cursor.byte() }
    case .byte: _ = try cursor.byte()
    case .int16, .int32, .int64: _ = try cursor.varint()
    case .double: _ = try cursor.take(8)
    case .uuid: _ = try cursor.take(16)
    case .binary: _ = try cursor.take(cursor.count(upTo: cursor.remaining))
    case .list, .set:
      let (kind, count) = try listHead()
      for _ in 0..<count { try skip(kind, inList: true) }
    case .map:
      let count = try cursor.count(upTo: cursor.remaining)
      guard count > 0 else { return }
      let kinds = try cursor.byte()
      let (key, value) = (try Self.kind(kinds >> 4), try Self.kind(kinds & 0x0F))
      for _ in 0..<count {
        try skip(key, inList: true)
        try skip(value, inList: true)
      }
    case .structure: try structure { try $0.skip($1) }
    }
  }

  private mutating func listHead() throws -> (kind: Kind, count: Int) {
    let head = try cursor.byte()
    let short = Int(head >> 4)
    // Every element takes at least one byte, so a longer list cannot be there.
    let count = short < 15 ? short : try cursor.count(upTo: cursor.remaining)
    // Some writers give an empty list no kind.
    return (count == 0 ? .byte : try Self.kind(head & 0x0F), count)
  }

  private static func kind(_ code: UInt8) throws -> Kind {
    guard let kind = Kind(rawValue: code) else { throw fault }
    return kind
  }

  private static var fault: InputError { InputError(.malformed, "the metadata is damaged") }
}
