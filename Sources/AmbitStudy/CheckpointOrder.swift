package import AmbitCorpus
package import AmbitMeasures

/// Whether and how the checkpoints of a study follow one another.
package struct CheckpointOrder {
  /// One chain of checkpoints.
  package struct Chain {
    /// What the user calls it; nil where it is all checkpoints of the study.
    package let name: String?
    /// The baseline, then the others in order, by place in the study.
    package let path: [Int]
    /// The training step of each of `path`; nil where it is not known, and for a baseline that has none.
    package let steps: [Double?]
  }

  /// The chains that are read as a whole: those that the user named, else all checkpoints where their steps
  /// are numbered or they are compared one after another.
  package let lineages: [Chain]
  /// The baseline, then the others in the order of the study, or of the one lineage that there is.
  package let path: [Int]
  /// The training step of every checkpoint, by place in the study: as given, or the number in its name; 0
  /// for a baseline without one. `nil` where one is not known.
  package let drawnSteps: [Double]?
  /// Whether a path may be drawn through them: a few, in the order in which the user gave them, or many
  /// that are numbered, as steps are. Never through the files of a folder in the order of the alphabet.
  package let isDrawnAsPath: Bool
  /// The chains that lines are drawn along, by place in the study; nil for one through all.
  package let lines: [[Int]]?

  /// The most checkpoints that are drawn as a path without numbers.
  private static let drawnLength = 6

  init(
    _ corpus: MatchedCorpus, isGiven: Bool, comparisons: InferenceSettings.Comparisons
  ) {
    self.init(
      corpus.checkpointNames, baseline: corpus.baselineIndex, isGiven: isGiven,
      comparisons: comparisons,
      given: corpus.checkpoints.map(\.step), lineages: corpus.lineages)
  }

  /// - Parameters:
  ///   - isGiven: whether the user put the checkpoints in their order; where unknown, whether it is
  ///     another than that of their names.
  ///   - given: the steps that are known otherwise than by name, one a checkpoint or none at all.
  package init(
    _ names: [String], baseline: Int, isGiven: Bool? = nil,
    comparisons: InferenceSettings.Comparisons,
    given: [Double?] = [], lineages: [CheckpointLineage] = []
  ) {
    let numbers = StepNumbers(names, given: given)
    let others = names.indices.filter { $0 != baseline }
    let all = numbers.steps(of: others)
    drawnSteps = all.map { steps in
      var drawn = [Double](repeating: 0, count: names.count)
      for (index, step) in zip(others, steps) { drawn[index] = step }
      drawn[baseline] = numbers.step(of: baseline, like: others) ?? 0
      return drawn
    }
    func chain(_ name: String?, _ members: [Int]) -> Chain {
      let later = Array(members.dropFirst())
      let steps = numbers.steps(of: later)
      return Chain(name: name, path: members, steps: [nil] + later.indices.map { steps?[$0] })
    }
    let whole = [baseline] + others
    path = lineages.count == 1 ? lineages[0].members : whole
    lines = lineages.isEmpty ? nil : lineages.map(\.members)
    if lineages.isEmpty {
      let isLineage =
        whole.count > 2 && (numbers.areNumbered(others) || comparisons == .consecutive)
      self.lineages = isLineage ? [chain(nil, whole)] : []
      let ownNames = others.map { names[$0] }
      let isGiven = isGiven ?? (ownNames.sorted(by: NaturalOrder.precedes) != ownNames)
      isDrawnAsPath =
        others.count == 1 || numbers.areNumbered(others) || comparisons == .consecutive
        || (isGiven && others.count <= Self.drawnLength)
    } else {
      self.lineages = lineages.map { chain($0.name, $0.members) }
      isDrawnAsPath = lineages.count == 1
    }
  }
}

/// The training steps of checkpoints: as given, else the one number in which their names differ.
private struct StepNumbers {
  private let names: [String]
  private let given: [Double?]

  init(_ names: [String], given: [Double?]) {
    self.names = names
    self.given = given.isEmpty ? names.map { _ in nil } : given
  }

  /// Whether the checkpoints are told apart by number: by their steps, or by numbers in names that are
  /// otherwise the same.
  func areNumbered(_ checkpoints: [Int]) -> Bool {
    guard checkpoints.count > 1 else { return false }
    if givenSteps(checkpoints) != nil { return true }
    let patterns = Set(checkpoints.map(pattern))
    return patterns.count == 1 && patterns.first!.contains("#")
  }

  /// One step a checkpoint; nil where one is not known.
  func steps(of checkpoints: [Int]) -> [Double]? {
    if let steps = givenSteps(checkpoints) { return steps }
    return place(checkpoints).map { place in checkpoints.map { numbers($0)[place] } }
  }

  /// The step of one more checkpoint, where it is given or its name is like those of the others.
  func step(of checkpoint: Int, like others: [Int]) -> Double? {
    if let step = given[checkpoint] { return step }
    guard let first = others.first, pattern(first) == pattern(checkpoint) else { return nil }
    return place(others).map { numbers(checkpoint)[$0] }
  }

  /// The steps that were given, where all were and no two are the same.
  private func givenSteps(_ checkpoints: [Int]) -> [Double]? {
    let steps = checkpoints.compactMap { given[$0] }
    return !steps.isEmpty && steps.count == checkpoints.count && Set(steps).count == steps.count
      ? steps : nil
  }

  /// Which of the numbers in the names differs, such as the second of `olmo2-step-900`.
  private func place(_ checkpoints: [Int]) -> Int? {
    guard checkpoints.count > 1, Set(checkpoints.map(pattern)).count == 1 else { return nil }
    let found = checkpoints.map(numbers)
    let places = found[0].indices.filter { place in Set(found.map { $0[place] }).count > 1 }
    return places.count == 1 ? places[0] : nil
  }

  private func pattern(_ index: Int) -> String { names[index].replacing(/[0-9]+/, with: "#") }

  private func numbers(_ index: Int) -> [Double] {
    names[index].matches(of: /[0-9]+/).compactMap { Double(names[index][$0.range]) }
  }
}
