package import AmbitMeasures

/// Measures that were chosen from those there are.
package struct ChosenMeasures: Sendable, Equatable {
  /// What the user gave.
  let words: [String]
  private let ids: Set<String>
  /// Those that were named one by one: where one of them is refused, so is the run.
  private let named: [String]

  init(words: [String], ids: Set<String>, named: [String]) {
    self.words = words
    self.ids = ids
    self.named = named
  }

  package func contains(_ measure: any Measure) -> Bool { ids.contains(measure.id) }

  /// - Throws: `Refusal` where a measure that was named has no value in any row, and where no measure has.
  package func checkTaken(_ rows: [Measurement], hint: String? = nil) throws {
    let hint = hint ?? "leave it out of --measures; --force writes its rows without a value"
    for id in named {
      let own = rows.filter { $0.metric == id }
      guard !own.contains(where: { $0.value != nil }) else { continue }
      throw Refusal(
        own.first.map { "`\(id)` is refused here: \(Endpoint($0).reason)" }
          ?? "`\(id)` cannot be taken of this input",
        hint: own.isEmpty && id == "split_half_spread"
          ? "`ambit run --halves` embeds the halves of texts that it is taken of" : hint)
    }
    guard rows.contains(where: { $0.value != nil }) else {
      throw Refusal("none of the chosen measures can be taken of this input", hint: hint)
    }
  }
}
