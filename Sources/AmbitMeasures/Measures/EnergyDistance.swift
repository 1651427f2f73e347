/// `energy_distance`: `2 E‖X − Y‖ − E‖X − X′‖ − E‖Y − Y′‖` between reference and checkpoint.
///
/// The U-statistic: means over pairs of different rows, unbiased at any counts and possibly negative;
/// its mean is 0 exactly where the laws are equal. Unit: that of a distance. Invariant to rotation and
/// translation, proportional to scale, no parameter. It says that two sets differ, not which way.
/// Source: Székely & Rizzo 2004, 2013.
struct EnergyDistance: DissimilarityMeasure {
  let id = "energy_distance"
  let polarity = Polarity.neither
  let summary = "2 E‖X − Y‖ − E‖X − X′‖ − E‖Y − Y′‖, unbiased; 0 where the laws are equal"
  let source = "Székely & Rizzo 2013, J. Stat. Plan. Inference 143:1249"

  func dissimilarity(squaredDistance: Double, scale: Double) -> Double {
    squaredDistance.squareRoot()
  }
}
