/// What happened between a reference and a checkpoint, in one word.
///
/// The rule of thumb of two-set statistics: sharpening lowers recall and raises density but covers the
/// reference; dropped modes lower coverage at density 1; a move of the whole cloud leaves its spread.
public enum Signature: String, CaseIterable, Sendable {
  /// No row differs from its null, and a change beyond the margin is excluded.
  case noChange = "no_change"
  /// Outputs lie closer together and still cover the reference: like a lower temperature.
  case contraction
  /// Regions of the reference are no longer reached.
  case lostModes = "lost_modes"
  /// Both of the above.
  case contractionAndLostModes = "contraction_and_lost_modes"
  /// Less spread, of neither kind for sure.
  case shrinkage
  /// The outputs moved; their spread did not change.
  case drift
  /// The outputs moved, and so did their format or length, which moves vectors without any change of
  /// content.
  case formatChange = "format_change"
  /// Outputs lie further apart.
  case expansion
  /// The outputs repeat themselves inside, which the reference's do not: their spread is that of
  /// broken text.
  case degeneration
  /// Dispersion and the number of kinds disagree in direction.
  case mixed
  /// No row differs from its null, and there are too few data to exclude a change.
  case inconclusive
}

/// What to keep in mind beside a signature.
public enum ReadingCaution: Equatable, Sendable {
  /// A Markdown habit went from one share of outputs to another.
  case format(habit: String, from: Double, to: Double)
  /// The mean length in words went from one value to another.
  case length(from: Double, to: Double)
  /// Outputs of the reference repeat themselves inside: mean share of 4-grams said before.
  case referenceLoops(share: Double)
  /// Outputs of the checkpoint do.
  case checkpointLoops(share: Double)
}

extension ReadingCaution {
  /// Whether the way of writing changed: a habit or the length.
  var isFormat: Bool {
    switch self {
    case .format, .length: true
    case .referenceLoops, .checkpointLoops: false
    }
  }

  var isCheckpointLooping: Bool {
    if case .checkpointLoops = self { true } else { false }
  }

  var isReferenceLooping: Bool {
    if case .referenceLoops = self { true } else { false }
  }
}
