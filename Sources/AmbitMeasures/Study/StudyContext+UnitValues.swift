internal import AmbitMatrix

/// Inference from one number a unit: a prompt's value, or an output's where there are no prompts.
extension StudyContext {
  /// Student's interval of a mean, or BCa where there are many values; `nil` where they are too few.
  func interval(of values: [Double]) -> Interval? {
    guard values.count >= Self.fewestUnits else { return nil }
    guard values.count >= Self.bootstrapFrom else { return .studentT(values) }
    let sum = values.reduce(0, +)
    let count = Double(values.count)
    return .biasCorrected(
      Bootstrap.means(
        of: values, replicates: settings.resamples, seed: settings.seed, workers: workers),
      estimate: sum / count, leaveOneOut: values.map { (sum - $0) / (count - 1) })
  }

  /// The p value that the mean of such numbers is 0: the sign-flip test (Test A).
  func signFlipP(of values: [Double]) -> Double? { signFlips(of: values)?.pValue }

  /// Where a null band comes from.
  enum NullBandSource {
    /// Halves of the reference, taken beforehand.
    case halves(Interval?)
    /// The relabellings of the test itself, of units about their own group's mean: 95 % of their
    /// differences. For values that depend on how
    /// many samples a prompt has, so that halves of a prompt are no model of the whole.
    case test
  }

  /// Effect, interval, null band and p value of the numbers of one checkpoint against those of another.
  func compare(
    _ after: [Double], _ before: [Double], isPaired: Bool, band: NullBandSource,
    _ row: inout Measurement
  ) {
    if isPaired {
      setPaired(zip(after, before).map(-), band: band, &row)
    } else {
      setUnpaired(after, before, band: band, &row)
    }
  }

  /// The same prompts on either side: the mean of their differences.
  func setPaired(_ effects: [Double], band: NullBandSource, _ row: inout Measurement) {
    let flips = signFlips(of: effects)
    row.setEffect(
      SampleMoments(effects).mean, interval: interval(of: effects),
      nullBand: band.interval(of: flips))
    row.p = flips?.pValue
  }

  /// Other prompts on either side: Welch's interval and a permutation of the prompts' labels.
  func setUnpaired(
    _ after: [Double], _ before: [Double], band: NullBandSource, _ row: inout Measurement
  ) {
    let (tuned, base) = (SampleMoments(after), SampleMoments(before))
    let effect = tuned.mean - base.mean
    guard min(after.count, before.count) >= Self.fewestUnits else {
      row.setEffect(effect, interval: nil, nullBand: band.interval(of: nil))
      return
    }
    let parts = (tuned.varianceOfMean, base.varianceOfMean)
    let variance = parts.0 + parts.1
    let degrees =
      variance > 0
      ? variance * variance
        / (parts.0 * parts.0 / (tuned.count - 1) + parts.1 * parts.1 / (base.count - 1))
      : 1
    let joined = before + after
    let centred = before.map { $0 - base.mean } + after.map { $0 - tuned.mean }
    let spread = Relabelled.spread(count: joined.count, means: 2)
    let swaps = LabelSwaps(
      first: before.count, second: after.count, isPaired: false,
      permutations: settings.permutations, seed: settings.seed)
    let replicates = workers.map(swaps.count) { replicate -> (difference: Double, noise: Double) in
      var flags = [UInt8](repeating: 0, count: joined.count)
      swaps.write(replicate, to: &flags)
      var sums = (0.0, 0.0)
      var noise = (0.0, 0.0)
      for index in joined.indices {
        if flags[index] == 0 {
          sums.0 += joined[index]
          noise.0 += centred[index]
        } else {
          sums.1 += joined[index]
          noise.1 += centred[index]
        }
      }
      let (first, second) = (Double(before.count), Double(after.count))
      return (sums.1 / second - sums.0 / first, spread * (noise.1 / second - noise.0 / first))
    }
    let swapped = Relabelled(
      observed: effect, replicates: replicates.map(\.difference), noise: replicates.map(\.noise),
      isExhaustive: false)
    row.setEffect(
      effect, interval: .studentT(estimate: effect, variance: variance, degrees: degrees),
      nullBand: band.interval(of: swapped))
    row.p = swapped.pValue
  }

  private func signFlips(of values: [Double]) -> Relabelled? {
    SignFlipTest.flips(
      of: values, permutations: settings.permutations, seed: settings.seed, workers: workers)
  }
}

extension StudyContext.NullBandSource {
  fileprivate func interval(of test: Relabelled?) -> Interval? {
    switch self {
    case .halves(let interval): interval
    case .test: test?.band
    }
  }
}
