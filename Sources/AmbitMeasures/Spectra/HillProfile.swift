public import AmbitMatrix

/// Hill's effective numbers of kinds over a range of orders: one curve instead of one number.
///
/// `D_q = (Σ p^q)^{1/(1 − q)}`, at q = 1 its limit `exp(−Σ p ln p)`. Low orders count rare kinds, high ones
/// only the common; it never rises with q. Of two sets the first is the more diverse beyond doubt only
/// where its whole curve lies above the other's. Source: Hill 1973, Ecology 54:427.
public struct HillProfile: Equatable, Sendable {
  /// The orders q, as given.
  public let orders: [Double]
  /// `D_q`, one an order.
  public let values: [Double]

  /// From 0 to 4 in steps of a tenth.
  public static let standardOrders = (0...40).map { Double($0) / 10 }

  /// Of shares that add up to 1.
  ///
  /// - Parameters:
  ///   - orders: at least 0, `.infinity` among them if wanted.
  ///   - threshold: shares up to it count as none: rounding, in the spectrum of a kernel.
  public init(
    of shares: [Double], orders: [Double] = HillProfile.standardOrders, threshold: Double = 0
  ) {
    let positive = shares.filter { $0 > threshold }
    self.orders = orders
    values = orders.map { HillNumber.value(positive, order: $0) }
  }

  /// Of the eigenvalues of `K / n`, K the cosine kernel of some rows, whatever their lengths: the Vendi
  /// score of every order. One eigenproblem of order min(n, columns).
  ///
  /// It grows with n, most at low orders, so only equal numbers of rows compare. At q = 0 it is the rank:
  /// eigenvalues below 1e-6 are taken for rounding. Source: Friedman & Dieng 2023; Pasarkar & Dieng 2024.
  public init(
    ofKernel rows: Matrix, orders: [Double] = HillProfile.standardOrders, workers: Workers
  ) {
    let kernel = CosineKernel(unitRows: CosineKernel.unitRows(rows), workers: workers)
    self.init(of: kernel.spectrum, orders: orders, threshold: 1e-6)
  }
}

extension HillNumber {
  /// `(Σ p^q)^{1/(1 − q)}` of positive shares that add up to 1, and its limits at 1 and infinity; to full
  /// precision about 1.
  package static func value(_ shares: [Double], order q: Double) -> Double {
    precondition(q >= 0, "orders are not negative")
    if q == 0 { return Double(shares.count) }
    if q == 1 { return one(shares) }
    if q == .infinity { return infinity(shares) }
    let total = shares.reduce(0, +)
    let logs = shares.map { Elementary.log($0 / total) }
    guard abs(q - 1) < 0.05 else {
      let sum = logs.reduce(0) { $0 + Elementary.exp(q * $1) }
      return Elementary.exp(Elementary.log(sum) / (1 - q))
    }
    // Σ p^q − 1, by Σ p (e^{(q − 1) ln p} − 1).
    let excess = logs.reduce(0) {
      $0 + Elementary.exp($1) * exponentialLessOne((q - 1) * $1)
    }
    return Elementary.exp(logarithmOfOnePlus(excess) / (1 - q))
  }

  /// `eˣ − 1` without loss near 0.
  private static func exponentialLessOne(_ x: Double) -> Double {
    guard abs(x) < 1e-2 else { return Elementary.exp(x) - 1 }
    return x * (1 + x / 2 * (1 + x / 3 * (1 + x / 4 * (1 + x / 5 * (1 + x / 6 * (1 + x / 7))))))
  }

  /// `log(1 + y)` without loss near 0.
  private static func logarithmOfOnePlus(_ y: Double) -> Double {
    let whole = 1 + y
    guard whole != 1 else { return y }
    // What rounding took from 1 + y is put back to first order.
    return Elementary.log(whole) * (y / (whole - 1))
  }
}
