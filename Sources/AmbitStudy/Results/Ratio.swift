import AmbitFormats
import AmbitMatrix

/// A ratio as people read it: a change in percent, or a factor where it is tenfold or more.
struct Ratio {
  let logarithm: Double

  /// Whether the ratio is said as a factor.
  var isManifold: Bool { logarithm >= Elementary.log(9.995) }

  /// `−34 %`, `+2.5 %`, `×12`.
  var text: String {
    isManifold ? "×" + ShortNumber.text(Elementary.exp(logarithm)) : "\(number) %"
  }

  /// The change in percent without its sign of percent.
  var number: String {
    let change = 100 * (Elementary.exp(logarithm) - 1)
    let text = DecimalText.fixed(change, decimals: abs(change) < 9.95 ? 1 : 0)
    return text.hasPrefix("-") ? "−" + text.dropFirst() : (change == 0 ? text : "+" + text)
  }
}

/// A number in few characters: three significant digits, with an exponent where it is far from 1.
package enum ShortNumber {
  /// `0.0686`, `52.1`, `4.60e-60`.
  package static func text(_ value: Double) -> String {
    let magnitude = abs(value)
    guard value.isFinite, magnitude != 0, !(1e-4..<1e6).contains(magnitude) else {
      return DecimalText.significant(value, digits: 3)
    }
    let parts = DecimalText.shortest(value).split(separator: "e")
    if parts.count == 2, let mantissa = Double(parts[0]) {
      return "\(DecimalText.fixed(mantissa, decimals: 2))e\(parts[1])"
    }
    var mantissa = value
    var exponent = 0
    while abs(mantissa) >= 9.995 {
      mantissa /= 10
      exponent += 1
    }
    while abs(mantissa) < 0.9995 {
      mantissa *= 10
      exponent -= 1
    }
    return "\(DecimalText.fixed(mantissa, decimals: 2))e\(exponent)"
  }
}
