/// Parquet's DELTA_BINARY_PACKED: a first value, then differences in blocks, each bit-packed above the
/// least of its block.
package enum DeltaDecoder {
  /// Reads exactly `count` numbers and leaves `cursor` behind them; they wrap around at 64 bits.
  ///
  /// Throws `InputError.malformed`.
  package static func decode(_ cursor: inout ByteCursor, count: Int) throws -> [Int64] {
    let blockSize = try cursor.count(upTo: 1 << 20)
    let miniblocks = try cursor.count(upTo: 1 << 12)
    let total = try cursor.count(upTo: .max)
    var value = try cursor.zigzag()
    guard blockSize > 0, blockSize % 128 == 0, miniblocks > 0, blockSize % miniblocks == 0,
      blockSize / miniblocks % 32 == 0
    else { throw InputError(.malformed, "the blocks of differences have an impossible size") }
    guard total == count else {
      throw InputError(.malformed, "expected \(count) differences, found \(total)")
    }
    var values: [Int64] = []
    guard count > 0 else { return values }
    values.reserveCapacity(min(count, 8 * cursor.remaining + 1))
    values.append(value)
    let size = blockSize / miniblocks
    var block = [UInt64](repeating: 0, count: size)
    while values.count < count {
      let least = try cursor.zigzag()
      let widths = try cursor.take(miniblocks)
      for width in widths where values.count < count {
        guard width <= 64 else {
          throw InputError(.malformed, "differences of \(width) bits")
        }
        let bytes = try cursor.take(BitPacking.byteCount(size, width: Int(width)))
        block.withUnsafeMutableBufferPointer {
          BitPacking.unpack(bytes, width: Int(width), into: $0)
        }
        for difference in block.prefix(count - values.count) {
          value = value &+ least &+ Int64(bitPattern: difference)
          values.append(value)
        }
      }
    }
    return values
  }

  /// As above, for numbers that are lengths: none negative, none above `limit`.
  static func lengths(_ cursor: inout ByteCursor, count: Int, limit: Int) throws -> [Int] {
    try decode(&cursor, count: count).map {
      let length = Int(Int32(truncatingIfNeeded: $0))
      guard length >= 0, length <= limit else { throw ByteCursor.cutOff }
      return length
    }
  }
}
