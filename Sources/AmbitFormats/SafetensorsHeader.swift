/// The header of a safetensors file, checked against the bytes that follow it.
struct SafetensorsHeader {
  typealias Entry = SafetensorsFile.Entry

  /// The longest header that the format allows.
  private static let longestHeader = 100_000_000
  private static let hint = "copy or download the model again"

  let entries: [Entry]
  let metadata: [(name: String, value: String)]

  init(_ bytes: UnsafeRawBufferPointer, path: String) throws {
    guard bytes.count >= 8 else {
      throw InputError(
        .malformed, path: path, field: "header",
        "\(bytes.count) bytes are too few for a safetensors file", hint: Self.hint)
    }
    let claimed = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    guard claimed <= UInt64(Self.longestHeader), claimed <= UInt64(bytes.count - 8) else {
      let isLong = claimed > UInt64(Self.longestHeader)
      throw InputError(
        isLong ? .tooLarge : .malformed, path: path, field: "header",
        "a header of \(claimed) bytes is claimed, in a file of \(bytes.count)", hint: Self.hint)
    }
    let start = 8 + Int(claimed)
    let json = InputBytes(bytes[8..<start])
    let root: JSONValue
    do {
      root = try JSONParser().parse(json)
    } catch let error as InputError {
      throw InputError(
        error.code, path: path, field: "header", error.message, hint: Self.hint)
    }
    guard root.kind == .object else {
      throw InputError(
        .wrongType, path: path, field: "header",
        "expected an object, found \(root.kind.described)", hint: Self.hint)
    }
    var entries: [Entry] = []
    var metadata: [(name: String, value: String)] = []
    try root.forEachMember { key, value in
      let name = String(decoding: key, as: UTF8.self)
      if name == "__metadata__" {
        value.forEachMember { key, value in
          metadata.append((String(decoding: key, as: UTF8.self), value.string ?? ""))
        }
      } else {
        entries.append(
          try Self.entry(name, value, data: start..<bytes.count) { field, message in
            InputError(
              .malformed, path: path, field: field.isEmpty ? name : "\(name).\(field)", message,
              hint: Self.hint)
          })
      }
    }
    self.entries = try Self.ordered(entries, data: start..<bytes.count, path: path)
    self.metadata = metadata.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  private static func entry(
    _ name: String, _ value: JSONValue, data: Range<Int>,
    fault: (_ field: String, _ message: String) -> InputError
  ) throws -> Entry {
    guard let typeName = value.member("dtype")?.string else {
      throw fault("dtype", "expected the name of an element type")
    }
    guard let type = SafetensorsFile.ElementType(rawValue: typeName) else {
      let known = SafetensorsFile.ElementType.allCases.map(\.rawValue).joined(separator: ", ")
      throw fault("dtype", "`\(typeName)` is not an element type that is read (\(known))")
    }
    guard let shape = integers(value.member("shape")) else {
      throw fault("shape", "expected a list of integers that are not negative")
    }
    guard let offsets = integers(value.member("data_offsets")), offsets.count == 2 else {
      throw fault("data_offsets", "expected two integers that are not negative")
    }
    guard offsets[0] <= offsets[1], offsets[1] <= data.count else {
      throw fault(
        "data_offsets",
        "bytes \(offsets[0]) to \(offsets[1]) lie outside the \(data.count) there are")
    }
    var size = type.width
    for extent in shape {
      let (product, isTooLarge) = size.multipliedReportingOverflow(by: extent)
      guard !isTooLarge else { throw fault("shape", "\(shape) holds more than any file can") }
      size = product
    }
    guard size == offsets[1] - offsets[0] else {
      throw fault(
        "",
        "\(typeName) of shape \(shape) takes \(size) bytes, but \(offsets[1] - offsets[0]) are given"
      )
    }
    let range = data.lowerBound + offsets[0]..<data.lowerBound + offsets[1]
    return Entry(name: name, type: type, shape: shape, range: range)
  }

  private static func integers(_ value: JSONValue?) -> [Int]? {
    guard let value, value.kind == .array else { return nil }
    var integers: [Int] = []
    for element in value.elements {
      guard let integer = element.integer, integer >= 0 else { return nil }
      integers.append(integer)
    }
    return integers
  }

  /// The entries by place. Every byte must belong to one tensor, and names must differ.
  private static func ordered(
    _ entries: [Entry], data: Range<Int>, path: String
  ) throws -> [Entry] {
    let byName = entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    for (entry, next) in zip(byName, byName.dropFirst())
    where entry.name.utf8.elementsEqual(next.name.utf8) {
      throw InputError(
        .malformed, path: path, field: entry.name, "two tensors of this name", hint: hint)
    }
    let byPlace = byName.sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    var end = data.lowerBound
    for (index, entry) in byPlace.enumerated() {
      guard entry.range.lowerBound == end else {
        let overlaps = entry.range.lowerBound < end
        throw InputError(
          .malformed, path: path, field: "\(entry.name).data_offsets",
          overlaps
            ? "overlaps `\(byPlace[index - 1].name)`" : "leaves a hole of bytes before it",
          hint: hint)
      }
      end = entry.range.upperBound
    }
    guard end == data.upperBound else {
      throw InputError(
        .malformed, path: path, field: "header",
        "\(data.upperBound - end) bytes at the end belong to no tensor", hint: hint)
    }
    return byPlace
  }
}
