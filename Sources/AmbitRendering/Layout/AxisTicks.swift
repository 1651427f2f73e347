#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Round numbers along an axis: multiples of 1, 2, 2.5, 3, 4 or 5 times a power of ten.
public struct AxisTicks: Sendable, Hashable {
  /// The distance of neighbouring ticks.
  public let step: Double
  /// All multiples of `step` inside the limits, ascending.
  public let values: [Double]
  /// The power of ten that the labels leave out: a label times 10^exponent is the value. Not 0 only
  /// where plain labels would need more than five digits.
  public let exponent: Int
  /// One label for each value, all with the same number of decimals, with a real minus sign.
  public let labels: [String]

  /// The multiples of `step` inside `limits`. A multiple within a billionth of a step beyond a limit
  /// counts as inside.
  public init(limits: ClosedRange<Double>, step: Double) {
    precondition(step > 0)
    self.step = step
    // A tick within rounding error of a limit counts as inside.
    let first = (limits.lowerBound / step - 1e-9).rounded(.up)
    let last = (limits.upperBound / step + 1e-9).rounded(.down)
    values = first > last ? [] : stride(from: first, through: last, by: 1).map { $0 * step }
    let largest = max(abs(limits.lowerBound), abs(limits.upperBound))
    let magnitude = largest > 0 ? Int(floor(log10(largest) + 1e-9)) : 0
    let stepMagnitude = Int(floor(log10(step) + 1e-9))
    let isPlain = magnitude < 5 && stepMagnitude >= -4
    let exponent = isPlain ? 0 : magnitude
    self.exponent = exponent
    // A step of 2.5 needs a digit more than its magnitude says.
    let leading = step / pow(10, Double(stepMagnitude))
    let extra = abs(leading - leading.rounded()) > 1e-6 ? 1 : 0
    let decimals = min(max(0, exponent - stepMagnitude + extra), 9)
    let scale = pow(10, Double(exponent))
    labels = values.map {
      DecimalText.typographic(DecimalText.fixed($0 / scale, decimals: decimals))
    }
  }

  /// The smallest round step that cuts `length` into at most `count` parts.
  public static func roundStep(length: Double, atMost count: Int) -> Double {
    precondition(length > 0 && count > 0)
    let raw = length / Double(count)
    let power = pow(10, floor(log10(raw)))
    for factor in [1.0, 2, 5] where factor * power >= raw * (1 - 1e-9) { return factor * power }
    return 10 * power
  }

  /// The sign of the left-out power of ten for an axis label, such as "×10⁻⁵"; `nil` for none.
  public var exponentLabel: StyledText? {
    exponent == 0
      ? nil : "×10" + .superscript(DecimalText.typographic(String(exponent)))
  }
}
