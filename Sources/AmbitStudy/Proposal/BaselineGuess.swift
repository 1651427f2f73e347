import AmbitFormats

/// Which checkpoint the others most likely came out of, by its name.
enum BaselineGuess {
  /// Words that name what training began with, likeliest first.
  private static let words = [
    "base", "pretrained", "pretrain", "init", "initial", "reference", "ref", "untuned", "original",
  ]

  /// The index of the baseline among names, and why it is taken; the first where no name tells.
  static func index(among names: [String]) -> (index: Int, why: String) {
    let parts = names.map { name in
      name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }
    for word in words {
      if let index = parts.firstIndex(where: { $0.contains(word) }) {
        return (index, "its name says so")
      }
    }
    if let index = parts.firstIndex(where: { $0.contains("0") || $0.contains("step0") }) {
      return (index, "it is step 0")
    }
    let shortest = names.indices.min { names[$0].count < names[$1].count } ?? 0
    let isStem = names.indices.allSatisfy { names[$0].hasPrefix(names[shortest]) }
    return isStem && names.count > 1
      ? (shortest, "the other names begin with it") : (0, "it is the first; no name tells")
  }
}
