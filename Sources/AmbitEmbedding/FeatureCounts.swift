/// How often each key was met in one text: open addressing, reused from text to text.
///
/// Keys are read back in the order of their first appearance, so that nothing depends on the table's
/// size, which past texts have left behind.
struct FeatureCounts: ~Copyable {
  private struct Entry {
    var key: UInt64
    var count: UInt32
  }

  /// `capacity` slots, a power of two; key 0 is free. At most half are taken.
  private var entries: UnsafeMutablePointer<Entry>
  /// The taken slots, in order of first appearance.
  private var order: UnsafeMutablePointer<UInt32>
  private var capacity: Int
  private var shift: UInt64
  /// The number of distinct keys.
  private(set) var count = 0

  init() {
    capacity = 1 << 12
    shift = 64 - 12
    entries = .allocate(capacity: capacity)
    entries.initialize(repeating: Entry(key: 0, count: 0), count: capacity)
    order = .allocate(capacity: capacity / 2 + 1)
  }

  deinit {
    entries.deallocate()
    order.deallocate()
  }

  /// Counts `key`, which is not 0. Returns whether it is new.
  @inline(__always)
  @discardableResult
  mutating func add(_ key: UInt64, times: UInt32 = 1) -> Bool {
    var slot = Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) >> shift)
    while true {
      let found = entries[slot].key
      if found == key {
        entries[slot].count &+= times
        return false
      }
      if found == 0 { break }
      slot = (slot + 1) & (capacity - 1)
    }
    entries[slot] = Entry(key: key, count: times)
    order[count] = UInt32(truncatingIfNeeded: slot)
    count += 1
    if count * 2 > capacity { grow() }
    return true
  }

  /// The `index`-th distinct key and how often it was met.
  @inline(__always)
  subscript(index: Int) -> (key: UInt64, count: UInt32) {
    let entry = entries[Int(order[index])]
    return (entry.key, entry.count)
  }

  /// Forgets all keys, in time proportional to their number.
  mutating func removeAll() {
    for index in 0..<count { entries[Int(order[index])].key = 0 }
    count = 0
  }

  @inline(never)
  private mutating func grow() {
    let (oldEntries, oldOrder) = (entries, order)
    capacity *= 2
    shift -= 1
    entries = .allocate(capacity: capacity)
    entries.initialize(repeating: Entry(key: 0, count: 0), count: capacity)
    order = .allocate(capacity: capacity / 2 + 1)
    for index in 0..<count {
      let entry = oldEntries[Int(oldOrder[index])]
      var slot = Int(truncatingIfNeeded: (entry.key &* 0x9e37_79b9_7f4a_7c15) >> shift)
      while entries[slot].key != 0 { slot = (slot + 1) & (capacity - 1) }
      entries[slot] = entry
      order[index] = UInt32(truncatingIfNeeded: slot)
    }
    oldEntries.deallocate()
    oldOrder.deallocate()
  }
}
