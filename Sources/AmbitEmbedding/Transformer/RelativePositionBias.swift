import AmbitMatrix

/// MPNet's bias on attention scores: a number per head and bucket of distances between tokens.
///
/// Near distances have a bucket each, far ones share them logarithmically (T5's scheme, both ways).
package struct RelativePositionBias: Sendable {
  private let byDistance: FloatBuffer
  private let reach: Int

  /// - Parameter byBucket: `buckets × heads`, row-major.
  init(byBucket: [Float], configuration: EncoderConfiguration) {
    reach = configuration.positionCount
    let spread = 2 * reach - 1
    byDistance = FloatBuffer(zeros: configuration.headCount * spread)
    for place in 0..<spread {
      let bucket = Self.bucket(distance: place - (reach - 1), count: configuration.bucketCount)
      for head in 0..<configuration.headCount {
        byDistance.start[head * spread + place] = byBucket[bucket * configuration.headCount + head]
      }
    }
  }

  /// The bias of a head for keys 0, 1, … seen from the query at `position`: consecutive numbers.
  @inline(__always)
  func start(head: Int, position: Int) -> UnsafePointer<Float> {
    UnsafePointer(byDistance.start + head * (2 * reach - 1) + reach - 1 - position)
  }

  /// The bucket of a key `distance` tokens behind the query (negative: before it).
  package static func bucket(distance: Int, count: Int, farthest: Int = 128) -> Int {
    let half = count / 2
    let exact = half / 2
    let side = distance > 0 ? half : 0
    let length = abs(distance)
    if length < exact { return side + length }
    // In single precision, as PyTorch computes it: at the edges of buckets the rounding decides.
    let ratio =
      Float(Elementary.log(Double(Float(length) / Float(exact))))
      / Float(Elementary.log(Double(farthest) / Double(exact)))
    return side + min(half - 1, exact + Int(ratio * Float(half - exact)))
  }
}
