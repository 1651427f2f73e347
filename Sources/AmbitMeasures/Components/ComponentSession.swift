/// What is taken in the leading components of both checkpoints together, which are found once.
struct ComponentSession: EngineSession {
  let frechet: FrechetEngine
  let classifier: ClassifierEngine
  let mauve: MauveEngine
  private var classifierNulls = PerCheckpoint<ClassifierNull>()
  private var mauveNulls = PerCheckpoint<MauveNull>()

  init(context: StudyContext, space: MeasuredSpace, measures: [any Measure]) {
    frechet = FrechetEngine(context: context, space: space, measures: measures)
    classifier = ClassifierEngine(context: context, space: space, measures: measures)
    mauve = MauveEngine(context: context, space: space, measures: measures)
  }

  mutating func comparedRows(checkpoint: Int, reference: Int) -> [(order: Int, row: Measurement)] {
    let (frechet, classifier, mauve) = (frechet, classifier, mauve)
    guard !(frechet.measures.isEmpty && classifier.isEmpty && mauve.isEmpty) else { return [] }
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
    if !mauve.isEmpty {
      let isTaken = mauve.context.settings.force || mauve.refusals(checkpoint, reference).isEmpty
      rows += mauve.comparedRows(
        checkpoint: checkpoint, reference: reference, components: components,
        null: isTaken ? mauveNulls.value(of: reference) { MauveNull(mauve, of: reference) } : nil)
    }
    return rows
  }
}
