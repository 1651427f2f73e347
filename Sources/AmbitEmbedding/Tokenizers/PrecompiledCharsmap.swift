/// SentencePiece's table of text replacements: a double-array trie over UTF-8 and a pool of texts.
///
/// Applied as Hugging Face's `Precompiled` normalizer applies it, peculiarities included: a grapheme
/// cluster of fewer than six bytes is replaced whole by what stands for its shortest known prefix; the
/// code points of other clusters are replaced one by one. A faulty table can give wrong text, but never
/// text that is not UTF-8.
///
/// Source: https://github.com/huggingface/spm_precompiled
struct PrecompiledCharsmap: Sendable {
  private let units: [UInt32]
  private let pool: [UInt8]
  /// Whether an ASCII byte stands for itself, where no combining mark follows.
  private var keeps = [Bool](repeating: false, count: 256)

  /// Reads the table: the size of the trie in bytes, the trie, the pool. Nil where it is damaged.
  init?(_ bytes: [UInt8]) {
    func word(at index: Int) -> UInt32 {
      (0..<4).reduce(0) { $0 | UInt32(bytes[index + $1]) << UInt32(8 * $1) }
    }
    guard bytes.count >= 4 else { return nil }
    let size = Int(word(at: 0))
    guard size > 0, size % 4 == 0, size <= bytes.count - 4 else { return nil }
    units = stride(from: 4, to: 4 + size, by: 4).map(word)
    pool = Array(bytes[(4 + size)...])
    guard String(validating: pool, as: UTF8.self) != nil else { return nil }
    // A carriage return forms a cluster with a line feed.
    for byte in 0..<128 where byte != 0x0D {
      keeps[byte] = [UInt8(byte)].withUnsafeBufferPointer { replacement(of: $0) == nil }
    }
  }

  /// Whether every printable ASCII character stands for itself.
  var keepsPrintableASCII: Bool { keeps[0x20...0x7E].allSatisfy { $0 } }

  /// The text with everything replaced that the table knows.
  func apply(to text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count + text.count / 8 + 16)
    var index = 0
    while index < text.count {
      let end = endOfKept(text, from: index)
      result.append(contentsOf: UnsafeBufferPointer(rebasing: text[index..<end]))
      if end == text.count { break }
      // ASCII before ASCII is a cluster, but for a carriage return before a line feed.
      let isAlone =
        text[end] < 0x80 && text[end] != 0x0D && (end + 1 == text.count || text[end + 1] < 0x80)
      index = isAlone ? end + 1 : GraphemeClusters.shared.end(of: text, from: end)
      let cluster = UnsafeBufferPointer(rebasing: text[end..<index])
      if cluster.count < 6, let range = replacement(of: cluster) {
        result.append(contentsOf: pool[range])
      } else {
        replaceScalars(of: cluster, into: &result)
      }
    }
    return result
  }

  /// The end of the ASCII characters from `start` on that stand for themselves and for whole clusters.
  @inline(__always)
  private func endOfKept(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    keeps.withUnsafeBufferPointer { keeps in
      var end = start
      while end < text.count && keeps[Int(text[end])] { end += 1 }
      // The last one may be the base of a mark.
      return end > start && end < text.count && text[end] >= 0x80 ? end - 1 : end
    }
  }

  private func replaceScalars(
    of cluster: UnsafeBufferPointer<UInt8>, into result: inout [UInt8]
  ) {
    var index = 0
    while index < cluster.count {
      let next = index + UTF8Scalar.decode(cluster, at: index).length
      let scalar = UnsafeBufferPointer(rebasing: cluster[index..<next])
      if let range = replacement(of: scalar) {
        result.append(contentsOf: pool[range])
      } else {
        result.append(contentsOf: scalar)
      }
      index = next
    }
  }

  /// Where in the pool the text stands that replaces the shortest known prefix of `key`.
  private func replacement(of key: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
    var node = Self.offset(units[0])
    for byte in key {
      if byte == 0 { return nil }
      node ^= Int(byte)
      guard node < units.count else { return nil }
      let unit = units[node]
      if unit & (1 << 31 | 0xFF) != UInt32(byte) { return nil }
      node ^= Self.offset(unit)
      guard unit >> 8 & 1 == 1 else { continue }
      guard node < units.count else { return nil }
      let start = Int(units[node] & 0x7FFF_FFFF)
      guard start < pool.count, pool[start] & 0xC0 != 0x80 else { return nil }
      return start..<(pool[start...].firstIndex(of: 0) ?? pool.count)
    }
    return nil
  }

  @inline(__always)
  private static func offset(_ unit: UInt32) -> Int {
    Int(unit >> 10) << Int((unit & 1 << 9) >> 6)
  }
}
