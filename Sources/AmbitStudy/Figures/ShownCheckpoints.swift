/// Which of many checkpoints have a panel of their own in a figure.
package struct ShownCheckpoints {
  /// Places in the study, ascending.
  package let indices: [Int]
  /// What to tell under the figure; nil where all are shown.
  package let note: String?

  /// More panels than these fill more than a page, and nobody compares them.
  package static let mostPanels = 24

  /// The baseline and of the others as many as there is room for, evenly spaced, the first and the last
  /// among them.
  package init(of count: Int, baseline: Int, most: Int = mostPanels) {
    let others = (0..<count).filter { $0 != baseline }
    guard count > most else {
      (indices, note) = (Array(0..<count), nil)
      return
    }
    let step = Double(others.count - 1) / Double(max(1, most - 2))
    let shown = Set((0..<most - 1).map { others[Int((Double($0) * step).rounded())] } + [baseline])
    indices = shown.sorted()
    note = "\(indices.count) of \(count) checkpoints are shown, evenly spaced."
  }

  /// The place of a checkpoint of the study among those shown.
  package func place(of checkpoint: Int) -> Int? { indices.firstIndex(of: checkpoint) }

  /// What is shown of a list with one entry a checkpoint.
  package func of<Element>(_ all: [Element]) -> [Element] { indices.map { all[$0] } }
}
