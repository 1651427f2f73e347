/// Zstandard frames written by hand: what is stored and what repeats one byte (RFC 8878, section 3.1.1).
public enum ZstdFrames {
  private static let head: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x58]

  /// A frame with the bytes as they are, in blocks of at most 100,000.
  public static func stored(_ bytes: [UInt8]) -> [UInt8] {
    let size = 100_000
    let starts = bytes.isEmpty ? [0] : Array(stride(from: 0, to: bytes.count, by: size))
    return starts.reduce(head) { frame, start in
      let block = bytes[start..<min(start + size, bytes.count)]
      return frame + blockHead(0, block.count, isLast: start == starts.last) + block
    }
  }

  /// A frame of a few bytes that unpacks to `count` zeros.
  public static func zeros(_ count: Int) -> [UInt8] {
    let size = 1 << 17
    return stride(from: 0, to: count, by: size).reduce(head) { frame, start in
      frame + blockHead(1, min(size, count - start), isLast: start + size >= count) + [0]
    }
  }

  private static func blockHead(_ type: Int, _ size: Int, isLast: Bool) -> [UInt8] {
    let head = size << 3 | type << 1 | (isLast ? 1 : 0)
    return [0, 8, 16].map { UInt8(truncatingIfNeeded: head >> $0) }
  }
}
