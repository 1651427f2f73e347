internal import AmbitMatrix

/// A discrete Fourier transform of sixteen sequences at once, one in each lane.
///
/// Stockham's self-sorting passes of radix 4, 2, 3 and 5; single precision, factors from `Double`.
/// Forward: X[k] = Σ x[j]·exp(−2πi·jk/n). For the inverse without its 1/n, hand the real parts as
/// imaginary ones and the other way round.
struct FourierTransform: Sendable {
  let length: Int
  private let passes: [Pass]
  /// cos and −sin of every pass's factors, pass after pass.
  private let factors: [SIMD2<Float>]

  private struct Pass {
    let radix: Int
    let groups: Int
    let stride: Int
    let firstFactor: Int
  }

  /// Whether a length has only the factors 2, 3 and 5.
  static func allows(_ length: Int) -> Bool {
    var rest = length
    for radix in [2, 3, 5] {
      while rest % radix == 0 { rest /= radix }
    }
    return rest == 1
  }

  /// The smallest even allowed length that is at least `least`.
  static func length(atLeast least: Int) -> Int {
    var length = max(2, (least + 1) / 2 * 2)
    while !allows(length) { length += 2 }
    return length
  }

  init(length: Int) {
    precondition(length >= 1 && Self.allows(length), "a length of 2, 3 and 5 alone")
    self.length = length
    var passes: [Pass] = []
    var factors: [SIMD2<Float>] = []
    var (rest, stride) = (length, 1)
    while rest > 1 {
      let radix = [4, 2, 3, 5].first { rest % $0 == 0 } ?? rest
      passes.append(
        Pass(radix: radix, groups: rest / radix, stride: stride, firstFactor: factors.count))
      for group in 0..<rest / radix {
        for power in 1..<radix {
          let angle = 2 * Double.pi * Double(group * power) / Double(rest)
          factors.append(SIMD2(Float(Elementary.cos(angle)), Float(-Elementary.sin(angle))))
        }
      }
      rest /= radix
      stride *= radix
    }
    self.passes = passes
    self.factors = factors
  }

  /// Transforms `values` in place; `work` is overwritten. Both hold `length` lanes of each part.
  func transform(_ values: ComplexLanes, work: ComplexLanes) {
    var (source, target) = (values, work)
    factors.withUnsafeBufferPointer { all in
      guard let all = all.baseAddress else { return }
      for pass in passes {
        let factors = all + pass.firstFactor
        switch pass.radix {
        case 2: passOfTwo(source, target, factors, pass.groups, pass.stride)
        case 3: passOfThree(source, target, factors, pass.groups, pass.stride)
        case 4: passOfFour(source, target, factors, pass.groups, pass.stride)
        default: passOfFive(source, target, factors, pass.groups, pass.stride)
        }
        swap(&source, &target)
      }
    }
    if passes.count % 2 == 1 {
      values.real.update(from: source.real, count: length)
      values.imaginary.update(from: source.imaginary, count: length)
    }
  }
}
