#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Numbers as text, the same on every machine and in every locale.
package enum DecimalText {
  /// `value` with exactly `decimals` digits after the point, rounded half away from zero, with an
  /// ASCII hyphen as minus. −0 is written 0. For |value| · 10^decimals below 10¹⁵.
  package static func fixed(_ value: Double, decimals: Int) -> String {
    let scale = pow(10, Double(decimals))
    let scaled = (abs(value) * scale).rounded()
    precondition(scaled < 1e15, "too large for fixed digits: \(value)")
    var digits = String(Int(scaled))
    if decimals > 0 {
      while digits.count <= decimals { digits = "0" + digits }
      digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -decimals))
    }
    return (value < 0 && scaled > 0 ? "-" : "") + digits
  }

  /// As `fixed`, without zeros at the end.
  package static func short(_ value: Double, decimals: Int) -> String {
    var text = fixed(value, decimals: decimals)
    if decimals > 0 {
      while text.hasSuffix("0") { text.removeLast() }
      if text.hasSuffix(".") { text.removeLast() }
    }
    return text == "-0" ? "0" : text
  }

  /// The text with a real minus sign, for print.
  package static func typographic(_ text: String) -> String {
    String(text.map { $0 == "-" ? "−" : $0 })
  }

  /// An integer with a comma before each group of three digits.
  package static func grouped(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return (value < 0 ? "−" : "") + text
  }
}
