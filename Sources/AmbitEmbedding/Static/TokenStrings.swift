internal import AmbitFormats

/// The tokens of a vocabulary as text, by id.
struct TokenStrings {
  /// Token *i* has id *i*; empty where an id is not used.
  let tokens: [String]

  /// Reads the tokenizer files of a folder. Throws `InputError` as `TextTokenizer` does.
  init(folder: String) throws {
    let path = PathText.join(folder, "tokenizer.json")
    guard System.kind(of: path) == .file else {
      let file = try InputFile(path: PathText.join(folder, "vocab.txt"))
      tokens = file.contents.lineRanges.map { file.contents.text(in: $0) }
      return
    }
    let document = try ModelDocument(path: path)
    var found: [String] = []
    func add(_ token: String, _ id: Int) {
      guard (0...TextTokenizer.tokenIdLimit).contains(id) else { return }
      if id >= found.count {
        found += [String](repeating: "", count: id + 1 - found.count)
      }
      found[id] = token
    }
    let vocabulary = document.value.member("model")?.member("vocab")
    if let vocabulary, vocabulary.kind == .array {
      for (id, entry) in vocabulary.elements.enumerated() {
        for token in entry.elements.prefix(1) { add(token.string ?? "", id) }
      }
    } else {
      vocabulary?.forEachMember { token, id in
        add(String(decoding: token, as: UTF8.self), id.integer ?? -1)
      }
    }
    for entry in try document.list("added_tokens") {
      add(try entry.string("content") ?? "", entry.value.member("id")?.integer ?? -1)
    }
    tokens = found
  }

  /// The median number of code points of a token, rounded down.
  var medianLength: Int {
    let lengths = tokens.lazy.filter { !$0.isEmpty }.map(\.unicodeScalars.count).sorted()
    guard !lengths.isEmpty else { return 1 }
    return (lengths[(lengths.count - 1) / 2] + lengths[lengths.count / 2]) / 2
  }
}
