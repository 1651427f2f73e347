/// Why rows cannot be centred or projected as asked.
public struct ProjectionError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The kinds of refusal. More may be added.
  public enum Reason: Equatable, Sendable {
    /// Centring `within` was asked for, and no prompt has two samples.
    case noPromptWithTwoSamples
    /// A basis for rows of one width met rows of another.
    case width(expected: Int, found: Int)
    /// A basis without components, or with components of another length than its mean.
    case shape(mean: Int, components: [Int])
    /// A basis holds NaN or an infinite number.
    case notFinite
    /// Components are neither zero nor of unit length and at right angles.
    case notOrthonormal
    /// A map of neighbours needs at least four rows.
    case tooFewRows(Int)
    /// A row holds NaN or an infinite number.
    case rowNotFinite(Int)
    /// A row is so long that single precision cannot hold its square.
    case rowTooLong(Int)
    /// A perplexity is below 1 or not finite, or there is none.
    case perplexity([Double])
    /// A map and the rows that it was made of differ in count.
    case mapRows(map: Int, rows: Int)
  }

  /// What is wrong.
  public let reason: Reason

  /// Wraps `reason`.
  public init(_ reason: Reason) { self.reason = reason }

  /// What was expected and what was found.
  public var message: String {
    switch reason {
    case .noPromptWithTwoSamples:
      "centring within prompts needs at least two samples of some prompt; every prompt has one"
    case .width(let expected, let found):
      "the basis is for vectors of \(expected) numbers; these have \(found)"
    case .shape(let mean, let components):
      components.isEmpty
        ? "the basis has no components"
        : "the components of the basis have lengths \(components); its mean has \(mean)"
    case .notFinite: "the basis holds a number that is NaN or infinite"
    case .notOrthonormal:
      "the components of the basis are not of unit length and at right angles, so areas would be false"
    case .tooFewRows(let count): "a map of neighbours needs at least 4 rows; there are \(count)"
    case .rowNotFinite(let row): "row \(row + 1) holds a number that is NaN or infinite"
    case .rowTooLong(let row):
      "row \(row + 1) is longer than 10^17, too long to measure distances in single precision"
    case .perplexity(let found):
      "perplexities must be finite and at least 1; found \(found)"
    case .mapRows(let map, let rows):
      "the map has \(map) points of two coordinates; it needs one for each of \(rows) rows"
    }
  }

  /// What to do about it.
  public var hint: String {
    switch reason {
    case .noPromptWithTwoSamples: "use --center none, or give several outputs per prompt"
    case .width: "use the embedder that the basis was made with"
    case .shape: "a basis holds a mean of d numbers and components of k × d"
    case .notFinite, .notOrthonormal: "use the basis.npz of a run, or an orthonormalised basis"
    case .tooFewRows: "use pca, which needs no neighbours"
    case .rowNotFinite: "remove the row, or repair what made it"
    case .rowTooLong: "scale the rows down, or remove the row"
    case .perplexity: "30 is usual; it must be smaller than a third of the row count"
    case .mapRows: "give the map that was made of exactly these rows, in their order"
    }
  }

  /// The message and the hint on two lines.
  public var description: String { "\(message)\nhint: \(hint)" }
}
