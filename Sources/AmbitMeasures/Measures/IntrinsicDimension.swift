/// `intrinsic_dimension`: in how many directions outputs spread about each other.
///
/// Variant `twonn`: `(n − 1) / Σ log(r₂/r₁)`, r₁ and r₂ the distances from an output to its nearest two.
/// Variant `levina_bickel`: with k = 10 the inverse of the mean over outputs of
/// `1/(k − 1) Σ_{j<k} log(r_k/r_j)`, which is the maximum-likelihood estimate averaged as MacKay and
/// Ghahramani do. Both are scale-free: how many directions, not how far. Too low at edges and in many
/// dimensions with few outputs, so only equal numbers compare. Equal outputs would be neighbours at
/// distance 0: they count once, and a flag says how many were left out. Invariant to rotation,
/// translation and scale.
package struct IntrinsicDimension: NeighbourSpreadMeasure {
  package let id = "intrinsic_dimension"
  package let polarity = Polarity.higher
  package let summary = "number of directions about each output, by distances to its nearest"
  package let source = "Facco et al. 2017, Sci. Rep. 7:12140; Levina & Bickel 2004, NIPS 17"
  package let variants = ["twonn", "levina_bickel"]
  package let skipsDuplicates = true

  package init() {}

  package func values(of sums: NeighbourSums) -> [Double] {
    let n = Double(sums.distinct)
    return [
      sums.logRatios > 0 ? (n - 1) / sums.logRatios : .nan,
      sums.logShares > 0 ? n / sums.logShares : .nan,
    ]
  }
}
