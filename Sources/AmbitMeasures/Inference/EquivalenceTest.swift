/// Two one-sided tests (TOST): evidence that an effect is too small to matter.
///
/// A p value above 5 % does not show that nothing changed; this does. The margin must be fixed before
/// looking. Source: Schuirmann 1987, J. Pharmacokinet. Biopharm. 15:657.
package enum EquivalenceTest {
  /// The p value of |effect| ≥ margin against |effect| < margin: the larger of two one-sided t tests of
  /// the mean of independent `effects` against ± `margin`.
  ///
  /// - Returns: `nil` for fewer than six effects. 0 or 1 where all effects are equal.
  /// - Precondition: a margin above 0.
  package static func pValue(_ effects: [Double], margin: Double) -> Double? {
    precondition(margin > 0, "no effect is smaller than a margin of 0")
    guard effects.count >= SignFlipTest.fewestPrompts else { return nil }
    let moments = SampleMoments(effects)
    let error = moments.varianceOfMean.squareRoot()
    let room = margin - abs(moments.mean)
    guard error > 0 else { return room > 0 ? 0 : 1 }
    let tail =
      (1 - StudentT.centralProbability(abs(room) / error, degrees: moments.count - 1)) / 2
    return room > 0 ? tail : 1 - tail
  }
}
