/// Byte-level byte-pair encoding, as GPT-2 and RoBERTa have it (Sennrich et al. 2016; Radford et al. 2019).
///
/// Text is cut into words by GPT-2's pattern; each word begins as single bytes, and the pair of
/// neighbours that was merged first in training is merged first, the leftmost of equals. Nothing can
/// be unknown where all 256 bytes are in the vocabulary. O(n log n) for a word of n bytes.
package struct BytePairTokenizer: SubwordTokenizer {
  /// A pair of neighbours and what becomes of it.
  struct Merge: Sendable {
    var rank: Int32
    var result: Int32
  }

  package let unknownId: Int32?
  /// The id of each byte; −1 where the vocabulary lacks it.
  private let idOfByte: [Int32]
  /// By left and right id.
  private let merges: [UInt64: Merge]
  private let addsSpace: Bool
  private let memories = Spares { WordMemory() }

  /// The words that were merged before.
  private final class WordMemory {
    var known = KnownPieces()
  }

  /// - Parameter addsSpace: whether a text that does not begin with a space gets one.
  init(idOfByte: [Int32], merges: [UInt64: Merge], unknownId: Int32?, addsSpace: Bool) {
    precondition(idOfByte.count == 256, "one id a byte")
    self.idOfByte = idOfByte
    self.merges = merges
    self.unknownId = unknownId
    self.addsSpace = addsSpace
  }

  static func key(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }

  package func appendIds(
    of text: UnsafeBufferPointer<UInt8>, isFirst: Bool, limit: Int, to ids: inout [Int32]
  ) {
    let stop = limit > Int.max - ids.count ? Int.max : ids.count + limit
    let memory = memories.take()
    defer { memories.put(memory) }
    func cut(_ text: UnsafeBufferPointer<UInt8>) {
      var start = 0
      while start < text.count && ids.count < stop {
        let end = GPT2Words.end(of: text, from: start)
        append(UnsafeBufferPointer(rebasing: text[start..<end]), memory, to: &ids)
        start = end
      }
    }
    if addsSpace && !text.isEmpty && text[0] != UInt8(ascii: " ") {
      ([UInt8(ascii: " ")] + text).withUnsafeBufferPointer(cut)
    } else {
      cut(text)
    }
  }

  @inline(__always)
  private func append(
    _ word: UnsafeBufferPointer<UInt8>, _ memory: WordMemory, to ids: inout [Int32]
  ) {
    guard let key = KnownPieces.Key(word, isMarked: false) else { return merge(word, into: &ids) }
    if memory.known.appendIds(of: key, to: &ids) { return }
    let before = ids.count
    merge(word, into: &ids)
    memory.known.insert(ids[before...], for: key)
  }

  /// Merges one word: symbols in a linked list, possible merges in a heap.
  private func merge(_ word: UnsafeBufferPointer<UInt8>, into ids: inout [Int32]) {
    var symbols: [Int32] = []
    for byte in word {
      let id = idOfByte[Int(byte)]
      if id >= 0 {
        symbols.append(id)
      } else if let unknownId {
        symbols.append(unknownId)
      }
    }
    var next = Array(1...max(1, symbols.count))
    var previous = Array(-1..<max(0, symbols.count - 1))
    var heap = MergeHeap()
    func offer(_ left: Int) {
      guard left >= 0, next[left] < symbols.count else { return }
      let key = Self.key(symbols[left], symbols[next[left]])
      if let merge = merges[key] {
        heap.insert(.init(rank: merge.rank, left: Int32(left), key: key, result: merge.result))
      }
    }
    for left in symbols.indices { offer(left) }
    while let candidate = heap.popFirst() {
      let left = Int(candidate.left)
      // A candidate is stale where one of its two has been merged away since.
      guard symbols[left] >= 0, next[left] < symbols.count,
        Self.key(symbols[left], symbols[next[left]]) == candidate.key
      else { continue }
      let right = next[left]
      symbols[left] = candidate.result
      symbols[right] = -1
      next[left] = next[right]
      if next[right] < symbols.count { previous[next[right]] = left }
      offer(left)
      offer(previous[left])
    }
    for symbol in symbols where symbol >= 0 { ids.append(symbol) }
  }
}

/// Possible merges, the earliest of training first and the leftmost of equals.
private struct MergeHeap {
  struct Candidate {
    var rank: Int32
    var left: Int32
    var key: UInt64
    var result: Int32

    func comes(before other: Candidate) -> Bool { (rank, left) < (other.rank, other.left) }
  }

  private var items: [Candidate] = []

  mutating func insert(_ candidate: Candidate) {
    items.append(candidate)
    var index = items.count - 1
    while index > 0, items[index].comes(before: items[(index - 1) / 2]) {
      items.swapAt(index, (index - 1) / 2)
      index = (index - 1) / 2
    }
  }

  mutating func popFirst() -> Candidate? {
    guard let first = items.first else { return nil }
    let last = items.removeLast()
    guard !items.isEmpty else { return first }
    items[0] = last
    var index = 0
    while true {
      var least = index
      for child in [2 * index + 1, 2 * index + 2]
      where child < items.count && items[child].comes(before: items[least]) {
        least = child
      }
      if least == index { return first }
      items.swapAt(index, least)
      index = least
    }
  }
}
