internal import AmbitMatrix

/// Numbers for pairs of numbers, dense from 0 in order of first sight.
struct PairNumbers {
  private var keys: [UInt64]
  private var numbers: [Int32]
  private(set) var count = 0

  /// - Parameter expected: how many pairs will come, at most; more are taken, but slower.
  init(expected: Int) {
    let capacity = Self.capacity(for: expected)
    keys = [UInt64](repeating: 0, count: capacity)
    numbers = [Int32](repeating: -1, count: capacity)
  }

  /// The number of (`first`, `second`), a new one where it is new.
  mutating func number(_ first: Int32, _ second: Int32) -> Int32 {
    if 2 * count >= keys.count { grow() }
    let key = UInt64(UInt32(bitPattern: first)) << 32 | UInt64(UInt32(bitPattern: second))
    let place = place(of: key)
    if numbers[place] < 0 {
      keys[place] = key
      numbers[place] = Int32(count)
      count += 1
    }
    return numbers[place]
  }

  private func place(of key: UInt64) -> Int {
    let mask = keys.count - 1
    var place = Int(truncatingIfNeeded: SplitMix64.mixed(key)) & mask
    while numbers[place] >= 0 && keys[place] != key { place = (place + 1) & mask }
    return place
  }

  private mutating func grow() {
    let (oldKeys, oldNumbers) = (keys, numbers)
    keys = [UInt64](repeating: 0, count: 2 * oldKeys.count)
    numbers = [Int32](repeating: -1, count: 2 * oldKeys.count)
    for (key, number) in zip(oldKeys, oldNumbers) where number >= 0 {
      let place = place(of: key)
      keys[place] = key
      numbers[place] = number
    }
  }

  static func capacity(for expected: Int) -> Int {
    var capacity = 1024
    while capacity < 2 * expected { capacity *= 2 }
    return capacity
  }
}

/// Numbers for strings of bytes, dense from 0 in order of first sight. Bytes are compared, not hashes.
struct ByteNumbers {
  private var numbers = [Int32](repeating: -1, count: 1024)
  private var hashes: [UInt64] = []
  private var store: [UInt8] = []
  private var ends: [Int] = []

  var count: Int { ends.count }

  /// The bytes of a number.
  subscript(_ number: Int) -> ArraySlice<UInt8> {
    store[(number == 0 ? 0 : ends[number - 1])..<ends[number]]
  }

  /// The number of some bytes, a new one where they are new.
  mutating func number(_ bytes: some Collection<UInt8>) -> Int32 {
    if 2 * count >= numbers.count { grow() }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let mask = numbers.count - 1
    var place = Int(truncatingIfNeeded: SplitMix64.mixed(hash)) & mask
    while numbers[place] >= 0 {
      let number = Int(numbers[place])
      if hashes[number] == hash && self[number].elementsEqual(bytes) { return numbers[place] }
      place = (place + 1) & mask
    }
    numbers[place] = Int32(count)
    hashes.append(hash)
    store.append(contentsOf: bytes)
    ends.append(store.count)
    return Int32(count - 1)
  }

  private mutating func grow() {
    numbers = [Int32](repeating: -1, count: 2 * numbers.count)
    let mask = numbers.count - 1
    for (number, hash) in hashes.enumerated() {
      var place = Int(truncatingIfNeeded: SplitMix64.mixed(hash)) & mask
      while numbers[place] >= 0 { place = (place + 1) & mask }
      numbers[place] = Int32(number)
    }
  }
}
