import AmbitFormats

extension BytePairTokenizer {
  /// Reads the byte-level BPE model of a `tokenizer.json`, with the number of ids that it knows.
  static func read(
    _ document: ModelDocument, model: ModelDocument
  ) throws -> (BytePairTokenizer, count: Int) {
    guard let splitter = document["pre_tokenizer"] else { throw document.missing("pre_tokenizer") }
    guard try splitter.string("type") == "ByteLevel",
      try splitter.boolean("use_regex") != false
    else {
      throw splitter.unsupported("of BPE models only byte-level ones of GPT-2's kind are read")
    }
    if let normalizer = document["normalizer"] {
      throw normalizer.unsupported("a BPE model with a normalizer is not read")
    }
    var vocabulary = VocabularyTrie(expectedBytes: 1 << 18)
    let count = try model.forEachToken("vocab") { token, id in
      vocabulary.insert(ByteAlphabet.bytes(of: token), id: id)
    }
    var merges: [UInt64: Merge] = [:]
    for (rank, entry) in try model.list("merges").enumerated() {
      let parts = try Self.parts(of: entry)
      guard let left = vocabulary.id(of: parts[0]), let right = vocabulary.id(of: parts[1]),
        let result = vocabulary.id(of: parts[0] + parts[1])
      else { throw entry.unsupported("merges tokens that the vocabulary lacks") }
      let key = key(left, right)
      if merges[key] == nil { merges[key] = Merge(rank: Int32(rank), result: result) }
    }
    let unknown = try model.string("unk_token")
    let tokenizer = BytePairTokenizer(
      idOfByte: (0...255).map { vocabulary.id(of: [UInt8($0)]) ?? -1 }, merges: merges,
      unknownId: unknown.flatMap { vocabulary.id(of: ByteAlphabet.bytes(of: Array($0.utf8))) },
      addsSpace: try splitter.boolean("add_prefix_space") ?? true)
    return (tokenizer, count)
  }

  /// The two sides of a merge: `"a b"`, or `["a", "b"]` in newer files.
  private static func parts(of entry: ModelDocument) throws -> [[UInt8]] {
    let texts: [String]
    if entry.value.kind == .array {
      texts = entry.value.elements.compactMap(\.string)
    } else {
      guard let text = entry.value.string else { throw entry.wrongType("a string") }
      texts = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    }
    guard texts.count == 2 else { throw entry.unsupported("expected two tokens to merge") }
    return texts.map { ByteAlphabet.bytes(of: Array($0.utf8)) }
  }
}

/// The characters that stand for bytes in a byte-level vocabulary: printable ones for themselves, the
/// others for code points from 256 on (GPT-2's `bytes_to_unicode`).
enum ByteAlphabet {
  private static let byteOfCode: [UInt32: UInt8] = {
    var table: [UInt32: UInt8] = [:]
    var next: UInt32 = 256
    for byte in UInt8.min...UInt8.max {
      switch byte {
      case 33...126, 161...172, 174...255: table[UInt32(byte)] = byte
      default:
        table[next] = byte
        next += 1
      }
    }
    return table
  }()

  /// The bytes of a token; its own UTF-8 where it has a character outside the alphabet, as special
  /// tokens may.
  static func bytes(of token: some Collection<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    for scalar in String(decoding: token, as: UTF8.self).unicodeScalars {
      guard let byte = byteOfCode[scalar.value] else { return Array(token) }
      bytes.append(byte)
    }
    return bytes
  }
}
