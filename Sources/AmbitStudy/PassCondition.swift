import AmbitFormats
import Foundation

/// What a score must be for an output to pass: a comparison and a number, such as `>= 0.5`.
public struct PassCondition: Sendable, Equatable {
  /// How a score is compared.
  public enum Comparison: String, Sendable, CaseIterable {
    /// At least the number.
    case atLeast = ">="
    /// At most the number.
    case atMost = "<="
    /// The number itself.
    case equal = "=="
    /// Any other number.
    case unequal = "!="
    /// Above the number.
    case above = ">"
    /// Below the number.
    case below = "<"
  }

  /// How a score is compared.
  public let comparison: Comparison
  /// With what it is compared.
  public let number: Double

  /// Reads a comparison and a finite number, with or without blanks; a single `=` reads as `==`, `true`
  /// and `false` as 1 and 0. Nil for anything else.
  public init?(_ text: String) { try? self.init(parsing: text) }

  /// Reads a comparison and a finite number.
  ///
  /// - Throws: `UsageError` that says which part cannot be read.
  public init(parsing text: String) throws {
    let hint = "write a comparison and a number, in quotes: '>= 0.5'"
    let trimmed = text.trimmingCharacters(in: .whitespaces)
    let symbols = trimmed.prefix { "<>=!".contains($0) }
    guard !symbols.isEmpty else {
      throw UsageError("--pass-if `\(text)` begins with no comparison", hint: hint)
    }
    guard let comparison = Comparison(rawValue: symbols == "=" ? "==" : String(symbols)) else {
      let known = Comparison.allCases.map(\.rawValue).joined(separator: " ")
      throw UsageError(
        "--pass-if `\(text)`: `\(symbols)` is no comparison", hint: "the comparisons are \(known)")
    }
    let rest = trimmed.dropFirst(symbols.count).trimmingCharacters(in: .whitespaces)
    let named = ["true": 1.0, "false": 0.0]
    guard let number = named[rest.lowercased()] ?? Double(rest), number.isFinite else {
      throw UsageError(
        "--pass-if `\(text)`: "
          + (rest.isEmpty ? "no number follows `\(symbols)`" : "`\(rest)` is no number"),
        hint: hint)
    }
    self.comparison = comparison
    self.number = number
  }

  /// As it is written: `>= 0.5`.
  public var text: String { "\(comparison.rawValue) \(DecimalText.shortest(number))" }

  /// Whether a score passes.
  public func passes(_ score: Double) -> Bool {
    switch comparison {
    case .atLeast: score >= number
    case .atMost: score <= number
    case .equal: score == number
    case .unequal: score != number
    case .above: score > number
    case .below: score < number
    }
  }
}
