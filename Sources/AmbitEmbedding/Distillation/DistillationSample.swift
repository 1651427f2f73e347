internal import AmbitMatrix

/// The pieces to fit to and those to judge by.
struct DistillationSample: Sendable {
  /// A piece of a passage.
  struct Piece: Sendable {
    let text: String
    let passage: Int
    let wordCount: Int
  }

  let fit: [Piece]
  let heldOut: [Piece]

  /// Takes the next passage from the family of which the fewest words were taken so far, in a random
  /// order within it, until the limit is reached: no large family outweighs the others, and a larger
  /// limit only adds. No passage is on both sides, nor is any piece twice.
  init(_ texts: [DistillationText], options: DistillationOptions) {
    var families: [String: [Int]] = [:]
    for (index, text) in texts.enumerated() { families[text.family, default: []].append(index) }
    var random = SplitMix64(seed: options.seed, stream: 1)
    var queues: [[Int]] = []
    var heldOutPassages: [Int] = []
    for name in families.keys.sorted() {
      var passages = families[name]!
      random.shuffle(&passages)
      if options.heldOutFamilies.contains(name) {
        heldOutPassages += passages
        continue
      }
      let count = Int((Double(passages.count) * options.heldOutShare).rounded())
      heldOutPassages += passages.prefix(count)
      queues.append(Array(passages.dropFirst(count)))
    }
    let lengths = MixedLengths(words: options.pieceWords, seed: options.seed)
    var seen: Set<String> = []
    func pieces(of passage: Int) -> [Piece] {
      lengths.pieces(of: texts[passage].text, index: passage).filter { seen.insert($0).inserted }
        .map {
          Piece(
            text: $0, passage: passage, wordCount: $0.split(whereSeparator: \.isWhitespace).count)
        }
    }
    // Held-out pieces first: whatever is equal to one of them is not fitted to.
    var held: [Piece] = []
    for passage in heldOutPassages { held += pieces(of: passage) }
    var fit: [Piece] = []
    var taken = queues.map { _ in (passages: 0, words: 0) }
    while fit.count < options.textLimit,
      let family = queues.indices.filter({ taken[$0].passages < queues[$0].count })
        .min(by: { (taken[$0].words, $0) < (taken[$1].words, $1) })
    {
      let next = pieces(of: queues[family][taken[family].passages])
      fit += next
      taken[family].passages += 1
      taken[family].words += next.reduce(0) { $0 + $1.wordCount }
    }
    self.fit = fit
    // More than this tells nothing more and costs as much as fitting.
    random.shuffle(&held)
    heldOut = Array(held.prefix(Self.heldOutLimit))
  }

  static let heldOutLimit = 6000
}
