internal import AmbitMatrix

/// The folds of a cross-validation, made of whole prompts.
///
/// All outputs to a prompt, of every checkpoint, lie in one fold, so no prompt is in both training and
/// test. Where there are no prompts each row is a unit of its own. Which prompts go together is drawn once
/// and for all, the same for every seed, so that a value is a function of the data alone.
package struct PromptFolds: Sendable {
  /// The rows of each fold, ascending, in the joint numbering of the checkpoints.
  package let rows: [[Int]]

  /// The most folds there are; fewer where there are fewer prompts.
  package static let most = 10

  /// - Parameter checkpoints: whose rows follow one another.
  package init(_ design: Design, checkpoints: [Int]) {
    var unitOfRow: [Int] = []
    var numbers: [String: Int] = [:]
    for checkpoint in checkpoints {
      guard design.hasPrompts else {
        unitOfRow += (0..<design.rowCount(of: checkpoint)).map { $0 + unitOfRow.count }
        continue
      }
      for (id, size) in zip(design.promptIDs[checkpoint], design.sampleCounts(of: checkpoint)) {
        let unit = numbers[id] ?? numbers.count
        numbers[id] = unit
        unitOfRow += [Int](repeating: unit, count: size)
      }
    }
    let unitCount = (unitOfRow.max() ?? -1) + 1
    let foldCount = min(Self.most, unitCount)
    var order = Array(0..<unitCount)
    var random = SeedStream.folds.generator(seed: 0, replicate: 0)
    random.shuffle(&order)
    var foldOfUnit = [Int](repeating: 0, count: unitCount)
    for (position, unit) in order.enumerated() { foldOfUnit[unit] = position % foldCount }
    var rows = [[Int]](repeating: [], count: foldCount)
    for (row, unit) in unitOfRow.enumerated() { rows[foldOfUnit[unit]].append(row) }
    self.rows = rows
  }
}
