/// The tokens of a vocabulary as a trie over their UTF-8 bytes, for longest-match search.
///
/// All edges lie in one open-addressing table keyed by (node, byte): about 16 bytes an edge, no object
/// per token. A step is one multiplication and, mostly, one memory access.
package struct VocabularyTrie: Sendable {
  /// The node of the empty prefix.
  package static let root: UInt32 = 0

  /// `node << 8 | byte`, plus 1 so that 0 is a free slot, in the low half; the child in the high half.
  private var slots: [UInt64]
  private var shift: UInt64
  private var edgeCount = 0
  /// The token that ends at each node, or −1.
  private var idOfNode: [Int32] = [-1]

  /// An empty trie with room for tokens of about `expectedBytes` bytes together.
  package init(expectedBytes: Int = 0) {
    var bits: UInt64 = 8
    while (1 << bits) < 2 * expectedBytes { bits += 1 }
    slots = [UInt64](repeating: 0, count: 1 << bits)
    shift = 64 - bits
  }

  /// Adds a token. Of two equal ones the later id counts.
  package mutating func insert(_ token: some Sequence<UInt8>, id: Int32) {
    var node = Self.root
    for byte in token {
      if let next = child(of: node, byte) {
        node = next
        continue
      }
      if 2 * (edgeCount + 1) > slots.count { grow() }
      let next = UInt32(idOfNode.count)
      precondition(next < 1 << 23, "a vocabulary of more than 8 million bytes")
      idOfNode.append(-1)
      place(UInt64(next) << 32 | UInt64(Self.key(node, byte)))
      edgeCount += 1
      node = next
    }
    idOfNode[Int(node)] = id
  }

  /// The token that ends at `node`, or −1.
  @inline(__always)
  package func id(at node: UInt32) -> Int32 { idOfNode[Int(node)] }

  /// The node one byte further, if any token goes that way.
  @inline(__always)
  package func child(of node: UInt32, _ byte: UInt8) -> UInt32? {
    let key = Self.key(node, byte)
    var index = Self.slot(of: key, shift)
    while true {
      let entry = slots[index]
      if UInt32(truncatingIfNeeded: entry) == key { return UInt32(entry >> 32) }
      if entry == 0 { return nil }
      index = (index + 1) & (slots.count - 1)
    }
  }

  /// The node at the end of `prefix`, if any token begins so.
  package func node(after prefix: some Sequence<UInt8>) -> UInt32? {
    var node = Self.root
    for byte in prefix {
      guard let next = child(of: node, byte) else { return nil }
      node = next
    }
    return node
  }

  /// The id of exactly `token`, if it is in the vocabulary.
  package func id(of token: some Sequence<UInt8>) -> Int32? {
    guard let node = node(after: token), id(at: node) >= 0 else { return nil }
    return id(at: node)
  }

  /// The longest token that begins at `start` of `text`, from `node` on: its id and where it ends.
  @inline(__always)
  package func longestMatch(
    in text: UnsafeBufferPointer<UInt8>, from start: Int, at node: UInt32
  ) -> (id: Int32, end: Int)? {
    var node = node
    var best: Int32 = -1
    var end = start
    var index = start
    while index < text.count, let next = child(of: node, text[index]) {
      node = next
      index += 1
      let id = idOfNode[Int(node)]
      if id >= 0 { (best, end) = (id, index) }
    }
    return best >= 0 ? (best, end) : nil
  }

  @inline(__always)
  private static func key(_ node: UInt32, _ byte: UInt8) -> UInt32 {
    (node << 8 | UInt32(byte)) &+ 1
  }

  @inline(__always)
  private static func slot(of key: UInt32, _ shift: UInt64) -> Int {
    Int((UInt64(key) &* 0x9E37_79B9_7F4A_7C15) >> shift)
  }

  private mutating func place(_ entry: UInt64) {
    var index = Self.slot(of: UInt32(truncatingIfNeeded: entry), shift)
    while slots[index] != 0 { index = (index + 1) & (slots.count - 1) }
    slots[index] = entry
  }

  private mutating func grow() {
    let old = slots
    slots = [UInt64](repeating: 0, count: 2 * old.count)
    shift -= 1
    for entry in old where entry != 0 { place(entry) }
  }
}
