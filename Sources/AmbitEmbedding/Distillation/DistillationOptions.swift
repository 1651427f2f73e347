/// How a static model is distilled.
public struct DistillationOptions: Sendable {
  /// Columns of the table: at most the teacher's.
  public var dimension = 256
  /// p: a token met c times counts c^p.
  public var countPower = 0.85
  /// a of the token weight a / (a + frequency): the larger, the more common words count.
  public var frequencySmoothing = 1e-3
  /// The ridge penalties to try; the one whose held-out cosines rank nearest to the teacher's is taken.
  public var penalties = [1.0, 2, 4]
  /// The fewest and the most words of the pieces that passages are cut into.
  public var pieceWords = 5...200
  /// The most pieces to fit to; every family of sources gives as many words, until it has no more.
  public var textLimit = 100_000
  /// The share of passages that is held out to judge by.
  public var heldOutShare = 0.05
  /// Families of sources of which every passage is held out.
  public var heldOutFamilies: [String] = []
  /// What decides lengths, order and who is held out.
  public var seed: UInt64 = 0

  /// The defaults, with which the shipped model was made.
  public init() {}

  /// Throws `DistillationError` for values that make no sense.
  func check(teacherDimension: Int) throws {
    func require(_ condition: Bool, _ message: String, _ hint: String) throws {
      if !condition { throw DistillationError(message, hint: hint) }
    }
    try require(
      (1...teacherDimension).contains(dimension),
      "\(dimension) columns asked of a teacher of \(teacherDimension)",
      "give --dimension 1 to \(teacherDimension)")
    try require(
      (0...1).contains(countPower) && frequencySmoothing > 0,
      "the count power lies in 0…1 and the smoothing above 0", "leave them out for the defaults")
    try require(textLimit > 0, "the most pieces to fit to are \(textLimit)", "give thousands")
    try require(
      !penalties.isEmpty && penalties.allSatisfy { $0 > 0 }, "a penalty is not above 0",
      "give penalties such as 0.3")
    try require(
      (0...0.5).contains(heldOutShare), "the held-out share is not in 0…0.5", "give 0.05")
    try require(pieceWords.lowerBound >= 1, "pieces have at least one word", "give 5 to 200")
  }
}

/// Why a model cannot be distilled.
public struct DistillationError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was expected and found.
  public let message: String
  /// What to do about it.
  public let hint: String

  init(_ message: String, hint: String) {
    self.message = message
    self.hint = hint
  }

  /// The message and the hint on two lines.
  public var description: String { "\(message)\nhint: \(hint)" }
}
