internal import AmbitMatrix

/// `local_scale`: the geometric mean over outputs of the distance to their fifth nearest.
///
/// `exp(mean log r₅)`, r₅ the distance from an output to the fifth nearest other one of its checkpoint,
/// over all outputs. Unit: that of a distance; a common scaling by s multiplies it by s in any number
/// of dimensions, and `d · log` of its ratio is the difference of Kozachenko–Leonenko entropies of
/// dimension d. It falls as outputs get more, so only equal numbers compare. Invariant to rotation and
/// translation. Blind to lost modes but for their share of the outputs. Radii of equal outputs are 0:
/// those below 1 % of the baseline's median count as that, and are counted in a flag.
struct LocalScale: NeighbourSpreadMeasure {
  let id = "local_scale"
  let polarity = Polarity.higher
  let summary = "geometric mean of the distance to the fifth nearest output"
  let source = "Kozachenko & Leonenko 1987, Probl. Inf. Transm. 23:95"
  let variants = [""]
  let skipsDuplicates = false

  func values(of sums: NeighbourSums) -> [Double] {
    [Elementary.exp(sums.logRadii / Double(sums.rows))]
  }
}
