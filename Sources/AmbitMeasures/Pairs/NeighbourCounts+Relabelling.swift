package import AmbitMatrix

extension NeighbourCounts {
  /// The counts of many groupings, 64 at a time: bit *r* of a row's words is its group in grouping *r*,
  /// and one walk along a row's list serves them all.
  ///
  /// The same numbers as those of each grouping alone, in about a twentieth of the time.
  ///
  /// - Parameter write: writes all groups of one grouping: 0, 1, or 2 for neither; a function of its
  ///   number.
  package static func all(
    _ lists: NeighbourLists, _ count: Int, k: Int, workers: Workers,
    write: @Sendable (Int, inout [UInt8]) -> Void
  ) -> [NeighbourCounts] {
    let blocks = workers.map((count + 63) / 64) { block in
      var groupings = Groupings(rows: lists.count)
      let range = block * 64..<min(count, (block + 1) * 64)
      var groups = [UInt8](repeating: 2, count: lists.count)
      for (bit, number) in range.enumerated() {
        write(number, &groups)
        groupings.set(bit, groups)
      }
      return groupings.counts(lists, k: k).prefix(range.count)
    }
    return Array(blocks.joined())
  }
}

/// The groups of rows in 64 groupings.
private struct Groupings {
  /// Per row, whether it belongs to either set.
  var isMember: [UInt64]
  /// Per row, whether it belongs to the other set.
  var isTuned: [UInt64]

  init(rows: Int) {
    isMember = [UInt64](repeating: 0, count: rows)
    isTuned = isMember
  }

  mutating func set(_ bit: Int, _ groups: [UInt8]) {
    for (row, group) in groups.enumerated() {
      isMember[row] |= (group < 2 ? 1 : 0) << UInt64(bit)
      isTuned[row] |= (group == 1 ? 1 : 0) << UInt64(bit)
    }
  }

  func counts(_ lists: NeighbourLists, k: Int) -> [NeighbourCounts] {
    var isInside = [UInt64](repeating: 0, count: lists.count)
    var (pairs, covered) = (Tallies(), Tallies())
    var undefined: UInt64 = 0
    var walk = Walk(k: k)
    for row in 0..<lists.count where isMember[row] != 0 {
      let missing = walk.run(lists, from: row, self)
      undefined |= missing
      let isBase = isMember[row] & ~isTuned[row]
      var any: UInt64 = 0
      for (other, mask) in walk.found {
        let mask = mask & ~missing
        isInside[other] |= mask
        pairs.add(mask & isBase)
        any |= mask
      }
      covered.add(any & isBase)
    }
    var (base, tuned, baseInTuned, tunedInBase) = (Tallies(), Tallies(), Tallies(), Tallies())
    for row in isInside.indices {
      base.add(isMember[row] & ~isTuned[row])
      tuned.add(isMember[row] & isTuned[row])
      baseInTuned.add(isInside[row] & ~isTuned[row])
      tunedInBase.add(isInside[row] & isTuned[row])
    }
    return (0..<64).map { bit in
      var counts = NeighbourCounts(k: k)
      (counts.base, counts.tuned) = (base[bit], tuned[bit])
      (counts.tunedInBase, counts.baseInTuned) = (tunedInBase[bit], baseInTuned[bit])
      (counts.pairs, counts.coveredBase) = (pairs[bit], covered[bit])
      counts.isDefined = undefined >> UInt64(bit) & 1 == 0 && base[bit] > 0 && tuned[bit] > 0
      return counts
    }
  }
}

/// 64 counters, a bit of each in every word.
private struct Tallies {
  private var planes = [UInt64](repeating: 0, count: 48)

  /// Adds 1 to the counters of a mask.
  mutating func add(_ mask: UInt64) {
    var carry = mask
    var plane = 0
    while carry != 0 {
      let next = planes[plane] & carry
      planes[plane] ^= carry
      carry = next
      plane += 1
    }
  }

  subscript(bit: Int) -> Int {
    planes.indices.reduce(0) { $0 | Int(planes[$1] >> UInt64(bit) & 1) << $1 }
  }
}

/// A walk along a row's neighbours, for 64 groupings at once.
private struct Walk {
  /// The rows of the other set that are nearer than the k-th of the own set, and in which groupings.
  private(set) var found: [(row: Int, mask: UInt64)] = []
  private let start: [UInt64]
  private var planes: [UInt64]

  init(k: Int) {
    // Counters that start so far below a power of two that the k-th of the own set overflows them.
    let width = Int.bitWidth - k.leadingZeroBitCount
    start = (0..<width).map { ((1 << width) - k) >> $0 & 1 == 1 ? .max : 0 }
    planes = start
  }

  /// The groupings in which the row's own set has too few rows.
  mutating func run(_ lists: NeighbourLists, from row: Int, _ groupings: borrowing Groupings)
    -> UInt64
  {
    let missing = lists.withNearest(of: row) { run($0, from: row, groupings) }
    guard missing != 0, lists.depth < lists.count - 1 else { return missing }
    return lists.allNearest(of: row).withUnsafeBufferPointer { run($0, from: row, groupings) }
  }

  private mutating func run(
    _ list: UnsafeBufferPointer<UInt64>, from row: Int, _ groupings: borrowing Groupings
  ) -> UInt64 {
    found.removeAll(keepingCapacity: true)
    for plane in planes.indices { planes[plane] = start[plane] }
    let own = groupings.isTuned[row]
    var active = groupings.isMember[row]
    var index = 0
    while active != 0 && index < list.count {
      let first = index
      // Rows at one distance are taken together: none of them is nearer than another.
      repeat {
        let other = Int(truncatingIfNeeded: list[index] & 0xFFFF_FFFF)
        var carry = groupings.isMember[other] & ~(groupings.isTuned[other] ^ own) & active
        for plane in planes.indices {
          let next = planes[plane] & carry
          planes[plane] ^= carry
          carry = next
        }
        active &= ~carry
        index += 1
      } while index < list.count && list[index] >> 32 == list[first] >> 32
      for place in first..<index {
        let other = Int(truncatingIfNeeded: list[place] & 0xFFFF_FFFF)
        let mask = groupings.isMember[other] & (groupings.isTuned[other] ^ own) & active
        if mask != 0 { found.append((other, mask)) }
      }
    }
    return active
  }
}
