/// Parquet's hybrid of run lengths and bit-packed numbers: levels, dictionary indices, booleans.
package enum RunLengthDecoder {
  /// Fills `output` with numbers of `width` bits, at most 32. Throws `InputError.malformed`.
  package static func decode(
    _ source: UnsafeBufferPointer<UInt8>, width: Int,
    into output: UnsafeMutableBufferPointer<UInt32>
  ) throws {
    guard width <= 32 else {
      throw InputError(.malformed, "numbers of \(width) bits stand where at most 32 can be")
    }
    var cursor = ByteCursor(source)
    var filled = 0
    while filled < output.count {
      let head = try cursor.varint()
      let wanted = output.count - filled
      if head & 1 == 0 {
        let run = min(head >> 1, UInt64(wanted))
        guard run > 0 else { throw InputError(.malformed, "a run of no values") }
        let value = UInt32(truncatingIfNeeded: try cursor.littleEndian((width + 7) / 8))
        UnsafeMutableBufferPointer(rebasing: output[filled..<filled + Int(run)])
          .update(repeating: value)
        filled += Int(run)
      } else {
        let groups = min(head >> 1, UInt64((wanted + 7) / 8))
        guard groups > 0 else { throw InputError(.malformed, "a run of no values") }
        let count = min(8 * Int(groups), wanted)
        // Some writers leave out the padding of the last group.
        let packed = min(Int(groups) * width, cursor.remaining)
        let bytes = try cursor.take(packed)
        guard packed >= BitPacking.byteCount(count, width: width) else { throw ByteCursor.cutOff }
        BitPacking.unpack(
          bytes, width: width,
          into: UnsafeMutableBufferPointer(rebasing: output[filled..<filled + count]))
        filled += count
      }
    }
  }
}
