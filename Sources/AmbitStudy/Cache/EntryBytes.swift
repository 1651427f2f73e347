/// Numbers and words to the bytes of an entry.
struct EntryWriter {
  private(set) var bytes: [UInt8] = []
  private var words: [String: Int] = [:]

  /// A whole number from `Int32.min` up to `Int32.max`.
  mutating func add(_ number: Int) { bytes.append(little: Int32(number)) }

  /// A number, bit for bit, or that there is none.
  mutating func add(_ value: Double?) {
    bytes.append(value == nil ? 0 : 1)
    if let value { bytes.append(little: value.bitPattern) }
  }

  mutating func add(_ numbers: [Int]) {
    add(numbers.count)
    for number in numbers { add(number) }
  }

  /// A word: in full the first time, by its number afterwards.
  mutating func add(_ word: String) {
    if let known = words[word] { return add(known) }
    add(words.count)
    words[word] = words.count
    add(word.utf8.count)
    bytes += word.utf8
  }
}

/// Bytes that are not what an entry is made of.
struct NotAnEntry: Error {}

/// The bytes of an entry to numbers and words.
struct EntryReader {
  private let bytes: [UInt8]
  private var place = 0
  private var words: [String] = []

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { place == bytes.count }

  private mutating func take<Number: FixedWidthInteger>(
    _ type: Number.Type
  ) throws -> Number {
    let size = MemoryLayout<Number>.size
    guard bytes.count - place >= size else { throw NotAnEntry() }
    defer { place += size }
    return bytes.withUnsafeBytes {
      Number(littleEndian: $0.loadUnaligned(fromByteOffset: place, as: type))
    }
  }

  mutating func number() throws -> Int { Int(try take(Int32.self)) }

  mutating func value() throws -> Double? {
    switch try take(UInt8.self) {
    case 0: return nil
    case 1: return Double(bitPattern: try take(UInt64.self))
    default: throw NotAnEntry()
    }
  }

  mutating func numbers() throws -> [Int] {
    try list { try $0.number() }
  }

  mutating func text() throws -> String {
    let known = try number()
    if words.indices.contains(known) { return words[known] }
    let count = try number()
    guard known == words.count, count >= 0, bytes.count - place >= count else { throw NotAnEntry() }
    defer { place += count }
    let word = String(decoding: bytes[place..<place + count], as: UTF8.self)
    words.append(word)
    return word
  }

  mutating func list<Item>(
    _ item: (inout EntryReader) throws -> Item
  ) throws -> [Item] {
    let count = try number()
    // No item takes less than a byte.
    guard count >= 0, count <= bytes.count - place else { throw NotAnEntry() }
    var items: [Item] = []
    items.reserveCapacity(count)
    for _ in 0..<count { items.append(try item(&self)) }
    return items
  }
}
