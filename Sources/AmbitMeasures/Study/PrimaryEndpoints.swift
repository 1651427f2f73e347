/// The few numbers that a study is about, fixed before looking.
enum PrimaryEndpoints {
  /// Marks `dispersion` and `rke` within prompts (`across` where no prompt has two samples, `pooled`
  /// without prompts), `coverage`, and `hull_area` peel95 in the within plane (the raw plane where
  /// there is none).
  static func mark(_ rows: inout [Measurement], design: Design, spaces: [String]) {
    let hasRepeats = design.fewestSamples >= 2
    let scope: Scope = design.hasPrompts ? (hasRepeats ? .within : .across) : .pooled
    let plane =
      design.hasPrompts && hasRepeats && spaces.contains("pca2_within") ? "pca2_within" : "pca2"
    for index in rows.indices {
      let row = rows[index]
      rows[index].isPrimary =
        switch (row.metric, row.variant) {
        case ("dispersion", ""), ("rke", ""): row.scope == scope && row.space == "embedding"
        case ("coverage", "k5"): row.space == "embedding"
        case ("hull_area", PeelLevel.ninetyFive.variant): row.space == plane
        default: false
        }
    }
  }

  /// Holm over the primary rows with a p value, Benjamini–Hochberg over the others.
  static func adjust(_ rows: inout [Measurement]) {
    for isPrimary in [true, false] {
      let chosen = rows.indices.filter { rows[$0].isPrimary == isPrimary && rows[$0].p != nil }
      let p = chosen.compactMap { rows[$0].p }
      let adjusted =
        isPrimary ? MultipleTesting.holm(p) : MultipleTesting.benjaminiHochberg(p)
      for (index, value) in zip(chosen, adjusted) { rows[index].adjustedP = value }
    }
  }
}
