/// The text header of a `.npy` file: a Python dictionary with `descr`, `fortran_order` and `shape`.
struct NPYHeader: Equatable {
  let descriptor: String
  let isFortranOrder: Bool
  let shape: [Int]

  /// Parses the dictionary and nothing else of Python; no key may be missing, repeated or unknown.
  init(text: ArraySlice<UInt8>) throws(NPYError) {
    var reader = Reader(rest: text)
    var descriptor: String?
    var isFortranOrder: Bool?
    var shape: [Int]?
    try reader.expect("{")
    while !reader.skip("}") {
      let key = try reader.quoted()
      try reader.expect(":")
      switch key {
      case "descr" where descriptor == nil: descriptor = try reader.descriptor()
      case "fortran_order" where isFortranOrder == nil: isFortranOrder = try reader.boolean()
      case "shape" where shape == nil: shape = try reader.tuple()
      default: throw Self.malformed("an unexpected key \"\(key.prefix(40))\"")
      }
      if !reader.skip(",") {
        try reader.expect("}")
        break
      }
    }
    guard reader.isAtEnd else { throw Self.malformed("text after the closing brace") }
    guard let descriptor, let isFortranOrder, let shape else {
      throw Self.malformed("no descr, fortran_order or shape")
    }
    self.descriptor = descriptor
    self.isFortranOrder = isFortranOrder
    self.shape = shape
  }

  /// The header's text as NumPy writes it, before padding.
  static func text(descriptor: String, shape: [Int]) -> String {
    let extents = shape.count == 1 ? "\(shape[0])," : shape.map(String.init).joined(separator: ", ")
    return "{'descr': '\(descriptor)', 'fortran_order': False, 'shape': (\(extents)), }"
  }

  static func malformed(_ found: String) -> NPYError {
    NPYError(
      "the NPY header is damaged: \(found)", hint: "write the file again with np.save(path, array)")
  }

  /// A cursor over the header's bytes.
  private struct Reader {
    var rest: ArraySlice<UInt8>

    mutating func skipSpace() {
      while let byte = rest.first, byte == 0x20 || byte == 0x0a { rest.removeFirst() }
    }

    var isAtEnd: Bool {
      mutating get {
        skipSpace()
        return rest.isEmpty
      }
    }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
      skipSpace()
      guard rest.first == UInt8(ascii: character) else { return false }
      rest.removeFirst()
      return true
    }

    mutating func expect(_ character: Unicode.Scalar) throws(NPYError) {
      guard skip(character) else { throw malformed("\"\(character)\" expected") }
    }

    mutating func quoted() throws(NPYError) -> String {
      skipSpace()
      guard let quote = rest.popFirst(), quote == 0x27 || quote == 0x22,
        let end = rest.firstIndex(of: quote)
      else { throw malformed("a quoted word expected") }
      defer { rest = rest[(end + 1)...] }
      return String(decoding: rest[..<end], as: UTF8.self)
    }

    mutating func descriptor() throws(NPYError) -> String {
      skipSpace()
      guard rest.first != UInt8(ascii: "["), rest.first != UInt8(ascii: "(") else {
        throw NPYError(
          "the array is a table of named fields, not of numbers of one type",
          hint: "save one field, or a plain 2-D array of np.float32")
      }
      return try quoted()
    }

    mutating func boolean() throws(NPYError) -> Bool {
      skipSpace()
      for (word, value) in [("True", true), ("False", false)] where rest.starts(with: word.utf8) {
        rest.removeFirst(word.utf8.count)
        return value
      }
      throw malformed("True or False expected")
    }

    mutating func tuple() throws(NPYError) -> [Int] {
      try expect("(")
      var extents: [Int] = []
      while !skip(")") {
        skipSpace()
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard let extent = Int(String(decoding: digits, as: UTF8.self)) else {
          throw malformed("an extent of the shape is not a number that fits 63 bits")
        }
        rest.removeFirst(digits.count)
        // Python 2 wrote long integers with this suffix.
        if rest.first == UInt8(ascii: "L") { rest.removeFirst() }
        extents.append(extent)
        if !skip(",") {
          try expect(")")
          break
        }
      }
      return extents
    }
  }
}
