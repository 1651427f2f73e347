import AmbitFormats

/// Names of checkpoints made safe as parts of file names.
public enum FileNameStems {
  /// One stem a name, in order: distinct also where letters differ only in case, never empty, never
  /// `.` or `..`, without slashes, control characters or a leading dot, at most 80 bytes.
  ///
  /// Letters, digits, `-`, `_`, `.` and `+` stay (letters of any script); anything else becomes `-`. A stem
  /// that had to be changed, or that another name has too, ends in 8 hexadecimal digits of the name's
  /// SHA-256. A name's stem does not depend on the order of the others.
  public static func stems(for names: [String]) -> [String] {
    let plain = names.map(replaced)
    var counts: [TextKey: Int] = [:]
    for stem in plain { counts[TextKey(stem.lowercased()), default: 0] += 1 }
    return zip(names, plain).map { name, stem in
      TextKey(name) == TextKey(stem) && counts[TextKey(stem.lowercased())] == 1
        ? stem : "\(stem)-\(SHA256.hexadecimal(of: name).prefix(8))"
    }
  }

  /// The stem of a single name, as `stems` gives it where no other collides.
  public static func stem(for name: String) -> String { stems(for: [name])[0] }

  private static func replaced(_ name: String) -> String {
    var stem = ""
    for scalar in name.unicodeScalars {
      let isKept =
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || "-_.+".unicodeScalars.contains(scalar)
      let next = isKept ? String(scalar) : "-"
      if stem.utf8.count + next.utf8.count > 80 { break }
      if next != "-" || isKept || !stem.hasSuffix("-") { stem += next }
    }
    let dots = stem.prefix { $0 == "." || $0 == "-" }
    let trimmed = dots.isEmpty ? stem : String(stem.dropFirst(dots.count))
    return trimmed.isEmpty ? "checkpoint" : trimmed
  }
}
