/// What is taken in the leading components of both checkpoints together, which are found once.
struct ComponentSession: EngineSession {
  let frechet: FrechetEngine
  let classifier: ClassifierEngine
  private var classifierNulls = PerCheckpoint<ClassifierNull>()

  init(context: StudyContext, space: MeasuredSpace, measures: [any Measure]) {
    frechet = FrechetEngine(context: context, space: space, measures: measures)
    classifier = ClassifierEngine(context: context, space: space, measures: measures)
  }

  mutating func comparedRows(checkpoint: Int, reference: Int) -> [(order: Int, row: Measurement)] {
    let (frechet, classifier) = (frechet, classifier)
    guard !(frechet.measures.isEmpty && classifier.isEmpty) else { return [] }
    let components = LeadingComponents(
      frechet.space, checkpoint: checkpoint, reference: reference,
      workers: frechet.context.workers)
    var rows = frechet.comparedRows(
      checkpoint: checkpoint, reference: reference, components: components)
    if !classifier.isEmpty {
      rows += classifier.comparedRows(
        checkpoint: checkpoint, reference: reference, components: components,
        null: classifierNulls.value(of: reference) { ClassifierNull(classifier, of: reference) })
    }
    return rows
  }
}
