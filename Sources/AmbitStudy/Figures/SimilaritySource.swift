import AmbitCorpus
import AmbitFormats
import AmbitMatrix
import AmbitMeasures
import AmbitRendering

/// How alike the outputs of every two checkpoints are to the same prompts, and to different ones.
///
/// To the same: the mean over shared prompts of the mean cosine between the outputs of one and of the other;
/// on the diagonal between different outputs of the one, so that a checkpoint is not alike itself for
/// free. To different prompts: the mean cosine over all such pairs, what a style alone has in common.
enum SimilaritySource: FigureSource {
  typealias Drawn = SimilarityFigure

  private static let most = 60

  static func figures(of findings: StudyFindings) -> [StudyFigure] {
    let corpus = findings.corpus
    guard corpus.hasPrompts, (3...most).contains(corpus.checkpoints.count) else { return [] }
    let sums = corpus.checkpoints.indices.map { index in
      promptSums(findings.embedded.matrices[index], offsets: corpus.promptOffsets[index])
    }
    let likenesses: [(label: String, of: (PromptSums, PromptSums, Bool) -> Double?)] = [
      ("same prompt", samePrompt), ("different prompts", differentPrompts),
    ]
    let panels = likenesses.map { likeness in
      SimilarityFigure.Panel(
        label: "cosine, \(likeness.label)",
        values: sums.indices.map { row in
          sums.indices.map { column in likeness.of(sums[row], sums[column], row == column) }
        })
    }
    let figure = SimilarityFigure(
      checkpoints: findings.checkpoints, panels: panels,
      text: FigureText(caption: "Mean cosine of outputs. \(findings.words.counts)."))
    let same = panels[0].values
    let hasDiagonal = same.indices.contains { same[$0][$0] != nil }
    let caption = """
      Mean cosine similarity between the outputs of every two checkpoints to the same prompt, averaged \
      over prompts, and to different prompts: what a shared style alone makes alike. \
      \(hasDiagonal ? "On the diagonal: between different outputs of one checkpoint. " : "")\
      \(findings.words.ending)
      """
    var table = CSVWriter(header: ["prompts", "checkpoint", "other", "cosine"])
    for (panel, likeness) in zip(panels, likenesses) {
      for (row, name) in corpus.checkpointNames.enumerated() {
        for (column, other) in corpus.checkpointNames.enumerated() {
          if let value = panel.values[row][column] {
            table.append([likeness.label, name, other, DecimalText.shortest(value)])
          }
        }
      }
    }
    return [StudyFigure(figure, caption: caption, table: table)]
  }

  private typealias PromptSums = [(sum: [Double], count: Int)]

  /// Per prompt, the sum of the unit vectors of its outputs, and how many there are.
  private static func promptSums(_ rows: Matrix, offsets: [Int]) -> PromptSums {
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

  private static func samePrompt(
    _ left: PromptSums, _ right: PromptSums, isSame: Bool
  ) -> Double? {
    var total = 0.0
    var prompts = 0
    for (own, other) in zip(left, right) {
      let pairs = isSame ? own.count * (own.count - 1) : own.count * other.count
      guard pairs > 0 else { continue }
      let product = product(own.sum, other.sum)
      total += (isSame ? product - Double(own.count) : product) / Double(pairs)
      prompts += 1
    }
    return prompts > 0 ? total / Double(prompts) : nil
  }

  private static func differentPrompts(
    _ left: PromptSums, _ right: PromptSums, isSame: Bool
  ) -> Double? {
    var pairs = left.reduce(0) { $0 + $1.count } * right.reduce(0) { $0 + $1.count }
    var total = product(whole(left), whole(right))
    for (own, other) in zip(left, right) {
      pairs -= own.count * other.count
      total -= product(own.sum, other.sum)
    }
    return pairs > 0 ? total / Double(pairs) : nil
  }

  private static func whole(_ sums: PromptSums) -> [Double] {
    var whole = [Double](repeating: 0, count: sums.first?.sum.count ?? 0)
    for own in sums { for index in whole.indices { whole[index] += own.sum[index] } }
    return whole
  }

  private static func product(_ left: [Double], _ right: [Double]) -> Double {
    var product = 0.0
    for index in left.indices { product += left[index] * right[index] }
    return product
  }
}
