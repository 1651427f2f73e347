/// Rows or classes with their squared distances, as one number each: the distance in the upper half,
/// the index in the lower. The bits of a number that is not negative order as the number does, so
/// entries order by distance, then by index.
enum NearestEntries {
  static func entry(_ square: Float, _ index: Int) -> UInt64 {
    UInt64(square.bitPattern) << 32 | UInt64(index)
  }

  /// The `depth` smallest entries in ascending order; all where there are no more. O(n + d log d).
  static func sorted(_ entries: [UInt64], depth: Int) -> [UInt64] {
    var list = entries
    if 0 < depth && depth < list.count {
      var distances = list.map { Double(Float(bitPattern: UInt32($0 >> 32))) }
      let reach = distances.withUnsafeMutableBufferPointer { buffer in
        OrderSelection.value(atRank: depth - 1, of: buffer.baseAddress!, count: buffer.count)
      }
      let limit = (UInt64(Float(reach).bitPattern) + 1) << 32
      list.removeAll { $0 >= limit }
    }
    list.sort()
    return Array(list.prefix(depth))
  }
}
