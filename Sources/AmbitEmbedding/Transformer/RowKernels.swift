/// What a transformer does to one row at a time, between its matrix products.
package enum RowKernels {
  package typealias Lanes = VectorMath.Lanes

  @inline(__always)
  private static func lanes(_ values: UnsafePointer<Float>, _ index: Int) -> Lanes {
    UnsafeRawPointer(values + index).loadUnaligned(as: Lanes.self)
  }

  @inline(__always)
  private static func store(
    _ value: Lanes, _ values: UnsafeMutablePointer<Float>, _ index: Int
  ) {
    UnsafeMutableRawPointer(values + index).storeBytes(of: value, as: Lanes.self)
  }

  /// `target = a + b`; `count` numbers each.
  package static func add(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int,
    into target: UnsafeMutablePointer<Float>
  ) {
    let whole = count & ~15
    for index in stride(from: 0, to: whole, by: 16) {
      store(lanes(a, index) + lanes(b, index), target, index)
    }
    for index in whole..<count { target[index] = a[index] + b[index] }
  }

  /// `target = (source − mean) / √(variance + epsilon) · scale + offset`; in place where both are one.
  package static func normalize(
    _ source: UnsafePointer<Float>, count: Int, scale: UnsafePointer<Float>,
    offset: UnsafePointer<Float>, epsilon: Float, into target: UnsafeMutablePointer<Float>
  ) {
    let whole = count & ~15
    var sums = Lanes(repeating: 0)
    for index in stride(from: 0, to: whole, by: 16) { sums += lanes(source, index) }
    var total = VectorMath.sum(sums)
    for index in whole..<count { total += source[index] }
    let mean = total / Float(count)

    var squares = Lanes(repeating: 0)
    for index in stride(from: 0, to: whole, by: 16) {
      let centred = lanes(source, index) - mean
      squares += centred * centred
    }
    var square = VectorMath.sum(squares)
    for index in whole..<count { square += (source[index] - mean) * (source[index] - mean) }
    let inverse = 1 / (square / Float(count) + epsilon).squareRoot()

    for index in stride(from: 0, to: whole, by: 16) {
      let centred = (lanes(source, index) - mean) * inverse
      store(centred * lanes(scale, index) + lanes(offset, index), target, index)
    }
    for index in whole..<count {
      target[index] = (source[index] - mean) * inverse * scale[index] + offset[index]
    }
  }

  /// Replaces `count` scores by their softmax. Up to the next multiple of 16 there must be room, which
  /// is overwritten with zeros.
  package static func softmax(_ scores: UnsafeMutablePointer<Float>, count: Int) {
    let padded = (count + 15) & ~15
    for index in count..<padded { scores[index] = -.infinity }
    var largest = lanes(scores, 0)
    for index in stride(from: 16, to: padded, by: 16) {
      let next = lanes(scores, index)
      largest = largest.replacing(with: next, where: next .> largest)
    }
    let top = VectorMath.largest(largest)
    var sums = Lanes(repeating: 0)
    for index in stride(from: 0, to: padded, by: 16) {
      let power = VectorMath.exp(lanes(scores, index) - top)
      sums += power
      store(power, scores, index)
    }
    let inverse = 1 / VectorMath.sum(sums)
    for index in stride(from: 0, to: padded, by: 16) {
      store(lanes(scores, index) * inverse, scores, index)
    }
  }

  /// `target += source`, `count` numbers.
  package static func accumulate(
    _ source: UnsafePointer<Float>, count: Int, into target: UnsafeMutablePointer<Float>
  ) {
    add(target, source, count: count, into: target)
  }
}
