/// Where the values of a large document lie, so that each can be parsed alone and named by its line.
///
/// It only follows brackets and quotes; whether each part is JSON is for the parser to say.
package enum JSONSplitter {
  /// The ranges of the elements of the array that begins at `start`, and the place behind its `]`.
  ///
  /// Linear in the length. Throws `InputError.malformed` where a bracket or a comma is missing.
  package static func elements(
    of input: InputBytes, from start: Int
  ) throws -> (ranges: [Range<Int>], end: Int) {
    try split(input, from: start, close: UInt8(ascii: "]"))
  }

  /// The ranges of the members (`"name": value`) of the object that begins at `start`.
  package static func members(
    of input: InputBytes, from start: Int
  ) throws -> (ranges: [Range<Int>], end: Int) {
    try split(input, from: start, close: UInt8(ascii: "}"))
  }

  private static func split(
    _ input: InputBytes, from start: Int, close: UInt8
  ) throws -> (ranges: [Range<Int>], end: Int) {
    enum Outcome {
      case done(end: Int)
      case fault(Int, String)
    }
    var ranges: [Range<Int>] = []
    let outcome: Outcome = input.withBytes { bytes in
      var index = start + 1
      var depth = 0
      var first = firstNonSpace(bytes, index)
      var last = first
      index = first
      while index < bytes.count {
        let byte = bytes[index]
        switch byte {
        case UInt8(ascii: "\""):
          guard let after = afterString(bytes, index) else {
            return .fault(index, "a string has no closing quote")
          }
          index = after
          last = after
          continue
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
          if depth == 0 {
            guard byte == close else { return .fault(index, "a bracket that nothing opened") }
            if last > first {
              ranges.append(first..<last)
            } else if !ranges.isEmpty {
              return .fault(index, "expected a value after `,`")
            }
            return .done(end: index + 1)
          }
          depth -= 1
        case UInt8(ascii: ",") where depth == 0:
          guard last > first else { return .fault(index, "expected a value before `,`") }
          ranges.append(first..<last)
          first = firstNonSpace(bytes, index + 1)
          last = first
          index = first
          continue
        case 0x20, 0x09, 0x0A, 0x0D:
          index += 1
          continue
        default: break
        }
        index += 1
        last = index
      }
      return .fault(
        bytes.count, "the document ends inside the list or object that begins at byte \(start)")
    }
    switch outcome {
    case .done(let end): return (ranges, end)
    case .fault(let offset, let message):
      let place = input.position(of: offset)
      throw InputError(
        .malformed, line: place.line, column: place.column, "not valid JSON: \(message)",
        hint: "the file may have been cut off; write it again")
    }
  }

  /// The place of the first byte at or after `index` that is not white space.
  package static func firstNonSpace(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
    var index = index
    while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
    return index
  }

  private static func afterString(_ bytes: UnsafeBufferPointer<UInt8>, _ open: Int) -> Int? {
    var index = open + 1
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") { return index + 1 }
      index += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }
}
