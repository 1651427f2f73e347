internal import AmbitMatrix

/// Student's t law.
package enum StudentT {
  /// P(|T| ≤ t) for `degrees` degrees of freedom, by the incomplete beta function.
  package static func centralProbability(_ t: Double, degrees: Double) -> Double {
    1 - incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5)
  }

  /// The t with P(|T| ≤ t) = `probability`, by bisection to full precision. `degrees` > 0.
  package static func quantile(central probability: Double, degrees: Double) -> Double {
    precondition(degrees > 0 && probability > 0 && probability < 1, "outside the law")
    var high = 1.0
    while centralProbability(high, degrees: degrees) < probability && high < 1e12 { high *= 2 }
    var low = 0.0
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if centralProbability(middle, degrees: degrees) < probability {
        low = middle
      } else {
        high = middle
      }
    }
    return (low + high) / 2
  }

  /// The regularised incomplete beta function I_x(a, b), by Lentz's continued fraction.
  private static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    let front = Elementary.exp(
      Elementary.logGamma(a + b) - Elementary.logGamma(a) - Elementary.logGamma(b)
        + a * Elementary.log(x) + b * Elementary.log(1 - x))
    // The fraction converges fast only on the near side of the mean.
    if x > (a + 1) / (a + b + 2) { return 1 - incompleteBeta(1 - x, b, a) }
    let tiny = 1e-300
    var c = 1.0
    var d = 1 - (a + b) * x / (a + 1)
    d = 1 / (abs(d) < tiny ? tiny : d)
    var fraction = d
    for step in 1..<500 {
      let m = Double(step)
      for term in [
        m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
        -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
      ] {
        d = 1 + term * d
        d = 1 / (abs(d) < tiny ? tiny : d)
        c = 1 + term / c
        if abs(c) < tiny { c = tiny }
        fraction *= c * d
      }
      if abs(c * d - 1) < 1e-15 { break }
    }
    return front * fraction / a
  }
}
