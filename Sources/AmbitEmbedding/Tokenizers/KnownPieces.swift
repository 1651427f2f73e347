/// The ids of short pieces of text that were cut before: natural text says few words often.
///
/// One place a key, where the latest stays; about 1.6 MB.
struct KnownPieces {
  /// A piece of at most 16 bytes.
  struct Key: Equatable {
    private var low: UInt64
    private var high: UInt64
    /// The number of bytes and whether a mark stands before them; 0xFF in a free place.
    private var form: UInt8

    fileprivate static let none = Key()

    private init() {
      low = 0
      high = 0
      form = 0xFF
    }

    /// Nil where the piece is too long. The two words overlap in pieces of fewer than 16 bytes, which
    /// the number of bytes makes good.
    @inline(__always)
    init?(_ text: UnsafeBufferPointer<UInt8>, isMarked: Bool) {
      let count = text.count
      guard count <= 16, let start = UnsafeRawPointer(text.baseAddress) else { return nil }
      switch count {
      case 8...:
        low = start.loadUnaligned(as: UInt64.self)
        high = start.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
      case 4...7:
        low = UInt64(start.loadUnaligned(as: UInt32.self))
        high = UInt64(start.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
      case 1...3:
        low = UInt64(text[0]) | UInt64(text[count / 2]) << 8 | UInt64(text[count - 1]) << 16
        high = 0
      default:
        low = 0
        high = 0
      }
      form = UInt8(2 * count + (isMarked ? 1 : 0))
    }

    /// Where in the table its entry lies.
    @inline(__always)
    fileprivate var place: Int {
      let mixed =
        (low ^ UInt64(form)) &* 0x9E37_79B9_7F4A_7C15 ^ (high &* 0xC2B2_AE3D_27D4_EB4F)
      let spread = (mixed ^ (mixed >> 29)) &* 0x9E37_79B9_7F4A_7C15
      return Int(spread >> UInt64(64 - KnownPieces.bits))
    }
  }

  private struct Entry {
    var key = Key.none
    var count: Int32 = 0
    var ids = SIMD4<Int32>(repeating: 0)
  }

  private static let bits = 15
  private var entries = [Entry](repeating: Entry(), count: 1 << bits)

  /// Appends the ids of `key`; false where they are not known.
  @inline(__always)
  func appendIds(of key: Key, to ids: inout [Int32]) -> Bool {
    let entry = entries[key.place]
    guard entry.key == key else { return false }
    for index in 0..<Int(entry.count) { ids.append(entry.ids[index]) }
    return true
  }

  /// Keeps the ids of `key`, if they are few.
  mutating func insert(_ ids: ArraySlice<Int32>, for key: Key) {
    guard ids.count <= 4 else { return }
    var entry = Entry(key: key, count: Int32(ids.count))
    for (index, id) in ids.enumerated() { entry.ids[index] = id }
    entries[key.place] = entry
  }
}
