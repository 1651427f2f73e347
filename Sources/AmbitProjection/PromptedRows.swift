public import AmbitMatrix

/// The rows of one checkpoint, those of a prompt next to one another.
///
/// Rows `promptOffsets[p]..<promptOffsets[p + 1]` belong to prompt *p*, and prompt *p* is the same
/// prompt in every checkpoint that is handled together. A prompt may have no rows here.
public struct PromptedRows: Equatable, Sendable {
  /// One row per sample.
  public let matrix: Matrix
  /// The prompt boundaries: one more than there are prompts, rising from 0 to the row count.
  public let promptOffsets: [Int]

  /// Wraps rows that are already grouped by prompt.
  public init(matrix: Matrix, promptOffsets: [Int]) {
    precondition(
      promptOffsets.first == 0 && promptOffsets.last == matrix.rowCount,
      "offsets run from 0 to the row count")
    precondition(zip(promptOffsets, promptOffsets.dropFirst()).allSatisfy(<=), "offsets rise")
    self.matrix = matrix
    self.promptOffsets = promptOffsets
  }

  /// Rows without prompts: the samples of a single unnamed one.
  public init(withoutPrompts matrix: Matrix) {
    self.init(matrix: matrix, promptOffsets: [0, matrix.rowCount])
  }

  /// The number of prompts, those without rows included.
  public var promptCount: Int { promptOffsets.count - 1 }

  /// The rows of prompt `index`.
  public func rows(ofPrompt index: Int) -> Range<Int> {
    promptOffsets[index]..<promptOffsets[index + 1]
  }

  /// One weight a row: every prompt that has rows weighs the same, the samples of a prompt share its
  /// weight equally, and all weights add up to 1.
  ///
  /// Weights of several checkpoints, one list after another, give each checkpoint the same say.
  public var balancedWeights: [Double] {
    let filled = (0..<promptCount).lazy.filter { !rows(ofPrompt: $0).isEmpty }.count
    var weights: [Double] = []
    weights.reserveCapacity(matrix.rowCount)
    for prompt in 0..<promptCount {
      let count = rows(ofPrompt: prompt).count
      weights.append(
        contentsOf: repeatElement(1 / (Double(max(1, count)) * Double(filled)), count: count))
    }
    return weights
  }
}
