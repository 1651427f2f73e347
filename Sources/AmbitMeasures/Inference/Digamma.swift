internal import AmbitMatrix

/// The digamma function ψ, the derivative of log Γ.
package enum Digamma {
  /// ψ(x) for x > 0, to full precision: up the recurrence to where the asymptotic series holds.
  package static func value(_ x: Double) -> Double {
    precondition(x > 0, "digamma is taken of positive numbers")
    var shifted = x
    var sum = 0.0
    while shifted < 10 {
      sum -= 1 / shifted
      shifted += 1
    }
    let square = 1 / (shifted * shifted)
    let series =
      square
      * (1.0 / 12 - square
        * (1.0 / 120 - square * (1.0 / 252 - square * (1.0 / 240 - square * (1.0 / 132)))))
    return sum + Elementary.log(shifted) - 0.5 / shifted - series
  }
}
