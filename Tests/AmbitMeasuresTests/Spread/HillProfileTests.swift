import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

@Suite struct HillProfileTests {
  private let workers = Workers(threadCount: 2)

  @Test func equalSharesAreAsManyKindsAtEveryOrder() {
    for kinds in [1, 2, 7, 500] {
      let profile = HillProfile(
        of: [Double](repeating: 1 / Double(kinds), count: kinds),
        orders: HillProfile.standardOrders + [1 + 1e-12, 1 - 1e-9, 1 + 1e-6, 50, .infinity])
      for (order, value) in zip(profile.orders, profile.values) {
        #expect(agree(value, Double(kinds), relative: 1e-12), "\(order): \(value)")
      }
    }
  }

  /// Against numbers worked out to fifty digits, shares ½, ¼, ⅛, ⅛: `Σ p^q = 2^-q + 4^-q + 2·8^-q`.
  @Test func closedForms() {
    let shares = [0.5, 0.25, 0.125, 0.125, 0]
    let entropy = 1.75 * Elementary.log(2)
    for (order, expected) in [
      (0.0, 4.0), (1, Elementary.exp(entropy)), (2, 1 / 0.34375),
      (3, Elementary.pow(1 / (0.125 + 1.0 / 64 + 2.0 / 512), 0.5)), (.infinity, 2),
      (0.5, Elementary.pow(0.5.squareRoot() + 0.5 + 2 * 0.125.squareRoot(), 2)),
    ] {
      let value = HillProfile(of: shares, orders: [order]).values[0]
      #expect(agree(value, expected, relative: 1e-13), "\(order): \(value)")
    }
  }

  /// `d ln D_q / dq = −½ Var(ln p)` at 1: the curve runs through its limit without a step.
  @Test func theLimitAtOneIsSmooth() {
    let shares = [0.5, 0.25, 0.125, 0.125]
    let logs = shares.map { Elementary.log($0) }
    let mean = zip(shares, logs).reduce(0) { $0 + $1.0 * $1.1 }
    let variance = zip(shares, logs).reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) }
    let one = HillNumber.value(shares, order: 1)
    for step in [1e-3, 1e-5, 1e-7, 1e-9] {
      for sign in [-1.0, 1] {
        let value = HillNumber.value(shares, order: 1 + sign * step)
        let slope = Elementary.log(value / one) / (sign * step)
        #expect(abs(slope + variance / 2) < max(2 * step, 2e-16 / step * 8), "\(sign * step)")
      }
    }
  }

  @Test func curvesFallWithTheOrder() {
    forEachSeed(50) { random in
      let raw = (0..<2 + random.index(below: 40)).map { _ in
        Elementary.exp(4 * random.normal())
      }
      let total = raw.reduce(0, +)
      let values = HillProfile(of: raw.map { $0 / total }).values
      try require(agree(values[0], Double(raw.count), relative: 1e-9), "\(values[0])")
      for (before, after) in zip(values, values.dropFirst()) {
        try require(after <= before * (1 + 1e-12) && after >= 1 - 1e-12, "\(before) \(after)")
      }
    }
  }

  /// The kernel's curve passes the golden Vendi scores of set U, and its rank.
  @Test func theKernelsCurvePassesVendi() {
    let rows = Matrix(
      rowCount: 100, columnCount: 8, values: GoldenPoints.u.flatMap { $0.map { Float($0) } })
    let profile = HillProfile(ofKernel: rows, orders: [0, 1, 2, .infinity], workers: workers)
    for (value, expected) in zip(profile.values, [8, 7.666685098, 7.329121997, 4.802439894]) {
      #expect(agree(value, expected, relative: 1e-6), "\(value)")
    }
    // Three orthogonal kinds in 200 columns: noise of single precision is no kind.
    var random = SplitMix64(seed: 61)
    var lifted = Matrix(rowCount: 30, columnCount: 200)
    let directions = (0..<3).map { _ in (0..<200).map { _ in random.normal() } }
    for row in 0..<30 {
      for column in 0..<200 { lifted[row, column] = Float(directions[row % 3][column]) }
    }
    #expect(HillProfile(ofKernel: lifted, orders: [0], workers: workers).values == [3])
  }
}
