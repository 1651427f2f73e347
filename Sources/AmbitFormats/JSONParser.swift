import CSimdjson

/// Parses JSON documents one after the other, each in place, by simdjson.
///
/// Accepts what programs write and the standard forbids: `NaN` and infinities (read as null), integers
/// beyond 64 bits (read as strings), lone surrogate escapes and invalid UTF-8 (read as U+FFFD), raw
/// control characters inside strings. These take a slower way; `repairs` counts them. Documents nested
/// deeper than 1,024 levels are refused. One parser serves one thread.
public final class JSONParser {
  private let parser: OpaquePointer
  private var repaired = InputBytes([UInt8]())
  /// Counts documents; a value remembers its own, so that one used too late is caught.
  private(set) var generation = 0
  /// What has been mended so far, over all documents.
  public private(set) var repairs = JSONRepairs()

  /// Creates a parser; its memory grows to the largest document.
  public init() {
    guard let parser = ambit_json_parser_create() else {
      preconditionFailure("no memory for a JSON parser")
    }
    self.parser = parser
  }

  deinit { ambit_json_parser_destroy(parser) }

  /// Parses the document in `range` of `input`. Linear in its length.
  ///
  /// The value lives until the next document is parsed; using it later is a programming error and
  /// traps. Throws `InputError` (`malformed`, `tooLarge`) with the line and column in `input`.
  public func parse(_ input: InputBytes, in range: Range<Int>) throws -> JSONValue {
    generation += 1
    let document = input.withBytes {
      ambit_json_parse(parser, $0.baseAddress! + range.lowerBound, range.count)
    }
    if document.error == 0 { return root(of: document) }

    do {
      let mended = try JSONRepair.repaired(input, in: range)
      repaired = InputBytes(owning: mended.bytes)
      repairs.add(mended.repairs)
    } catch {
      let place = input.position(of: error.offset)
      throw InputError(
        error.isTooDeep ? .tooLarge : .malformed, line: place.line, column: place.column,
        "not valid JSON: \(error.message)")
    }
    let retried = repaired.withBytes { ambit_json_parse(parser, $0.baseAddress!, $0.count) }
    guard retried.error == 0 else {
      throw InputError(
        .malformed, line: input.position(of: range.lowerBound).line, "not valid JSON")
    }
    return root(of: retried)
  }

  /// Parses a whole input as one document.
  public func parse(_ input: InputBytes) throws -> JSONValue {
    let start = input.startAfterByteOrderMark
    guard start < input.count else { throw InputError(.empty, "the document is empty") }
    return try parse(input, in: start..<input.count)
  }

  private func root(of document: ambit_json_document) -> JSONValue {
    JSONValue(
      parser: self, generation: generation, tape: document.tape, strings: document.strings, index: 1
    )
  }
}

extension InputBytes {
  /// 3 where the input starts with a UTF-8 byte order mark, else 0.
  package var startAfterByteOrderMark: Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }
}
