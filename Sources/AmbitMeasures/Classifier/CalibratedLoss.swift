package import AmbitMatrix

/// The held-out log-loss of a classifier whose scores are turned into probabilities out of sample too.
///
/// For each fold, `p = 1 / (1 + e^−(a + b s))` where a and b are fitted by logistic regression to the
/// scores of the other folds, each scored by a fit that has seen neither its own fold nor the one held
/// out. Both sets weigh one half, whatever their numbers. So the expectation of the loss is at least
/// `ln 2` less the Jensen–Shannon divergence, whatever the classifier.
package struct CalibratedLoss: Sendable {
  /// Per row, `−ln p` of its own set; NaN of rows of neither.
  package let losses: [Double]
  private let groups: [UInt8]

  /// The mean loss, both sets weighing the same; NaN where a set has no rows.
  package var mean: Double { mean(without: []) }

  package func mean(without unit: [Int]) -> Double {
    var sums = total
    for row in unit where groups[row] < 2 {
      sums.losses[Int(groups[row])] -= losses[row]
      sums.counts[Int(groups[row])] -= 1
    }
    return (sums.losses[0] / sums.counts[0] + sums.losses[1] / sums.counts[1]) / 2
  }

  private let total: (losses: [Double], counts: [Double])

  /// O(folds · rows · columns).
  ///
  /// - Parameter pairs: `classifier.pairFactors`.
  init(_ classifier: HeldOutClassifier, pairs: [Cholesky?], groups: [UInt8]) {
    let folds = classifier.folds
    let sums = classifier.labelSums(groups)
    let whole = HeldOutClassifier.total(sums, width: classifier.width)
    let own = classifier.scores(of: groups)
    var losses = [Double](repeating: .nan, count: groups.count)
    var inner = own
    for fold in folds.indices {
      for other in folds.indices where other != fold {
        guard let factor = pairs[min(fold, other) * folds.count + max(fold, other)] else {
          continue
        }
        let right = whole.indices.map { whole[$0] - sums[fold][$0] - sums[other][$0] }
        classifier.write(scoresOf: other, by: factor.solution(of: right), to: &inner)
      }
      let rest = folds.indices.filter { $0 != fold }.flatMap { folds[$0] }
      let fit = LogisticFit(
        base: rest.filter { groups[$0] == 0 }.map { inner[$0] },
        tuned: rest.filter { groups[$0] == 1 }.map { inner[$0] })
      for row in folds[fold] where groups[row] < 2 {
        losses[row] = fit.loss(of: own[row], isTuned: groups[row] == 1)
      }
    }
    var total = (losses: [0.0, 0], counts: [0.0, 0])
    for row in groups.indices where groups[row] < 2 {
      total.losses[Int(groups[row])] += losses[row]
      total.counts[Int(groups[row])] += 1
    }
    self.losses = losses
    self.groups = groups
    self.total = total
  }

  /// Builds what it needs of the classifier itself.
  package init(_ classifier: HeldOutClassifier, groups: [UInt8], workers: Workers) {
    self.init(classifier, pairs: classifier.pairFactors(workers: workers), groups: groups)
  }

  /// `ln 2 − loss`, below the Jensen–Shannon divergence in nats but for chance; may be negative.
  package var lowerBound: Double { Elementary.log(2) - mean }
}

/// Logistic regression on one score, both sets weighing one half.
package struct LogisticFit: Sendable {
  package private(set) var intercept = 0.0
  package private(set) var slope = 0.0

  /// What keeps the fit finite where a score tells the sets apart: half of it times the squares of both
  /// coefficients is added to the mean loss.
  package static let penalty = 1e-6

  /// Newton's method with halved steps; stays at probability one half where a set is empty.
  package init(base: [Double], tuned: [Double]) {
    guard !base.isEmpty, !tuned.isEmpty else { return }
    var here = objective(base, tuned)
    for _ in 0..<50 {
      let determinant = here.curvature.0 * here.curvature.2 - here.curvature.1 * here.curvature.1
      guard determinant > 0 else { return }
      let (g0, g1) = here.gradient
      let step = (
        (here.curvature.2 * g0 - here.curvature.1 * g1) / determinant,
        (here.curvature.0 * g1 - here.curvature.1 * g0) / determinant
      )
      // What the step would gain is about half of this.
      guard g0 * step.0 + g1 * step.1 > 1e-12 else { return }
      let old = (intercept, slope)
      var length = 1.0
      while true {
        (intercept, slope) = (old.0 - length * step.0, old.1 - length * step.1)
        let next = objective(base, tuned)
        if next.loss <= here.loss {
          here = next
          break
        }
        length /= 2
        if length < 1e-6 {
          (intercept, slope) = old
          return
        }
      }
    }
  }

  /// The penalised mean loss with its gradient and Hessian: for the intercept, both, and the slope.
  private struct Objective {
    var loss = 0.0
    var gradient = (0.0, 0.0)
    var curvature = (0.0, 0.0, 0.0)
  }

  private func objective(_ base: [Double], _ tuned: [Double]) -> Objective {
    var result = Objective(
      loss: Self.penalty / 2 * (intercept * intercept + slope * slope),
      gradient: (Self.penalty * intercept, Self.penalty * slope),
      curvature: (Self.penalty, 0, Self.penalty))
    for (scores, sign) in [(base, 1.0), (tuned, -1.0)] {
      let weight = 0.5 / Double(scores.count)
      for score in scores {
        // The logit of the other set.
        let x = sign * (intercept + slope * score)
        let e = Elementary.exp(-abs(x))
        let wrong = (x >= 0 ? 1 : e) / (1 + e)
        let error = sign * weight * wrong
        let curvature = weight * wrong * (1 - wrong)
        result.loss += weight * (max(x, 0) + Self.logOnePlus(e))
        result.gradient.0 += error
        result.gradient.1 += error * score
        result.curvature.0 += curvature
        result.curvature.1 += curvature * score
        result.curvature.2 += curvature * score * score
      }
    }
    return result
  }

  /// `−ln p` of the set that the score belongs to.
  package func loss(of score: Double, isTuned: Bool) -> Double {
    let logit = intercept + slope * score
    let x = isTuned ? -logit : logit
    // ln(1 + eˣ), which neither overflows nor loses digits.
    return max(x, 0) + Self.logOnePlus(Elementary.exp(-abs(x)))
  }

  /// ln(1 + y) for small y ≥ 0.
  private static func logOnePlus(_ y: Double) -> Double {
    let sum = 1 + y
    return sum == 1 ? y : Elementary.log(sum) * y / (sum - 1)
  }
}
