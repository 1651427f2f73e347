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
    var loss = objective(base, tuned)
    for _ in 0..<50 {
      // Gradient and Hessian: for the intercept, the slope, and both.
      var (g0, g1) = (Self.penalty * intercept, Self.penalty * slope)
      var (h00, h01, h11) = (Self.penalty, 0.0, Self.penalty)
      for (scores, label) in [(base, 0.0), (tuned, 1.0)] {
        let weight = 0.5 / Double(scores.count)
        for score in scores {
          let p = Self.sigmoid(intercept + slope * score)
          let error = weight * (p - label)
          let curvature = weight * p * (1 - p)
          g0 += error
          g1 += error * score
          h00 += curvature
          h01 += curvature * score
          h11 += curvature * score * score
        }
      }
      let determinant = h00 * h11 - h01 * h01
      guard determinant > 0 else { return }
      let step = ((h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant)
      let gain = g0 * step.0 + g1 * step.1
      if gain < 1e-14 { return }
      let old = (intercept, slope)
      var length = 1.0
      while true {
        (intercept, slope) = (old.0 - length * step.0, old.1 - length * step.1)
        let next = objective(base, tuned)
        if next <= loss {
          loss = next
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

  private func objective(_ base: [Double], _ tuned: [Double]) -> Double {
    var sum = Self.penalty / 2 * (intercept * intercept + slope * slope)
    for (scores, isTuned) in [(base, false), (tuned, true)] {
      let weight = 0.5 / Double(scores.count)
      for score in scores { sum += weight * loss(of: score, isTuned: isTuned) }
    }
    return sum
  }

  /// `−ln p` of the set that the score belongs to.
  package func loss(of score: Double, isTuned: Bool) -> Double {
    let logit = intercept + slope * score
    let x = isTuned ? -logit : logit
    // ln(1 + eˣ), which neither overflows nor loses digits.
    return max(x, 0) + Self.logOnePlus(Elementary.exp(-abs(x)))
  }

  private static func sigmoid(_ x: Double) -> Double {
    let e = Elementary.exp(-abs(x))
    return x >= 0 ? 1 / (1 + e) : e / (1 + e)
  }

  /// ln(1 + y) for small y ≥ 0.
  private static func logOnePlus(_ y: Double) -> Double {
    let sum = 1 + y
    return sum == 1 ? y : Elementary.log(sum) * y / (sum - 1)
  }
}
