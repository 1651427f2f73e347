import AmbitCorpus
import AmbitMeasures
import AmbitProjection

/// Matched rows and their spaces to numbers.
enum MeasuringStage {
  /// The design of a matched corpus. Prompts that a checkpoint has no rows of are not its prompts.
  static func design(of corpus: MatchedCorpus) -> Design {
    var ids: [[String]] = []
    var offsets: [[Int]] = []
    for own in corpus.promptOffsets {
      let filled = corpus.prompts.indices.filter { own[$0] < own[$0 + 1] }
      ids.append(filled.map { corpus.prompts[$0].id })
      offsets.append([0] + filled.map { own[$0 + 1] })
    }
    var design = Design(
      checkpoints: corpus.checkpointNames, baseline: corpus.baselineIndex, promptIDs: ids,
      promptOffsets: offsets, hasPrompts: corpus.hasPrompts)
    design.lineages = corpus.lineages.map(\.members)
    return design
  }

  /// The measures of vectors and planes that are wanted.
  static func suite(_ settings: StudySettings) -> MeasureSuite {
    settings.measures.map { MeasureSuite.standard.keeping($0.contains) } ?? .standard
  }

  /// The spaces to measure in. That of a map of neighbours is there to be refused, or forced.
  static func spaces(
    _ embedded: EmbeddedCorpus, _ planes: [JointPlane], _ map: StudyMap?
  ) -> [MeasuredSpace] {
    [embeddingSpace(embedded)]
      + planes.map { MeasuredSpace(id: $0.basis.space, coordinates: $0.coordinates) }
      + (map.map { [MeasuredSpace(id: $0.space, coordinates: $0.coordinates)] } ?? [])
  }

  /// The space of the vectors themselves.
  static func embeddingSpace(_ embedded: EmbeddedCorpus) -> MeasuredSpace {
    MeasuredSpace(
      id: "embedding", coordinates: embedded.matrices,
      calibratedRadius: CalibratedRadius.value(forFingerprint: embedded.fingerprint),
      halves: embedded.halves)
  }
}
