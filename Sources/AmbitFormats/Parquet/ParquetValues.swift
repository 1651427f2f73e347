/// Values of one kind as they were decoded, without the nulls.
struct ParquetValues {
  /// Where a text lies in the heap.
  struct Place {
    var start: Int
    var count: Int
  }

  let type: ParquetType
  /// Numbers and booleans, widened to 64 bits.
  var words: [UInt64] = []
  /// Texts.
  var places: [Place] = []
  var heap: [UInt8] = []

  init(_ type: ParquetType) { self.type = type }

  var count: Int { type == .text ? places.count : words.count }

  /// Forgets all values, and the texts behind the first `heapCount` bytes; keeps the memory.
  mutating func removeAll(keepingHeap heapCount: Int) {
    words.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    heap.removeLast(heap.count - heapCount)
  }

  /// Appends the values with these indices out of a dictionary, whose texts lie in this heap already.
  ///
  /// Throws `InputError.malformed`.
  mutating func append(_ indices: UnsafeBufferPointer<UInt32>, from dictionary: ParquetValues)
    throws
  {
    let limit = dictionary.count
    guard indices.allSatisfy({ $0 < limit }) else {
      throw InputError(.malformed, "an index points beyond the dictionary of \(limit) values")
    }
    if type == .text {
      dictionary.places.withUnsafeBufferPointer { places in
        self.places.append(contentsOf: indices.lazy.map { places[Int($0)] })
      }
    } else {
      dictionary.words.withUnsafeBufferPointer { words in
        self.words.append(contentsOf: indices.lazy.map { words[Int($0)] })
      }
    }
  }
}
