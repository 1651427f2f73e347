import AmbitCorpus
import AmbitFormats
import AmbitMatrix
import AmbitMeasures
import AmbitRendering

/// How alike the outputs of every two checkpoints are to the same prompts.
///
/// The mean over shared prompts of the mean cosine between the outputs of one and of the other; on the
/// diagonal between different outputs of the one, so that a checkpoint is not alike itself for free.
enum SimilaritySource: FigureSource {
  typealias Drawn = SimilarityFigure

  private static let most = 60

  static func figures(of findings: StudyFindings) -> [StudyFigure] {
    let corpus = findings.corpus
    guard corpus.hasPrompts, (3...most).contains(corpus.checkpoints.count) else { return [] }
    let sums = corpus.checkpoints.indices.map { index in
      promptSums(findings.embedded.matrices[index], offsets: corpus.promptOffsets[index])
    }
    let values = sums.indices.map { row in
      sums.indices.map { column in similarity(sums[row], sums[column], isSame: row == column) }
    }
    let figure = SimilarityFigure(
      checkpoints: findings.checkpoints, values: values,
      valueLabel: "mean cosine of outputs to the same prompt",
      text: FigureText(caption: "\(findings.words.counts)."))
    let hasDiagonal = values.indices.contains { values[$0][$0] != nil }
    let caption = """
      Mean cosine similarity between the outputs of every two checkpoints to the same prompt, averaged \
      over prompts. \(hasDiagonal ? "On the diagonal: between different outputs of one checkpoint. " : "")\
      \(findings.words.ending)
      """
    var table = CSVWriter(header: ["checkpoint", "other", "cosine"])
    for (row, name) in corpus.checkpointNames.enumerated() {
      for (column, other) in corpus.checkpointNames.enumerated() {
        if let value = values[row][column] {
          table.append([name, other, DecimalText.shortest(value)])
        }
      }
    }
    return [StudyFigure(figure, caption: caption, table: table)]
  }

  /// Per prompt, the sum of the unit vectors of its outputs, and how many there are.
  private static func promptSums(_ rows: Matrix, offsets: [Int]) -> [(sum: [Double], count: Int)] {
    zip(offsets, offsets.dropFirst()).map { start, end in
      var sum = [Double](repeating: 0, count: rows.columnCount)
      for row in start..<end {
        var square = 0.0
        for column in 0..<rows.columnCount {
          square += Double(rows[row, column]) * Double(rows[row, column])
        }
        guard square > 0 else { continue }
        let scale = 1 / square.squareRoot()
        for column in 0..<rows.columnCount { sum[column] += Double(rows[row, column]) * scale }
      }
      return (sum, end - start)
    }
  }

  private static func similarity(
    _ left: [(sum: [Double], count: Int)], _ right: [(sum: [Double], count: Int)], isSame: Bool
  ) -> Double? {
    var total = 0.0
    var prompts = 0
    for (own, other) in zip(left, right) {
      let pairs = isSame ? own.count * (own.count - 1) : own.count * other.count
      guard pairs > 0 else { continue }
      var product = 0.0
      for index in own.sum.indices { product += own.sum[index] * other.sum[index] }
      total += (isSame ? product - Double(own.count) : product) / Double(pairs)
      prompts += 1
    }
    return prompts > 0 ? total / Double(prompts) : nil
  }
}
