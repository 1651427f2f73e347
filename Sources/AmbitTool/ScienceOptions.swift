import AmbitCorpus
import AmbitProjection
import AmbitStudy
import ArgumentParser

/// What changes a number.
struct ScienceOptions: ParsableArguments {
  @Option(
    help: """
      How outputs are matched over checkpoints: prompts (the same prompts, the same number of \
      samples), n (only the number of outputs) or none.
      """)
  var match: MatchMode?

  @Option(
    help: ArgumentHelp(
      "Measure passing outputs too: what a score must be, such as '>= 0.5'.",
      valueName: "condition"), transform: { try PassCondition(parsing: $0) })
  var passIf: PassCondition?

  @Flag(help: "Keep empty outputs, which are dropped and counted by default.")
  var keepEmpty = false

  @Flag(
    help: """
      Embed the halves of each output too, for split_half_spread: spread without the effect of \
      length. About doubles the embedding time.
      """)
  var halves = false

  @Option(
    help: "What is removed before the map is fitted: none, within (each prompt's mean) or prompt.")
  var center: Centring?

  @Option(help: "What the map is fitted on: pooled, base, or a basis.npz of an earlier run.")
  var basis: BasisChoice?

  @Option(
    help: """
      Draw a map of neighbours as well: tsne or densne (default pca, the planes alone). A picture; no \
      area is taken from it.
      """)
  var projection: MapMethod?

  @Option(
    help: """
      How many neighbours an output has in that map (default 30, den-SNE 50); 30,300 joins two \
      scales.
      """)
  var perplexity: PerplexityList?

  @Option(help: "Pull this much harder to the end of that map: groups stay tight (default 1).")
  var lateExaggeration: Double?

  @Option(help: "Colour that map by checkpoint or by radius (how spread out the vectors are).")
  var mapColour: MapColour?

  @OptionGroup var inference: InferenceOptions

  func apply(to options: inout StudyOptions) {
    options.match = match
    options.passIf = passIf
    if keepEmpty { options.keepEmpty = true }
    if halves { options.halves = true }
    options.center = center
    options.basis = basis
    options.projection = projection
    options.perplexity = perplexity
    options.lateExaggeration = lateExaggeration
    options.mapColour = mapColour
    inference.apply(to: &options)
  }
}
