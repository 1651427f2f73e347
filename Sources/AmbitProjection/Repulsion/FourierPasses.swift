// One pass of Stockham's transform each: group p of inputs x[q + s(p + m·k)] gives the outputs
// y[q + s(r·p + k)], the k-th times exp(−2πi·pk/(r·m)). Small functions over pointers, for only so
// does the compiler keep the lanes in registers.

func passOfTwo(
  _ x: ComplexLanes, _ y: ComplexLanes, _ factors: UnsafePointer<SIMD2<Float>>, _ groups: Int,
  _ stride: Int
) {
  for group in 0..<groups {
    let w1 = factors[group]
    let (source, target) = (stride * group, stride * 2 * group)
    for q in 0..<stride {
      let a = x[source + q]
      let b = x[source + q + stride * groups]
      y[target + q] = a + b
      y[target + q + stride] = (a - b) * w1
    }
  }
}

func passOfThree(
  _ x: ComplexLanes, _ y: ComplexLanes, _ factors: UnsafePointer<SIMD2<Float>>, _ groups: Int,
  _ stride: Int
) {
  let sine: Float = 0.866_025_4
  for group in 0..<groups {
    let (w1, w2) = (factors[2 * group], factors[2 * group + 1])
    let (source, target) = (stride * group, stride * 3 * group)
    for q in 0..<stride {
      let a = x[source + q]
      let b = x[source + q + stride * groups]
      let c = x[source + q + stride * 2 * groups]
      let sum = b + c
      let middle = a - sum * 0.5
      let turned = (b - c).turned * sine
      y[target + q] = a + sum
      y[target + q + stride] = (middle + turned) * w1
      y[target + q + 2 * stride] = (middle - turned) * w2
    }
  }
}

func passOfFour(
  _ x: ComplexLanes, _ y: ComplexLanes, _ factors: UnsafePointer<SIMD2<Float>>, _ groups: Int,
  _ stride: Int
) {
  for group in 0..<groups {
    let (w1, w2, w3) = (factors[3 * group], factors[3 * group + 1], factors[3 * group + 2])
    let (source, target) = (stride * group, stride * 4 * group)
    for q in 0..<stride {
      let a = x[source + q]
      let b = x[source + q + stride * groups]
      let c = x[source + q + stride * 2 * groups]
      let d = x[source + q + stride * 3 * groups]
      let (even, odd) = (a + c, a - c)
      let sum = b + d
      let turned = (b - d).turned
      y[target + q] = even + sum
      y[target + q + stride] = (odd + turned) * w1
      y[target + q + 2 * stride] = (even - sum) * w2
      y[target + q + 3 * stride] = (odd - turned) * w3
    }
  }
}

func passOfFive(
  _ x: ComplexLanes, _ y: ComplexLanes, _ factors: UnsafePointer<SIMD2<Float>>, _ groups: Int,
  _ stride: Int
) {
  let (cosine1, cosine2): (Float, Float) = (0.309_017, -0.809_017)
  let (sine1, sine2): (Float, Float) = (0.951_056_5, 0.587_785_25)
  for group in 0..<groups {
    let factors = factors + 4 * group
    let (source, target) = (stride * group, stride * 5 * group)
    for q in 0..<stride {
      let a = x[source + q]
      let b = x[source + q + stride * groups]
      let c = x[source + q + stride * 2 * groups]
      let d = x[source + q + stride * 3 * groups]
      let e = x[source + q + stride * 4 * groups]
      let (outer, inner) = (b + e, c + d)
      let (outerTurned, innerTurned) = ((b - e).turned, (c - d).turned)
      let first = a + outer * cosine1 + inner * cosine2
      let second = a + outer * cosine2 + inner * cosine1
      let firstTurned = outerTurned * sine1 + innerTurned * sine2
      let secondTurned = outerTurned * sine2 - innerTurned * sine1
      y[target + q] = a + outer + inner
      y[target + q + stride] = (first + firstTurned) * factors[0]
      y[target + q + 2 * stride] = (second + secondTurned) * factors[1]
      y[target + q + 3 * stride] = (second - secondTurned) * factors[2]
      y[target + q + 4 * stride] = (first - firstTurned) * factors[3]
    }
  }
}
