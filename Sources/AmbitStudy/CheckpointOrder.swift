import AmbitCorpus
import AmbitMeasures

/// Whether and how the checkpoints of a study follow one another.
struct CheckpointOrder {
  /// The baseline, then the others in the order of the study, by place.
  let path: [Int]
  /// The number in each name of `path`; `nil` for the baseline, and where names differ in more than one
  /// number.
  let steps: [Double?]
  private let isNumbered: Bool
  private let comparisons: InferenceSettings.Comparisons

  /// The most checkpoints that are drawn as a path without numbers in their names.
  private static let drawnLength = 6

  init(_ corpus: MatchedCorpus, comparisons: InferenceSettings.Comparisons) {
    let names = corpus.checkpointNames
    let others = names.indices.filter { $0 != corpus.baselineIndex }
    path = [corpus.baselineIndex] + others
    self.comparisons = comparisons
    let patterns = Set(others.map { names[$0].replacing(/[0-9]+/, with: "#") })
    let isNumbered = others.count > 1 && patterns.count == 1 && patterns.first!.contains("#")
    self.isNumbered = isNumbered
    let numbers = others.map { index in
      names[index].matches(of: /[0-9]+/).compactMap { Double(names[index][$0.range]) }
    }
    // The one number in which names differ, such as `step-900` of `olmo2-step-900`.
    let places = (numbers.first ?? []).indices.filter { place in
      isNumbered && Set(numbers.map { $0[place] }).count > 1
    }
    steps =
      [nil]
      + others.indices.map { place in
        places.count == 1 ? numbers[place][places[0]] : nil
      }
  }

  /// Whether a path may be drawn through them: a few, in the order in which the user gave them, or many
  /// whose names differ in a number alone, as steps do.
  var isDrawnAsPath: Bool { path.count - 1 <= Self.drawnLength || isNumbered }

  /// Whether each is said to come out of the one before: numbered steps, or compared one after another.
  var isLineage: Bool { path.count > 2 && (isNumbered || comparisons == .consecutive) }
}
