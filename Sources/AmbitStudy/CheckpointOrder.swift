import AmbitCorpus
package import AmbitMeasures

/// Whether and how the checkpoints of a study follow one another.
package struct CheckpointOrder {
  /// The baseline, then the others in the order of the study, by place.
  package let path: [Int]
  /// The number in each name of `path`; `nil` for the baseline, and where names differ in more than one
  /// number.
  package let steps: [Double?]
  /// The training step of every checkpoint, by place in the study: the number in its name, 0 for a
  /// baseline named otherwise. `nil` where one is not known.
  package let drawnSteps: [Double]?
  private let isNumbered: Bool
  private let isGiven: Bool
  private let comparisons: InferenceSettings.Comparisons

  /// The most checkpoints that are drawn as a path without numbers in their names.
  private static let drawnLength = 6

  init(
    _ corpus: MatchedCorpus, isGiven: Bool, comparisons: InferenceSettings.Comparisons
  ) {
    self.init(
      corpus.checkpointNames, baseline: corpus.baselineIndex, isGiven: isGiven,
      comparisons: comparisons)
  }

  /// - Parameter isGiven: whether the user put the checkpoints in their order; where unknown, whether it is
  ///   another than that of their names.
  package init(
    _ names: [String], baseline: Int, isGiven: Bool? = nil,
    comparisons: InferenceSettings.Comparisons
  ) {
    let others = names.indices.filter { $0 != baseline }
    path = [baseline] + others
    let ownNames = others.map { names[$0] }
    self.isGiven =
      isGiven ?? (others.count < 2 || ownNames.sorted(by: NaturalOrder.precedes) != ownNames)
    self.comparisons = comparisons
    func pattern(_ index: Int) -> String { names[index].replacing(/[0-9]+/, with: "#") }
    func numbers(_ index: Int) -> [Double] {
      names[index].matches(of: /[0-9]+/).compactMap { Double(names[index][$0.range]) }
    }
    let patterns = Set(others.map(pattern))
    let isNumbered = others.count > 1 && patterns.count == 1 && patterns.first!.contains("#")
    self.isNumbered = isNumbered
    let found = others.map(numbers)
    // The one number in which names differ, such as `step-900` of `olmo2-step-900`.
    let places = (found.first ?? []).indices.filter { place in
      isNumbered && Set(found.map { $0[place] }).count > 1
    }
    let own = places.count == 1 ? found.map { $0[places[0]] } : nil
    steps = [nil] + others.indices.map { own?[$0] }
    drawnSteps = own.map { own in
      var drawn = [Double](repeating: 0, count: names.count)
      for (index, step) in zip(others, own) { drawn[index] = step }
      if patterns.contains(pattern(baseline)) { drawn[baseline] = numbers(baseline)[places[0]] }
      return drawn
    }
  }

  /// Whether a path may be drawn through them: a few, in the order in which the user gave them, or many
  /// whose names differ in a number alone, as steps do. Never through the files of a folder in the order
  /// of the alphabet.
  package var isDrawnAsPath: Bool {
    path.count == 2 || isNumbered || comparisons == .consecutive
      || (isGiven && path.count - 1 <= Self.drawnLength)
  }

  /// Whether each is said to come out of the one before: numbered steps, or compared one after another.
  package var isLineage: Bool { path.count > 2 && (isNumbered || comparisons == .consecutive) }
}
