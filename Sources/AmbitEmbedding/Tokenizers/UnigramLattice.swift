/// The memory of Viterbi's search over one piece of text, and of the short pieces that were searched
/// before. Used again for the next piece; not for two threads at once.
final class UnigramLattice {
  /// The best way to a place in the piece.
  private struct Node {
    var score: Double
    /// Where its last token begins; −1 while no way is known.
    var start: Int
    var id: Int32
  }

  private var nodes: UnsafeMutableBufferPointer<Node>
  private var known = KnownPieces()

  init() { nodes = .allocate(capacity: 64) }

  deinit { nodes.deallocate() }

  /// Appends the ids of `text`, behind the mark for a space where `isMarked`.
  @inline(__always)
  func appendIds(
    of text: UnsafeBufferPointer<UInt8>, isMarked: Bool, _ vocabulary: UnigramVocabulary,
    to ids: inout [Int32]
  ) {
    guard let key = KnownPieces.Key(text, isMarked: isMarked) else {
      return search(text, isMarked: isMarked, vocabulary, to: &ids)
    }
    if known.appendIds(of: key, to: &ids) { return }
    let before = ids.count
    search(text, isMarked: isMarked, vocabulary, to: &ids)
    known.insert(ids[before...], for: key)
  }

  /// The mark is one place of the lattice, the bytes of the text are the others.
  @inline(never)
  private func search(
    _ text: UnsafeBufferPointer<UInt8>, isMarked: Bool, _ vocabulary: UnigramVocabulary,
    to ids: inout [Int32]
  ) {
    let first = isMarked ? 1 : 0
    let last = text.count + first
    if nodes.count <= last {
      nodes.deallocate()
      nodes = .allocate(capacity: 2 * last)
    }
    let nodes = UnsafeMutableBufferPointer(rebasing: nodes[0...last])
    nodes[0] = Node(score: 0, start: -1, id: -1)
    for index in 1..<max(1, last + 1) { nodes[index].start = -1 }
    if isMarked {
      offer(vocabulary, from: 0, node: vocabulary.markNode, text, at: 0, shift: 1, length: 0)
    }
    var index = 0
    while index < text.count {
      let length = UTF8Scalar.length(text[index])
      offer(
        vocabulary, from: index + first, node: vocabulary.trie.root, text, at: index, shift: first,
        length: length)
      index += length
    }
    collect(text, first: first, last: last, vocabulary, to: &ids)
  }

  /// Offers every token that begins at one place to the places where it ends.
  ///
  /// - Parameters:
  ///   - start: the place where the tokens begin.
  ///   - node: the node of the vocabulary from where on `text` is followed.
  ///   - index: the byte from where on it is followed.
  ///   - length: the bytes from there that the first character takes.
  @inline(__always)
  private func offer(
    _ vocabulary: UnigramVocabulary, from start: Int, node: VocabularyTrie.Node?,
    _ text: UnsafeBufferPointer<UInt8>, at index: Int, shift: Int, length: Int
  ) {
    let score = nodes[start].score
    var knowsFirst = false
    if var node {
      var end = index
      while true {
        if node.id >= 0 {
          improve(end + shift, score + vocabulary.scores[Int(node.id)], start, node.id)
          if end == index + length { knowsFirst = true }
        }
        guard end < text.count, let next = vocabulary.trie.child(of: node, text[end]) else { break }
        node = next
        end += 1
      }
    }
    if !knowsFirst {
      improve(
        index + length + shift, score + vocabulary.unknownScore, start, vocabulary.unknownId)
    }
  }

  @inline(__always)
  private func improve(_ end: Int, _ score: Double, _ start: Int, _ id: Int32) {
    if nodes[end].start < 0 || score > nodes[end].score {
      nodes[end] = Node(score: score, start: start, id: id)
    }
  }

  /// Follows the best way back and appends its ids in the order of the text.
  @inline(__always)
  private func collect(
    _ text: UnsafeBufferPointer<UInt8>, first: Int, last: Int, _ vocabulary: UnigramVocabulary,
    to ids: inout [Int32]
  ) {
    // The way forward is written over the way back: at each start, where its token ends.
    var end = last
    var isUnknown = false
    while end > 0 {
      let start = nodes[end].start
      isUnknown = isUnknown || nodes[end].id == vocabulary.unknownId
      nodes[start].score = Double(end)
      end = start
    }
    if isUnknown { return collectUnknown(text, first: first, last: last, vocabulary, to: &ids) }
    while end < last {
      end = Int(nodes[end].score)
      ids.append(nodes[end].id)
    }
  }

  /// The same where some of it is unknown: neighbours that are become one.
  @inline(never)
  private func collectUnknown(
    _ text: UnsafeBufferPointer<UInt8>, first: Int, last: Int, _ vocabulary: UnigramVocabulary,
    to ids: inout [Int32]
  ) {
    var start = 0
    while start < last {
      var end = Int(nodes[start].score)
      guard nodes[end].id == vocabulary.unknownId else {
        ids.append(nodes[end].id)
        start = end
        continue
      }
      while end < last {
        let next = Int(nodes[end].score)
        guard nodes[next].id == vocabulary.unknownId else { break }
        end = next
      }
      let mark = start < first ? vocabulary.mark : []
      vocabulary.appendUnknown(mark + text[max(0, start - first)..<end - first], to: &ids)
      start = end
    }
  }
}
