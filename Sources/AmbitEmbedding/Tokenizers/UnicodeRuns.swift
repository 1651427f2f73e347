/// Reads the notation of `UnicodeTables`. The tables are ours, so a fault in them is a bug and traps.
enum UnicodeRuns {
  /// The runs `first-last` or single code points of a set.
  static func ranges(_ table: StaticString) -> [ClosedRange<UInt32>] {
    words(of: table).map { word in
      let ends = word.split(separator: UInt8(ascii: "-")).map(number)
      return ends[0]...ends[ends.count - 1]
    }
  }

  /// The code points of a mapping with what they map to.
  static func mappings(_ table: StaticString) -> [(code: UInt32, targets: [UInt32])] {
    words(of: table).flatMap { word -> [(code: UInt32, targets: [UInt32])] in
      if let equals = word.firstIndex(of: UInt8(ascii: "=")) {
        let targets = word[(equals + 1)...].split(separator: UInt8(ascii: ".")).map(number)
        return [(number(word[..<equals]), targets)]
      }
      let slash = word.firstIndex(of: UInt8(ascii: "/"))!
      let ends = word[..<slash].split(separator: UInt8(ascii: "-")).map(number)
      let step = number(word[slash + 1...slash + 1])
      let difference = number(word[(slash + 3)...])
      let isNegative = word[slash + 2] == UInt8(ascii: "-")
      return stride(from: ends[0], through: ends[1], by: Int(step)).map { code in
        (code, [isNegative ? code - difference : code + difference])
      }
    }
  }

  private static func words(of table: StaticString) -> [ArraySlice<UInt8>] {
    UnsafeBufferPointer(start: table.utf8Start, count: table.utf8CodeUnitCount)
      .withMemoryRebound(to: UInt8.self) { Array($0) }
      .split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> UInt32 {
    digits.reduce(0) { value, digit in
      value << 4 | UInt32(digit >= UInt8(ascii: "a") ? digit - 87 : digit - 48)
    }
  }
}
