/// Finds the names that someone may have meant.
public enum NearestNames {
  /// Up to three of `names` that are near `name`, nearest first: at most a third of its letters (and
  /// at least two) to change, insert or remove. Ties keep the given order.
  public static func near(_ name: String, among names: [String]) -> [String] {
    let wanted = Array(name.lowercased().utf8)
    let furthest = max(2, wanted.count / 3)
    var found: [(name: String, distance: Int)] = []
    for candidate in names {
      let distance = editDistance(wanted, Array(candidate.lowercased().utf8))
      if distance <= furthest { found.append((candidate, distance)) }
    }
    let ordered = found.indices.sorted { (found[$0].distance, $0) < (found[$1].distance, $1) }
    return ordered.prefix(3).map { found[$0].name }
  }

  /// A hint such as ``did you mean `base.jsonl`?``; nil where nothing is near.
  public static func hint(for name: String, among names: [String]) -> String? {
    let near = near(name, among: names)
    guard !near.isEmpty else { return nil }
    return "did you mean " + near.map { "`\($0)`" }.joined(separator: " or ") + "?"
  }

  /// How many bytes must be changed, inserted or removed (Levenshtein 1966).
  static func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var previous = Array(0...b.count)
    for (row, byte) in a.enumerated() {
      var current = [row + 1]
      for (column, other) in b.enumerated() {
        current.append(
          min(
            previous[column] + (byte == other ? 0 : 1), previous[column + 1] + 1,
            current[column] + 1))
      }
      previous = current
    }
    return previous[b.count]
  }
}
