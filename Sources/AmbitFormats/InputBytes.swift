import CSimdjson

/// The bytes of one input, with readable padding behind them so that they can be parsed in place.
///
/// `count` never counts the padding. Indices run from 0.
public struct InputBytes: Sendable {
  private let storage: [UInt8]
  /// How many bytes there are, without the padding.
  public let count: Int

  /// The zero bytes that follow the last one.
  package static let padding = ambit_json_padding()

  /// Copies `bytes` and pads them.
  public init(_ bytes: some Collection<UInt8>) {
    var storage: [UInt8] = []
    storage.reserveCapacity(bytes.count + Self.padding)
    storage.append(contentsOf: bytes)
    self.init(owning: storage)
  }

  /// Pads `bytes` in place.
  package init(owning bytes: consuming [UInt8]) {
    count = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: Self.padding))
    storage = bytes
  }

  /// The bytes without the padding.
  public var bytes: ArraySlice<UInt8> { storage[0..<count] }

  /// Calls `body` with the bytes; `InputBytes.padding` more are readable behind them.
  package func withBytes<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    try storage.withUnsafeBufferPointer { try body(.init(rebasing: $0[0..<count])) }
  }

  /// Whether the bytes are valid UTF-8.
  public var isValidUTF8: Bool {
    withBytes { $0.isEmpty || ambit_utf8_is_valid($0.baseAddress, $0.count) != 0 }
  }

  /// The line of the byte at `offset`, from 1, and its column in bytes, from 1.
  public func position(of offset: Int) -> (line: Int, column: Int) {
    var line = 1
    var start = 0
    for (index, byte) in bytes.prefix(offset).enumerated() where byte == UInt8(ascii: "\n") {
      line += 1
      start = index + 1
    }
    return (line, min(offset, count) - start + 1)
  }
}
