internal import AmbitMatrix

/// Kinds within prompts, and clusters of all outputs.
struct ClusterSession: EngineSession {
  let prompts: PromptClusterEngine
  let pooled: PooledClusterEngine
  private var pooledNulls = PerCheckpoint<PooledClusterNull>()

  init(context: StudyContext, space: MeasuredSpace, measures: [any Measure]) {
    prompts = PromptClusterEngine(context: context, space: space, measures: measures)
    pooled = PooledClusterEngine(context: context, space: space, measures: measures)
  }

  var clustering: Clustering? {
    prompts.isEmpty && pooled.clusters == nil
      ? nil
      : Clustering(
        radius: prompts.clusters == nil ? nil : prompts.radius?.value,
        isRadiusCalibrated: prompts.radius?.isCalibrated ?? false,
        clusterCount: pooled.clusters?.count, labels: pooled.clusters?.labels ?? [])
  }

  func promptRows(of checkpoint: Int) -> [PromptMeasurement] {
    prompts.promptRows(of: checkpoint)
  }

  func ownRows(of checkpoint: Int) -> [(order: Int, row: Measurement)] {
    prompts.ownRows(of: checkpoint) + pooled.ownRows(of: checkpoint)
  }

  mutating func comparedRows(checkpoint: Int, reference: Int) -> [(order: Int, row: Measurement)] {
    let pooled = pooled
    var rows = prompts.comparedRows(checkpoint: checkpoint, reference: reference)
    if pooled.clusters != nil {
      rows += pooled.comparedRows(
        checkpoint: checkpoint, reference: reference,
        null: pooledNulls.value(of: reference) { PooledClusterNull(pooled, of: reference) })
    }
    return rows
  }

  func clusterChanges(checkpoint: Int, reference: Int) -> [ClusterChange] {
    pooled.changes(checkpoint: checkpoint, reference: reference)
  }
}
