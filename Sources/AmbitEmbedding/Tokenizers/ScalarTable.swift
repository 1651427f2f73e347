/// A byte for every code point: blocks of 128 that are alike are kept once.
struct ScalarTable: Sendable {
  private static let blockSize = 128
  private let blockOf: [UInt16]
  private let values: [UInt8]

  /// - Parameter all: one byte for each of the 0x110000 code points.
  init(_ all: [UInt8]) {
    precondition(all.count == 0x110000, "one byte a code point")
    var blockOf: [UInt16] = []
    var values: [UInt8] = []
    var known: [ArraySlice<UInt8>: UInt16] = [:]
    for start in stride(from: 0, to: all.count, by: Self.blockSize) {
      let block = all[start..<start + Self.blockSize]
      if let index = known[block] {
        blockOf.append(index)
      } else {
        let index = UInt16(values.count / Self.blockSize)
        known[block] = index
        blockOf.append(index)
        values += block
      }
    }
    self.blockOf = blockOf
    self.values = values
  }

  /// The byte of a code point below 0x110000.
  @inline(__always)
  subscript(code: UInt32) -> UInt8 {
    let block = Int(blockOf[Int(code >> 7)])
    return values[block * Self.blockSize + Int(code & 127)]
  }
}
