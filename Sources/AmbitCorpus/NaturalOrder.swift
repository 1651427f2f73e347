/// The order in which people number things: `step-900` before `step-12000`.
public enum NaturalOrder {
  /// Whether `a` comes before `b`: runs of ASCII digits compare as numbers, all else byte by byte. A
  /// strict total order: of two that differ only in leading zeros the shorter comes first.
  public static func precedes(_ a: String, _ b: String) -> Bool {
    let a = Array(a.utf8)
    let b = Array(b.utf8)
    var i = 0
    var j = 0
    while i < a.count, j < b.count {
      if isDigit(a[i]), isDigit(b[j]) {
        let left = run(a, &i)
        let right = run(b, &j)
        if left.count != right.count { return left.count < right.count }
        if left != right { return left.lexicographicallyPrecedes(right) }
        continue
      }
      if a[i] != b[j] { return a[i] < b[j] }
      i += 1
      j += 1
    }
    if i < a.count || j < b.count { return j < b.count }
    return a.count != b.count ? a.count < b.count : a.lexicographicallyPrecedes(b)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// The digits at `index` without leading zeros; steps over them.
  private static func run(_ bytes: [UInt8], _ index: inout Int) -> ArraySlice<UInt8> {
    let start = index
    while index < bytes.count, isDigit(bytes[index]) { index += 1 }
    return bytes[start..<index].drop { $0 == 0x30 }
  }
}
