extension Measurement {
  /// A row that says how good a map is, not how diverse a checkpoint: it has no reference, no effect
  /// and no polarity. Without a value it is flagged `degenerate`.
  package init(
    mapQuality metric: String, of checkpoint: String, space: String, variant: String, prompts: Int,
    samples: Int, value: Double?
  ) {
    self.init(
      checkpoint: checkpoint, reference: "", scope: .pooled, space: space, metric: metric,
      variant: variant, polarity: .neither, prompts: prompts, samples: samples, value: value,
      flags: value == nil ? [.degenerate] : [], isPrimary: false)
  }
}
