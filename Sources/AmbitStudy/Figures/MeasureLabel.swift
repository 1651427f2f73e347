import AmbitMeasures

/// Measures that figures show, with the words of their axes and rows.
struct MeasureLabel {
  let key: MeasuredRows.Key
  let text: String

  init(
    _ text: String, _ metric: String, _ variant: String = "", scope: Scope = .pooled,
    space: String = "embedding"
  ) {
    self.text = text
    key = .init(metric: metric, variant: variant, scope: scope, space: space)
  }

  static let withinPrompts = [
    MeasureLabel("dispersion", "dispersion", scope: .within),
    MeasureLabel("kinds (RKE)", "rke", scope: .within),
    MeasureLabel("Vendi, q = 1", "vendi", "q1", scope: .within),
    MeasureLabel("clusters", "cluster_count", scope: .within),
    MeasureLabel("95 % hull", "hull_area", "peel95", space: "pca2_within"),
    MeasureLabel("distinct 2-grams", "distinct", "2_w", scope: .within, space: "text"),
    MeasureLabel("compression", "compression_ratio", "w", scope: .within, space: "text"),
  ]

  static let acrossPrompts = [
    MeasureLabel("dispersion", "dispersion", scope: .across),
    MeasureLabel("kinds (RKE)", "rke", scope: .across),
    MeasureLabel("local scale", "local_scale"),
    MeasureLabel("clusters, equal n", "cluster_count", "equal_n"),
    MeasureLabel("95 % hull", "hull_area", "peel95", space: "pca2"),
    MeasureLabel("distinct 2-grams", "distinct", "2_w", scope: .across, space: "text"),
  ]

  /// What figures with no room for more still show.
  static let headline = Set(
    (withinPrompts + acrossPrompts).map(\.key).filter {
      ["dispersion", "rke", "hull_area"].contains($0.metric)
    })

  static let entropiesWithin = [
    MeasureLabel("cluster entropy", "cluster_entropy", scope: .within),
    MeasureLabel("2-gram entropy", "ngram_entropy", "2_w", scope: .within, space: "text"),
  ]

  static let entropiesAcross = [
    MeasureLabel("cluster entropy", "cluster_entropy"),
    MeasureLabel("2-gram entropy", "ngram_entropy", "2_w", scope: .across, space: "text"),
  ]

  static let differencesWithin = [
    MeasureLabel("Self-BLEU", "self_bleu", "4_w", scope: .within, space: "text"),
    MeasureLabel("shared openings", "shared_openings", "3", scope: .within, space: "text"),
    MeasureLabel("unique outputs", "unique_fraction", scope: .within, space: "text"),
  ]

  static let differencesAcross = [
    MeasureLabel("Self-BLEU", "self_bleu", "4_w", scope: .across, space: "text"),
    MeasureLabel("shared openings", "shared_openings", "3", scope: .across, space: "text"),
  ]
}
