/// Sixteen numbers that are computed at once.
typealias Lanes = SIMD16<Float>

extension UnsafePointer<Float> {
  /// The sixteen numbers from `offset` on.
  @inline(__always)
  func lanes(_ offset: Int) -> Lanes {
    UnsafeRawPointer(self + offset).loadUnaligned(as: Lanes.self)
  }
}

extension UnsafeMutablePointer<Float> {
  @inline(__always)
  func lanes(_ offset: Int) -> Lanes {
    UnsafeRawPointer(self + offset).loadUnaligned(as: Lanes.self)
  }

  @inline(__always)
  func setLanes(_ offset: Int, _ value: Lanes) {
    UnsafeMutableRawPointer(self + offset).storeBytes(of: value, as: Lanes.self)
  }
}

extension SIMD8<Float> {
  /// The sum of the lanes by halves: three additions in one fixed order.
  @inline(__always)
  var total: Float {
    let four = lowHalf + highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
  }
}

extension SIMD16<Float> {
  /// The sum of the lanes by halves: four additions in one fixed order.
  @inline(__always)
  var total: Float {
    let eight = lowHalf + highHalf
    let four = eight.lowHalf + eight.highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
  }

  /// eˣ for x ≤ 0, relative error below 3·10⁻⁷; 0 below −87.
  ///
  /// 2ᵏ·eʳ with |r| ≤ ½ ln 2 and a polynomial of degree 6 (the coefficients of Taylor's series).
  @inline(__always)
  var exponential: Lanes {
    let tooSmall = self .< -87
    let x = self.replacing(with: -87, where: tooSmall)
    let scaled = x * 1.442_695
    let whole = scaled.rounded(.toNearestOrEven)
    let rest = (x - whole * 0.693_359_4) + whole * 2.121_944_4e-4
    var series = rest * (1 / 720 as Float) + (1 / 120 as Float)
    series = series * rest + (1 / 24 as Float)
    series = series * rest + (1 / 6 as Float)
    series = series * rest + 0.5
    series = series * rest + 1
    series = series * rest + 1
    let exponent = SIMD16<Int32>(truncatingIfNeeded: SIMD16<Int32>(whole)) &+ 127
    let power = unsafeBitCast(exponent &<< 23, to: Lanes.self)
    return (series * power).replacing(with: 0, where: tooSmall)
  }

  /// The natural logarithm of positive, normal numbers, absolute error below 3·10⁻⁷ near 1.
  ///
  /// x = 2ᵏ·m with m in [√½, √2); ln m = 2 artanh((m − 1)/(m + 1)).
  @inline(__always)
  var logarithm: Lanes {
    let bits = unsafeBitCast(self, to: SIMD16<Int32>.self)
    let shifted = bits &- 0x3f35_04f3
    let exponent = shifted &>> 23
    let mantissa = unsafeBitCast(bits &- (exponent &<< 23), to: Lanes.self)
    let ratio = (mantissa - 1) / (mantissa + 1)
    let square = ratio * ratio
    var series = square * (2 / 9 as Float) + (2 / 7 as Float)
    series = series * square + (2 / 5 as Float)
    series = series * square + (2 / 3 as Float)
    series = series * square + 2
    return ratio * series + Lanes(exponent) * 0.693_147_2
  }
}
