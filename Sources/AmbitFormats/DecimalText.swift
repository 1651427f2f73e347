/// Numbers as text, the same on every machine and in every language setting.
///
/// Rounding works on the shortest decimal that reads back to the same `Double`, half to even: 0.125 to
/// two decimals is 0.12, and 2.675 is 2.68 although its binary value lies just below.
public enum DecimalText {
  /// The shortest text that reads back to the same value: `3`, `0.1`, `1e-07`. NaN and infinities are
  /// `nan`, `inf`, `-inf`; both zeros are `0`.
  public static func shortest(_ value: Double) -> String { trimmed(value, value.description) }

  /// The shortest text that reads back to the same `Float`.
  public static func shortest(_ value: Float) -> String { trimmed(value, value.description) }

  private static func trimmed(_ value: some BinaryFloatingPoint, _ text: String) -> String {
    if value == 0 { return "0" }
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// The value with exactly `decimals` digits behind the point, e.g. `12.30`.
  ///
  /// `groupsThousands` puts a comma between every three digits in front. A value that rounds to zero has
  /// no sign.
  public static func fixed(
    _ value: Double, decimals: Int, groupsThousands: Bool = false
  ) -> String {
    guard value.isFinite else { return shortest(value) }
    var number = Digits(value)
    number.round(toDecimals: decimals)
    return number.text(decimals: decimals, groupsThousands: groupsThousands)
  }

  /// The value with `digits` significant digits and no exponent, e.g. `0.00123`, `1230`.
  public static func significant(_ value: Double, digits: Int) -> String {
    precondition(digits > 0, "a number has at least one significant digit")
    guard value.isFinite else { return shortest(value) }
    guard value != 0 else { return fixed(0, decimals: digits - 1) }
    var number = Digits(value)
    number.round(toDecimals: digits - number.pointPosition)
    let decimals = max(digits - number.pointPosition, 0)
    return number.text(decimals: decimals, groupsThousands: false)
  }

  /// An integer with a comma between every three digits, e.g. `12,345`.
  public static func grouped(_ value: Int) -> String {
    (value < 0 ? "-" : "") + grouped(Array(String(value.magnitude).utf8))
  }

  fileprivate static func grouped(_ digits: [UInt8]) -> String {
    var output: [UInt8] = []
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { output.append(UInt8(ascii: ",")) }
      output.append(digit)
    }
    return String(decoding: output, as: UTF8.self)
  }
}

/// A decimal number: 0.d₁d₂d₃… × 10^pointPosition.
private struct Digits {
  var isNegative: Bool
  var digits: [UInt8]
  var pointPosition: Int

  init(_ value: Double) {
    isNegative = value < 0
    var mantissa: [UInt8] = []
    var exponent = 0
    var point: Int?
    let text = Array(value.magnitude.description.utf8)
    for (index, byte) in text.enumerated() {
      if byte == UInt8(ascii: "e") {
        exponent = Int(String(decoding: text[(index + 1)...], as: UTF8.self))!
        break
      }
      if byte == UInt8(ascii: ".") {
        point = mantissa.count
      } else {
        mantissa.append(byte - UInt8(ascii: "0"))
      }
    }
    pointPosition = (point ?? mantissa.count) + exponent
    let leadingZeros = mantissa.prefix { $0 == 0 }.count
    digits = Array(mantissa.dropFirst(leadingZeros))
    pointPosition -= leadingZeros
    if digits.isEmpty { pointPosition = 0 }
  }

  mutating func round(toDecimals decimals: Int) {
    let kept = pointPosition + decimals
    guard kept < digits.count else { return }
    guard kept >= 0 else {
      digits = []
      pointPosition = 0
      return
    }
    let rest = digits[kept...]
    let isAboveHalf = rest.first! > 5 || rest.first! == 5 && rest.dropFirst().contains { $0 > 0 }
    let isHalf = rest.first! == 5 && !isAboveHalf
    let isOdd = kept > 0 && digits[kept - 1] % 2 == 1
    digits.removeSubrange(kept...)
    if isAboveHalf || isHalf && isOdd { carry() }
    if digits.allSatisfy({ $0 == 0 }) {
      digits = []
      pointPosition = 0
    }
  }

  private mutating func carry() {
    var index = digits.count - 1
    while index >= 0, digits[index] == 9 {
      digits[index] = 0
      index -= 1
    }
    if index >= 0 {
      digits[index] += 1
    } else {
      digits.insert(1, at: 0)
      pointPosition += 1
    }
  }

  func text(decimals: Int, groupsThousands: Bool) -> String {
    func digit(_ position: Int) -> UInt8 {
      digits.indices.contains(position) ? digits[position] + 48 : 48
    }
    let whole = pointPosition > 0 ? (0..<pointPosition).map(digit) : [48]
    let fraction = (0..<decimals).map { digit(pointPosition + $0) }
    var text = isNegative && !digits.isEmpty ? "-" : ""
    text += groupsThousands ? DecimalText.grouped(whole) : String(decoding: whole, as: UTF8.self)
    if decimals > 0 { text += "." + String(decoding: fraction, as: UTF8.self) }
    return text
  }
}
