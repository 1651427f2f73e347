/// Over what a statistic is taken.
public enum Scope: String, Sendable {
  /// The mean over prompts of a per-prompt statistic.
  case within
  /// One response per prompt, averaged over draws.
  case across
  /// All outputs together.
  case pooled
}

/// Which direction of a value means *more diverse*.
public enum Polarity: String, Sendable {
  case higher = "+"
  case lower = "-"
  /// The value describes; it is neither more nor less diverse.
  case neither = ""

  /// What a raw effect is multiplied by, so that negative means less diverse.
  var sign: Double { self == .lower ? -1 : 1 }
}

/// How an effect compares two values.
public enum EffectKind: String, Sendable {
  /// The mean over prompts of `log(checkpoint / reference)`.
  case meanLogRatio = "mean_log_ratio"
  /// `log(checkpoint / reference)`.
  case logRatio = "log_ratio"
  /// `checkpoint − reference`.
  case difference
}

/// One row of `metrics.csv`. An empty cell is `nil`.
public struct Measurement: Equatable, Sendable {
  /// The checkpoint measured.
  public var checkpoint: String
  /// The checkpoint compared with; empty for the baseline's own rows.
  public var reference: String
  /// Over what the statistic is taken.
  public var scope: Scope
  /// The id of the space it was taken in.
  public var space: String
  /// The measure's id.
  public var metric: String
  /// The variant; empty where the measure has none.
  public var variant: String
  /// Which direction of `value` means more diverse.
  public var polarity: Polarity
  /// The number of prompts behind the value; 0 where the input has none.
  public var prompts: Int
  /// The number of outputs of the checkpoint behind the value: those of `prompts`. All of them where
  /// there is no value.
  public var samples: Int
  /// The statistic of the checkpoint; of the prompts that both checkpoints share where pairs are
  /// compared.
  public var value: Double?
  /// The same of the reference.
  public var referenceValue: Double?
  /// Polarity-aligned: negative means less diverse than the reference.
  public var effect: Double?
  /// What kind of comparison `effect` is.
  public var effectKind: EffectKind?
  /// 95 % interval of `effect`, or of `value` where there is no effect.
  public var interval: Interval?
  /// 2.5 % to 97.5 % of the same number between random halves of the reference.
  public var nullBand: Interval?
  /// The p value of no difference.
  public var p: Double?
  /// Holm over primary endpoints × checkpoints, Benjamini–Hochberg over the rest.
  public var adjustedP: Double?
  /// What to know of the row, in the order of `MeasurementFlag.all`.
  public var flags: [MeasurementFlag]
  /// Whether this is one of the study's primary endpoints.
  public var isPrimary: Bool

  /// A row with all its cells.
  package init(
    checkpoint: String,
    reference: String,
    scope: Scope,
    space: String,
    metric: String,
    variant: String,
    polarity: Polarity,
    prompts: Int,
    samples: Int,
    value: Double? = nil,
    referenceValue: Double? = nil,
    effect: Double? = nil,
    effectKind: EffectKind? = nil,
    interval: Interval? = nil,
    nullBand: Interval? = nil,
    p: Double? = nil,
    adjustedP: Double? = nil,
    flags: [MeasurementFlag],
    isPrimary: Bool
  ) {
    self.checkpoint = checkpoint
    self.reference = reference
    self.scope = scope
    self.space = space
    self.metric = metric
    self.variant = variant
    self.polarity = polarity
    self.prompts = prompts
    self.samples = samples
    self.value = value
    self.referenceValue = referenceValue
    self.effect = effect
    self.effectKind = effectKind
    self.interval = interval
    self.nullBand = nullBand
    self.p = p
    self.adjustedP = adjustedP
    self.flags = flags
    self.isPrimary = isPrimary
  }

  /// The `flags` column.
  public var flagText: String { flags.map(\.text).joined(separator: ";") }
}

/// One row of `per_prompt.csv`.
public struct PromptMeasurement: Equatable, Sendable {
  /// The checkpoint measured.
  public var checkpoint: String
  /// The prompt's id in the design.
  public var promptID: String
  /// The measure's id.
  public var metric: String
  /// The variant; empty where the measure has none.
  public var variant: String
  /// The id of the space it was taken in.
  public var space: String
  /// The number of the checkpoint's outputs to this prompt.
  public var samples: Int
  /// The statistic of those outputs.
  public var value: Double?
  /// What to know of the row.
  public var flags: [MeasurementFlag]

  /// A row with all its cells.
  package init(
    checkpoint: String, promptID: String, metric: String, variant: String, space: String,
    samples: Int, value: Double?, flags: [MeasurementFlag]
  ) {
    self.checkpoint = checkpoint
    self.promptID = promptID
    self.metric = metric
    self.variant = variant
    self.space = space
    self.samples = samples
    self.value = value
    self.flags = flags
  }

  /// The `flags` column.
  public var flagText: String { flags.map(\.text).joined(separator: ";") }
}
