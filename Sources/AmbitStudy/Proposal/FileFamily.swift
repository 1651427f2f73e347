import AmbitCorpus
import AmbitFormats

/// Files whose paths differ in numbers alone, as a path with gaps; or one file.
struct FileFamily {
  /// With `{step}` and at most one more gap where there are several files.
  let pattern: String
  /// The gap beside `{step}`, such as `seed`; nil where there is none.
  let run: String?
  /// What the checkpoints are called, with the gaps of `pattern`; nil where the files' own names do.
  let nameTemplate: String?
  /// In natural order.
  let files: [FoundFile]
  /// The checkpoints, in order: one a file, unless a file holds several.
  let names: [String]

  var isPattern: Bool { files.count > 1 }

  /// Groups files, the order of the first of each being kept.
  static func all(_ files: [FoundFile]) -> [FileFamily] {
    var order: [String] = []
    var groups: [String: [FoundFile]] = [:]
    for file in files {
      let key = file.path.replacing(/[0-9]+/, with: "0")
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(file)
    }
    let families = order.flatMap { grouped(groups[$0]!) }
    // Files of one name in several folders are told apart by their folders.
    var counts: [String: Int] = [:]
    for name in families.flatMap(\.names) { counts[name, default: 0] += 1 }
    return families.map { family in
      !family.isPattern && family.names.contains { counts[$0]! > 1 }
        ? FileFamily(one: family.files[0], name: FileName.stem(of: family.files[0].path)) : family
    }
  }

  private static func grouped(_ files: [FoundFile]) -> [FileFamily] {
    let single = files.map { FileFamily(one: $0, name: $0.name) }
    let hasSigns = files.contains { $0.path.contains { "{}*?[".contains($0) } }
    let holdsSeveral = files.contains { $0.inspection!.labels.count > 1 }
    guard files.count > 1, !hasSigns, !holdsSeveral else { return single }
    let numbers = files.map { $0.path.matches(of: /[0-9]+/).map { String($0.output) } }
    let varying = numbers[0].indices.filter { place in Set(numbers.map { $0[place] }).count > 1 }
    // Three numbers or more say too much to guess.
    guard let step = varying.last, varying.count <= 2 else { return single }
    let path = files[0].path
    let run = varying.count == 2 ? runName(of: path, number: varying[0]) : nil
    var pattern = ""
    var rest = path[...]
    for (place, match) in path.matches(of: /[0-9]+/).enumerated() {
      pattern += rest[..<match.range.lowerBound]
      pattern += place == step ? "{step}" : place == varying[0] ? "{\(run ?? "run")}" : match.output
      rest = path[match.range.upperBound...]
    }
    return [FileFamily(files, pattern: pattern + rest, run: run)]
  }

  private init(one file: FoundFile, name: String) {
    let labels = file.inspection!.labels
    pattern = file.path
    run = nil
    nameTemplate = nil
    files = [file]
    names = labels.count > 1 ? labels : [name]
  }

  private init(_ files: [FoundFile], pattern: String, run: String?) {
    self.pattern = pattern
    self.run = run
    self.files = files
    let parts = pattern.split(separator: "/").map(String.init)
    let part = parts.last { $0.contains("{step}") } ?? pattern
    let stem = part == parts.last ? FileName.stem(of: part) : part
    let template = run.map { stem.contains("{\($0)}") ? stem : "\($0)-{\($0)} \(stem)" } ?? stem
    nameTemplate = run == nil && part == parts.last ? nil : template
    names = files.map { file in
      PathPattern.filled(template, with: PathPattern(pattern).values(of: file.path) ?? [:])
    }
  }

  /// The word before the number: `seed` of `seed-3/step-900.jsonl`.
  private static func runName(of path: String, number: Int) -> String {
    let match = path.matches(of: /[0-9]+/)[number]
    let before = path[..<match.range.lowerBound].reversed().drop { "-_.".contains($0) }
    let word = String(before.prefix { $0.isASCII && $0.isLetter }.reversed()).lowercased()
    return word.isEmpty || word == "step" ? "run" : word
  }
}
