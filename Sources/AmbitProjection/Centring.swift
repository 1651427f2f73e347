internal import AmbitMatrix

/// Which means are removed from the rows before a plane is fitted.
public enum Centring: String, CaseIterable, Sendable {
  /// Nothing: topics and drift stay visible.
  case none
  /// Each prompt's mean within its checkpoint: shrinkage without drift.
  case within
  /// Each prompt's mean over all checkpoints: drift of style without topics. Such residuals mix the
  /// checkpoints, so they are for pictures; no number may be taken from them.
  case prompt

  /// The name of the space that `componentCount` principal components of such rows span: `pca2`,
  /// `pca2_within`, `pca2_prompt`.
  public func space(componentCount: Int) -> String {
    self == .none ? "pca\(componentCount)" : "pca\(componentCount)_\(rawValue)"
  }

  /// The checkpoints with those means removed, in the same order and shape. O(rows × columns).
  ///
  /// For `prompt` a prompt's mean is the mean of its checkpoints' means, so that each has the same
  /// say; a checkpoint without rows of that prompt has none. With `within` the rows of a prompt that
  /// has a single sample become zero. Sums are taken in `Double`.
  ///
  /// All checkpoints have the same prompts and the same width.
  ///
  /// - Throws: `ProjectionError` for `within` where no prompt of any checkpoint has two samples.
  public func applied(to checkpoints: [PromptedRows]) throws(ProjectionError) -> [PromptedRows] {
    let centred = try stack(of: checkpoints)
    return checkpoints.enumerated().map { index, rows in
      PromptedRows(matrix: centred[index], promptOffsets: rows.promptOffsets)
    }
  }

  /// The same, each checkpoint made anew whenever it is looked at.
  func stack(of checkpoints: [PromptedRows]) throws(ProjectionError) -> MatrixStack {
    let promptCount = checkpoints.first?.promptCount ?? 0
    precondition(
      checkpoints.allSatisfy { $0.promptCount == promptCount }, "checkpoints share their prompts")
    func stack(_ part: @escaping @Sendable (PromptedRows) -> Matrix) -> MatrixStack {
      MatrixStack(
        rowCounts: checkpoints.map(\.matrix.rowCount),
        columnCount: checkpoints.first?.matrix.columnCount ?? 0
      ) { part(checkpoints[$0]) }
    }
    switch self {
    case .none: return stack { $0.matrix }
    case .within:
      let hasTwo = checkpoints.contains { rows in
        (0..<promptCount).contains { rows.rows(ofPrompt: $0).count > 1 }
      }
      guard hasTwo else { throw ProjectionError(.noPromptWithTwoSamples) }
      return stack { rows in
        Self.removing(from: rows) { prompt in rows.mean(ofPrompt: prompt) }
      }
    case .prompt:
      let means = (0..<promptCount).map { prompt in
        Self.mean(of: checkpoints.compactMap { $0.mean(ofPrompt: prompt) })
      }
      return stack { rows in Self.removing(from: rows) { means[$0] } }
    }
  }

  private static func removing(
    from rows: PromptedRows, _ mean: (Int) -> [Double]?
  ) -> Matrix {
    let width = rows.matrix.columnCount
    var values = rows.matrix.values
    for prompt in 0..<rows.promptCount {
      guard let mean = mean(prompt) else { continue }
      for row in rows.rows(ofPrompt: prompt) {
        for column in 0..<width {
          let index = row * width + column
          values[index] = Float(Double(values[index]) - mean[column])
        }
      }
    }
    return Matrix(rowCount: rows.matrix.rowCount, columnCount: width, values: values)
  }

  private static func mean(of means: [[Double]]) -> [Double]? {
    guard var sum = means.first else { return nil }
    for mean in means.dropFirst() {
      for column in sum.indices { sum[column] += mean[column] }
    }
    return sum.map { $0 / Double(means.count) }
  }
}

extension PromptedRows {
  /// The mean row of prompt `index`; `nil` where it has no rows.
  fileprivate func mean(ofPrompt index: Int) -> [Double]? {
    let range = rows(ofPrompt: index)
    guard !range.isEmpty else { return nil }
    let width = matrix.columnCount
    var sum = [Double](repeating: 0, count: width)
    for row in range {
      for column in 0..<width { sum[column] += Double(matrix.values[row * width + column]) }
    }
    return sum.map { $0 / Double(range.count) }
  }
}
