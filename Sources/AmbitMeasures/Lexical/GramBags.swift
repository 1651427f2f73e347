/// The n-grams of every output of a checkpoint as counts, one order of n.
struct GramBags: Sendable {
  /// An n-gram by its number in the checkpoint, and how often the output has it.
  struct Entry: Sendable {
    let gram: Int32
    let count: Int32
  }

  /// The entries of output *i* are `offsets[i]..<offsets[i + 1]`, in order of first sight.
  let offsets: [Int]
  let entries: [Entry]
  /// How many n-grams the checkpoint has numbers for.
  let typeCount: Int

  /// - Parameters:
  ///   - grams: the number of the n-gram that begins at each token. - tokenOffsets: the outputs' tokens.
  ///   - window: how many tokens of an output are looked at; all where it is nil.
  init(grams: [Int32], tokenOffsets: [Int], order: Int, typeCount: Int, window: Int?) {
    var places = [Int32](repeating: -1, count: typeCount)
    var entries: [Entry] = []
    entries.reserveCapacity(grams.count)
    var offsets = [0]
    offsets.reserveCapacity(tokenOffsets.count)
    for row in 0..<tokenOffsets.count - 1 {
      let first = tokenOffsets[row]
      let length = min(tokenOffsets[row + 1] - first, window ?? .max)
      let own = entries.count
      for token in 0..<max(0, length - order + 1) {
        let gram = Int(grams[first + token])
        let place = Int(places[gram])
        if place >= 0 {
          entries[place] = Entry(gram: Int32(gram), count: entries[place].count + 1)
        } else {
          places[gram] = Int32(entries.count)
          entries.append(Entry(gram: Int32(gram), count: 1))
        }
      }
      for entry in entries[own...] { places[Int(entry.gram)] = -1 }
      offsets.append(entries.count)
    }
    self.offsets = offsets
    self.entries = entries
    self.typeCount = typeCount
  }
}
