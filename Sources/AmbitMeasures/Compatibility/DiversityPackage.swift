package import AmbitMatrix

/// The numbers of the Python package `diversity` 0.3.1 for a list of texts.
///
/// Offered: `compression_ratio` by gzip, `homogenization_score` by ROUGE-L, `self_repetition_score`,
/// `ngram_diversity_score`. Not offered: xz and the scores that load a model or a script. All but
/// self-repetition are rounded to three decimals, as there.
///
/// Defects kept: the texts are compressed twice, by gzip at level 9 (`compression_ratio`); n-grams cross
/// from one text into the next, and blanks alone part words (`ngram_diversity_score`); where no two
/// texts share a word the score is 1, as if all were the same (`homogenization_score`). Source: Shaib
/// et al. 2024.
package enum DiversityPackage {
  /// - Parameter deflated: the bytes of some bytes in gzip at level 9, header and trailer included.
  package static func scores(
    of texts: [String], deflated: ([UInt8]) -> [UInt8], workers: Workers
  ) -> [PackageScore] {
    [
      PackageScore("compression_ratio", compressionRatio(texts, deflated: deflated)),
      PackageScore("homogenization_score(rougel)", homogenization(texts, workers: workers)),
      PackageScore("self_repetition_score", selfRepetition(texts)),
      PackageScore("ngram_diversity_score", ngramDiversity(texts)),
    ]
  }

  /// Bytes over the bytes of a gzip file of a gzip file; the outer header names the file `compressed`. The
  /// inner one holds the time, so that strictly the score depends on the clock: every time tried of the
  /// years 2020 to 2030 gives the same length, four zeros do not.
  static func compressionRatio(_ texts: [String], deflated: ([UInt8]) -> [UInt8]) -> Double {
    let bytes = Array(texts.joined(separator: " ").utf8)
    var once = deflated(bytes)
    once.replaceSubrange(4..<8, with: [0x00, 0xF1, 0x53, 0x65])
    let nameInHeader = "compressed".utf8.count + 1
    return rounded(Double(bytes.count) / Double(deflated(once).count + nameInHeader))
  }

  /// The mean over ordered pairs of texts of the F measure of ROUGE-L.
  static func homogenization(_ texts: [String], workers: Workers) -> Double {
    guard texts.count > 1 else { return .nan }
    var numbers: [String: Int32] = [:]
    let tokens = texts.map { text in
      rougeTokens(text).map { word -> Int32 in
        if let number = numbers[word] { return number }
        numbers[word] = Int32(numbers.count)
        return Int32(numbers.count - 1)
      }
    }
    let sums = workers.map(texts.count) { row -> Double in
      var sum = 0.0
      for other in texts.indices where other != row { sum += rougeL(tokens[other], tokens[row]) }
      return sum / Double(texts.count - 1)
    }
    let total = sums.reduce(0, +)
    return rounded(total == 0 ? 1 : total / Double(texts.count))
  }

  /// The mean over texts of `ln(1 + Σ (df − 1))` over the different 4-grams of a text.
  static func selfRepetition(_ texts: [String], n: Int = 4) -> Double {
    let grams = texts.map { Set(ngrams(pythonWords($0), n)) }
    var counts: [[[UInt8]]: Int] = [:]
    for own in grams { for gram in own { counts[gram, default: 0] += 1 } }
    let sum = grams.reduce(0.0) { sum, own in
      sum + Elementary.log(Double(own.reduce(0) { $0 + counts[$1]! } - own.count + 1))
    }
    return sum / Double(texts.count)
  }

  /// `Σ_{n=1..4} different n-grams / n-grams` of all texts joined by blanks.
  static func ngramDiversity(_ texts: [String]) -> Double {
    let words = texts.joined(separator: " ").utf8
      .split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false).map { Array($0) }
    return rounded(
      (1...4).reduce(0.0) { sum, n in
        let all = ngrams(words, n)
        return sum + Double(Set(all).count) / Double(all.count)
      })
  }

  // Words are bytes: to Swift, unlike to Python, two spellings of é are the same string.

  private static func ngrams(_ words: [[UInt8]], _ n: Int) -> [[[UInt8]]] {
    guard words.count >= n else { return [] }
    return (0...words.count - n).map { Array(words[$0..<$0 + n]) }
  }

  /// The words of Python's `str.split()`.
  private static func pythonWords(_ text: String) -> [[UInt8]] {
    text.unicodeScalars.split {
      $0.properties.isWhitespace || (0x1C...0x1F).contains($0.value)
    }.map { Array(String($0).utf8) }
  }

  /// Lower-case runs of ASCII letters and digits.
  private static func rougeTokens(_ text: String) -> [String] {
    text.lowercased().utf8.split {
      !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
        && !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
    }.map { String(decoding: $0, as: UTF8.self) }
  }

  private static func rougeL(_ target: [Int32], _ prediction: [Int32]) -> Double {
    guard !target.isEmpty, !prediction.isEmpty else { return 0 }
    var lengths = [Int](repeating: 0, count: prediction.count + 1)
    for word in target {
      var diagonal = 0
      for column in 1...prediction.count {
        let above = lengths[column]
        lengths[column] =
          word == prediction[column - 1] ? diagonal + 1 : max(above, lengths[column - 1])
        diagonal = above
      }
    }
    let common = Double(lengths[prediction.count])
    let precision = common / Double(prediction.count)
    let recall = common / Double(target.count)
    return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0
  }

  /// Python's `round(x, 3)`: of the two nearest decimals the one nearer to the binary number.
  static func rounded(_ value: Double) -> Double {
    guard value.isFinite, abs(value) < 1e12 else { return value }
    let whole = (value * 1000).rounded(.toNearestOrEven)
    // The product is rounded itself: take its neighbours, and compare without rounding.
    let best = [whole - 1, whole, whole + 1].min { a, b in
      let (left, right) = (distance(a, value), distance(b, value))
      return left != right ? left < right : a.truncatingRemainder(dividingBy: 2) == 0
    }!
    return best / 1000
  }

  /// `|thousandths − 1000 value|`, exact but for the last rounding.
  private static func distance(_ thousandths: Double, _ value: Double) -> Double {
    abs((-thousandths).addingProduct(1000, value))
  }
}
