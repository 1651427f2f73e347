import AmbitMatrix

/// The phases of a descent.
struct DescentSchedule: Sendable {
  struct Phase {
    var iterations: Int
    /// The factor on the affinities.
    var exaggeration: Double
    /// What that factor falls to, by an equal share each iteration; nil for no change.
    var lastExaggeration: Double?
    /// The iterations of that fall.
    var fall = 0
    /// The share of a step that is kept for the next.
    var momentum: Float
    /// What that share rises to, in equal steps over the first `Phase.rise` iterations.
    var lastMomentum: Float?
    /// Ends the phase once the divergence fell by less than this share in 50 iterations.
    var stoppingShare: Double?
    /// The weight of the correlation of local radii, for den-SNE.
    var density = 0.0

    static let rise = 200

    /// The factor of the `index`-th iteration, counted from 0.
    func exaggeration(at index: Int) -> Double {
      guard let lastExaggeration else { return exaggeration }
      guard index < fall else { return lastExaggeration }
      let share = Double(index) / Double(fall)
      return exaggeration * Elementary.exp(share * Elementary.log(lastExaggeration / exaggeration))
    }

    /// The share that the `index`-th iteration keeps, counted from 0.
    func momentum(at index: Int) -> Float {
      let rest = (lastMomentum ?? momentum) - momentum
      return momentum + rest * Float(min(index, Self.rise)) / Float(Self.rise)
    }
  }

  var phases: [Phase]
  /// Nil for the point count divided by the exaggeration, at least 50.
  var learningRate: Double?

  var iterationCount: Int { phases.reduce(0) { $0 + $1.iterations } }

  func learningRate(at exaggeration: Double, pointCount: Int) -> Float {
    Float(learningRate ?? max(50, Double(pointCount) / max(1, exaggeration)))
  }
}
