/// The writing system of letters, coarse enough to tell which languages a file may hold.
package enum Script {
  /// First and last code point of the blocks that matter, in order, and the script of their letters.
  /// Source: Unicode's Scripts.txt, neighbouring blocks of one script joined.
  private static let ranges: [(UInt32, UInt32, String)] = [
    (0x0041, 0x005A, "Latin"), (0x0061, 0x007A, "Latin"), (0x00AA, 0x024F, "Latin"),
    (0x0250, 0x02AF, "Latin"), (0x0370, 0x03FF, "Greek"), (0x0400, 0x052F, "Cyrillic"),
    (0x0531, 0x058F, "Armenian"), (0x0591, 0x05F4, "Hebrew"), (0x0600, 0x06FF, "Arabic"),
    (0x0700, 0x074F, "Syriac"), (0x0750, 0x077F, "Arabic"), (0x0780, 0x07BF, "Thaana"),
    (0x08A0, 0x08FF, "Arabic"), (0x0900, 0x097F, "Devanagari"), (0x0980, 0x09FF, "Bengali"),
    (0x0A00, 0x0A7F, "Gurmukhi"), (0x0A80, 0x0AFF, "Gujarati"), (0x0B00, 0x0B7F, "Oriya"),
    (0x0B80, 0x0BFF, "Tamil"), (0x0C00, 0x0C7F, "Telugu"), (0x0C80, 0x0CFF, "Kannada"),
    (0x0D00, 0x0D7F, "Malayalam"), (0x0D80, 0x0DFF, "Sinhala"), (0x0E00, 0x0E7F, "Thai"),
    (0x0E80, 0x0EFF, "Lao"), (0x0F00, 0x0FFF, "Tibetan"), (0x1000, 0x109F, "Myanmar"),
    (0x10A0, 0x10FF, "Georgian"), (0x1100, 0x11FF, "Hangul"), (0x1200, 0x139F, "Ethiopic"),
    (0x13A0, 0x13FF, "Cherokee"), (0x1780, 0x17FF, "Khmer"), (0x1800, 0x18AF, "Mongolian"),
    (0x1C80, 0x1C8F, "Cyrillic"), (0x1C90, 0x1CBF, "Georgian"), (0x1D00, 0x1D25, "Latin"),
    (0x1E00, 0x1EFF, "Latin"), (0x1F00, 0x1FFF, "Greek"), (0x2C60, 0x2C7F, "Latin"),
    (0x2D00, 0x2D2F, "Georgian"), (0x2D80, 0x2DDF, "Ethiopic"), (0x2DE0, 0x2DFF, "Cyrillic"),
    (0x3005, 0x3007, "Han"), (0x3041, 0x309F, "Hiragana"), (0x30A0, 0x30FF, "Katakana"),
    (0x3105, 0x312F, "Bopomofo"), (0x3131, 0x318E, "Hangul"), (0x31A0, 0x31BF, "Bopomofo"),
    (0x31F0, 0x31FF, "Katakana"), (0x3400, 0x4DBF, "Han"), (0x4E00, 0x9FFF, "Han"),
    (0xA640, 0xA69F, "Cyrillic"), (0xA720, 0xA7FF, "Latin"), (0xA8E0, 0xA8FF, "Devanagari"),
    (0xA960, 0xA97F, "Hangul"), (0xAB30, 0xAB6F, "Latin"), (0xAC00, 0xD7FF, "Hangul"),
    (0xF900, 0xFAFF, "Han"), (0xFB00, 0xFB06, "Latin"), (0xFB1D, 0xFB4F, "Hebrew"),
    (0xFB50, 0xFDFF, "Arabic"), (0xFE70, 0xFEFC, "Arabic"), (0xFF21, 0xFF5A, "Latin"),
    (0xFF66, 0xFF9F, "Katakana"), (0x1B000, 0x1B16F, "Hiragana"), (0x20000, 0x3FFFF, "Han"),
  ]

  /// The script of a letter, `Other` where it stands in no block listed; nil for what is no letter.
  package static func of(_ scalar: Unicode.Scalar) -> String? {
    guard scalar.properties.isAlphabetic else { return nil }
    return index(of: scalar.value).map { ranges[$0].2 } ?? "Other"
  }

  private static func index(of value: UInt32) -> Int? {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].1 < value { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].0 <= value ? low : nil
  }

  /// For each code point of the basic plane 0 for no letter, 1 for `Other`, else 2 + the range it is in:
  /// asking Unicode's tables for every letter of a large file takes seconds.
  private static let basicPlane: [UInt8] = (0..<0x10000).map { value in
    guard let scalar = Unicode.Scalar(UInt32(value)), scalar.properties.isAlphabetic else {
      return 0
    }
    return index(of: scalar.value).map { UInt8($0 + 2) } ?? 1
  }

  /// The share of each script among the letters of texts, largest first, names in order on a tie.
  package static func shares(_ texts: some Sequence<String>) -> [(script: String, share: Double)] {
    precondition(ranges.count < 250, "a range fits a byte")
    let table = basicPlane
    var counts = [Int](repeating: 0, count: 256)
    for var text in texts {
      let isASCII = text.withUTF8 { bytes in
        var letters = 0
        var seen: UInt8 = 0
        for byte in bytes {
          seen |= byte
          letters += (byte | 0x20) &- 0x61 < 26 ? 1 : 0
        }
        guard seen < 0x80 else { return false }
        counts[Int(table[0x61])] += letters
        return true
      }
      guard !isASCII else { continue }
      for scalar in text.unicodeScalars {
        if scalar.value < 0x10000 {
          counts[Int(table[Int(scalar.value)])] += 1
        } else if scalar.properties.isAlphabetic {
          counts[index(of: scalar.value).map { $0 + 2 } ?? 1] += 1
        }
      }
    }
    var byScript: [String: Int] = [:]
    for (code, count) in counts.enumerated().dropFirst() where count > 0 {
      byScript[code == 1 ? "Other" : ranges[code - 2].2, default: 0] += count
    }
    let total = Double(byScript.values.reduce(0, +))
    return byScript.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { ($0.key, Double($0.value) / total) }
  }
}
