/// `hull_mass`: `1 − N/n`, the share of the law that the hull of all points holds.
///
/// By Efron's identity `P(a new point falls outside) = E N₍ₙ₊₁₎ / (n + 1)` for any law, so N/n is the
/// Good–Turing estimate of what the hull misses. It describes how complete the hull is.
/// Source: Efron 1965.
struct HullMass: PlaneMeasure {
  let id = "hull_mass"
  let polarity = Polarity.neither
  let summary = "share of probability inside the hull, 1 − corners/n (Efron)"
  let source = "Efron 1965, Biometrika 52:331"
  let levels: [PeelLevel] = []
  let effectKind = EffectKind.difference
  let dependsOnCount = true

  func value(of shape: PlaneShape, level: PeelLevel) -> Double {
    shape.count == 0 ? .nan : 1 - Double(shape.cornerCount(.all)) / Double(shape.count)
  }
}
