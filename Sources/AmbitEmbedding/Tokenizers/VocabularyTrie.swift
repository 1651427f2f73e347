/// The tokens of a vocabulary as a trie over their UTF-8 bytes, for longest-match search.
///
/// All edges lie in one open-addressing table keyed by (node, byte), with all that is known of the node
/// that they lead to: a step is one multiplication and, mostly, one memory access, and most steps that
/// lead nowhere need none. About 32 bytes an edge, no object per token.
package struct VocabularyTrie: Sendable {
  /// The end of a prefix.
  package struct Node: Sendable {
    fileprivate var number: UInt32 = 0
    /// The token that ends here, or −1.
    package fileprivate(set) var id: Int32 = -1
    /// A bit for each byte that may follow, by its lowest five bits.
    fileprivate var following: UInt32 = 0

    @inline(__always)
    fileprivate static func bit(of byte: UInt8) -> UInt32 { 1 << UInt32(byte & 31) }
  }

  private struct Slot {
    /// `node << 8 | byte`, plus 1 so that 0 is a free slot.
    var key: UInt32 = 0
    var node = Node()
  }

  /// The node of the empty prefix.
  package private(set) var root = Node()
  private var slots: [Slot]
  private var shift: UInt64
  private var edgeCount = 0

  /// An empty trie with room for tokens of about `expectedBytes` bytes together, which share beginnings.
  package init(expectedBytes: Int = 0) {
    var bits: UInt64 = 8
    while (1 << bits) < expectedBytes { bits += 1 }
    slots = [Slot](repeating: Slot(), count: 1 << bits)
    shift = 64 - bits
  }

  /// Adds a token. Of two equal ones the later id counts.
  package mutating func insert(_ token: some Sequence<UInt8>, id: Int32) {
    // The edge to the node reached so far and its slot; nil for the root.
    var place: (key: UInt32, index: Int)?
    for byte in token {
      let node = place.map { slots[$0.index].node } ?? root
      let key = Self.key(node, byte)
      var index = self.index(of: key)
      if slots[index].key == 0 {
        if 2 * (edgeCount + 1) > slots.count {
          grow()
          place = place.map { ($0.key, self.index(of: $0.key)) }
          index = self.index(of: key)
        }
        precondition(edgeCount + 1 < 1 << 23, "a vocabulary of more than 8 million bytes")
        edgeCount += 1
        slots[index] = Slot(key: key, node: Node(number: UInt32(edgeCount)))
        if let place {
          slots[place.index].node.following |= Node.bit(of: byte)
        } else {
          root.following |= Node.bit(of: byte)
        }
      }
      place = (key, index)
    }
    if let place { slots[place.index].node.id = id } else { root.id = id }
  }

  /// The node one byte further, if any token goes that way.
  @inline(__always)
  package func child(of node: Node, _ byte: UInt8) -> Node? {
    guard node.following & Node.bit(of: byte) != 0 else { return nil }
    let slot = slots[index(of: Self.key(node, byte))]
    return slot.key == 0 ? nil : slot.node
  }

  /// The node at the end of `prefix`, if any token begins so.
  package func node(after prefix: some Sequence<UInt8>) -> Node? {
    var node = root
    for byte in prefix {
      guard let next = child(of: node, byte) else { return nil }
      node = next
    }
    return node
  }

  /// The id of exactly `token`, if it is in the vocabulary.
  package func id(of token: some Sequence<UInt8>) -> Int32? {
    guard let node = node(after: token), node.id >= 0 else { return nil }
    return node.id
  }

  /// The longest token that begins at `start` of `text`, from `node` on: its id and where it ends.
  @inline(__always)
  package func longestMatch(
    in text: UnsafeBufferPointer<UInt8>, from start: Int, at node: Node
  ) -> (id: Int32, end: Int)? {
    var node = node
    var best: Int32 = -1
    var end = start
    var index = start
    while index < text.count, let next = child(of: node, text[index]) {
      node = next
      index += 1
      if node.id >= 0 { (best, end) = (node.id, index) }
    }
    return best >= 0 ? (best, end) : nil
  }

  @inline(__always)
  private static func key(_ node: Node, _ byte: UInt8) -> UInt32 {
    (node.number << 8 | UInt32(byte)) &+ 1
  }

  /// The slot with that key, or the free one where it would be.
  @inline(__always)
  private func index(of key: UInt32) -> Int {
    var index = Int((UInt64(key) &* 0x9E37_79B9_7F4A_7C15) >> shift)
    while slots[index].key != key && slots[index].key != 0 {
      index = (index + 1) & (slots.count - 1)
    }
    return index
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: 2 * old.count)
    shift -= 1
    for slot in old where slot.key != 0 { slots[index(of: slot.key)] = slot }
  }
}
