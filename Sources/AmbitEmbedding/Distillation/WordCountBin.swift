/// A range of text lengths that a report tells apart.
struct WordCountBin: Sendable {
  let words: Range<Int>

  static let all = [0..<12, 12..<25, 25..<50, 50..<100, 100..<Int.max].map {
    WordCountBin(words: $0)
  }

  var label: String {
    words.upperBound == Int.max
      ? "\(words.lowerBound) or more" : "\(words.lowerBound) to \(words.upperBound - 1)"
  }
}
