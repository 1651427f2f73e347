import AmbitFormats

/// How text is cut before a Unigram model: at white space, and at spaces that become a visible mark.
struct Metaspace: Sendable {
  enum Prepending: Sendable { case always, first, never }

  /// Whether white space separates words and goes.
  private(set) var splitsWhiteSpace = false
  /// What stands for a space, mostly `▁`; nil where spaces stay.
  private(set) var mark: [UInt8]?
  private(set) var prepending = Prepending.always
  /// Whether text is cut before each mark.
  private(set) var splits = true
  private var markCode: UInt32?
  private var mayEndPiece: [Bool] = []

  /// Whether text can be cut before a space between two other characters without changing the pieces.
  var isLocal: Bool { splitsWhiteSpace || (mark != nil && splits) }
}

extension Metaspace {
  /// Reads the `pre_tokenizer` of a `tokenizer.json`. Throws `InputError` for one that is not read.
  init(_ document: ModelDocument?) throws {
    defer {
      mayEndPiece = Self.firstBytes(markCode: markCode, splitsWhiteSpace: splitsWhiteSpace)
    }
    guard let document else { return }
    switch try document.string("type") {
    case "Sequence":
      for part in try document.list("pretokenizers") { try read(part) }
    default: try read(document)
    }
  }

  private mutating func read(_ document: ModelDocument) throws {
    let kind = try document.string("type")
    switch kind {
    case "WhitespaceSplit" where mark == nil: splitsWhiteSpace = true
    case "Metaspace" where mark == nil: try readMark(document)
    default:
      throw document.unsupported(
        "pre-tokenizers of type \(kind ?? "null") are not read at this place for a Unigram model")
    }
  }

  private mutating func readMark(_ document: ModelDocument) throws {
    let text = try document.string("replacement") ?? "▁"
    guard let scalar = text.unicodeScalars.first, text.unicodeScalars.count == 1,
      !UnicodeClasses.shared[scalar.value].contains(.splittingSpace)
    else {
      throw document["replacement"]?.unsupported("expected one character that is no space")
        ?? document.missing("replacement")
    }
    mark = Array(text.utf8)
    markCode = scalar.value
    splits = try document.boolean("split") ?? true
    let addsSpace = try document.boolean("add_prefix_space")
    switch try document.string("prepend_scheme") {
    case nil: prepending = addsSpace == false ? .never : .always
    case "always": prepending = .always
    // Which word is the first depends on offsets in the raw text there.
    case "first" where !splitsWhiteSpace: prepending = .first
    case "never": prepending = .never
    case let scheme?:
      throw document["prepend_scheme"]!.unsupported("`\(scheme)` is not read at this place")
    }
  }
}

extension Metaspace {
  /// A piece of text, or a piece with a mark before it that is not in its range.
  struct Piece {
    var range: Range<Int>
    var isMarked: Bool
  }

  /// Calls `body` with the pieces of `text` in order until it returns false. Where `splits` is false,
  /// spaces inside a piece are yet to be replaced.
  ///
  /// - Parameter isFirst: whether `text` is the beginning of the whole text.
  @inline(__always)
  func forEachPiece(
    of text: UnsafeBufferPointer<UInt8>, isFirst: Bool, _ body: (Piece) -> Bool
  ) {
    let prepends = mark != nil && (prepending == .always || prepending == .first && isFirst)
    mayEndPiece.withUnsafeBufferPointer { mayEndPiece in
      var start = 0
      var isMarked = prepends
      // Whether the mark before the piece stands in the text: then it is one even if nothing follows.
      var isRead = false
      var index = 0
      while true {
        while index < text.count && !mayEndPiece[Int(text[index])] { index += 1 }
        guard index < text.count else { break }
        let delimiter = delimiter(in: text, at: index)
        guard delimiter.ends else {
          // A mark at the beginning of text that is not cut takes the place of the one before it.
          if index == start && delimiter.isMark { isMarked = false }
          index += delimiter.length
          continue
        }
        if index > start || isRead {
          guard body(Piece(range: start..<index, isMarked: isMarked)) else { return }
        }
        index += delimiter.length
        start = index
        isRead = delimiter.isMark
        isMarked = isRead || prepends
      }
      if text.count > start || isRead {
        _ = body(Piece(range: start..<text.count, isMarked: isMarked))
      }
    }
  }

  /// What stands at `index`: its bytes, whether it is a space or mark, whether a piece ends before it.
  @inline(__always)
  private func delimiter(
    in text: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> (length: Int, isMark: Bool, ends: Bool) {
    if text[index] == UInt8(ascii: " ") {
      let isMark = mark != nil && !splitsWhiteSpace
      return (1, isMark, splitsWhiteSpace || isMark && splits)
    }
    let (code, length) = UTF8Scalar.decode(text, at: index)
    if code == markCode { return (length, true, splits) }
    let isSpace = splitsWhiteSpace && UnicodeClasses.shared[code].contains(.splittingSpace)
    return (length, false, isSpace)
  }

  /// The first bytes of all characters that can end a piece.
  private static func firstBytes(markCode: UInt32?, splitsWhiteSpace: Bool) -> [Bool] {
    var table = [Bool](repeating: false, count: 256)
    func add(_ code: UInt32) {
      if let scalar = Unicode.Scalar(code) { table[Int(UTF8.encode(scalar)!.first!)] = true }
    }
    add(0x20)
    if let markCode { add(markCode) }
    if splitsWhiteSpace {
      for range in UnicodeRuns.ranges(UnicodeTables.splittingSpace) { range.forEach(add) }
    }
    return table
  }
}
