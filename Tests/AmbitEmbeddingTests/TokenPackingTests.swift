import AmbitEmbedding
import AmbitMatrix
import AmbitTestSupport
import Testing

@Suite struct TokenPackingTests {
  @Test func everyTextIsPackedOnceAndGroupsFit() {
    forEachSeed(60) { random in
      let lengths = (0..<Int(random.next() % 200)).map { _ in Int(random.next() % 60) }
      let capacity = 60 + Int(random.next() % 200)
      let groups = TokenPacking(lengths: lengths, capacity: capacity).groups
      let packed = groups.flatMap { $0 }.sorted()
      try require(packed == lengths.indices.filter { lengths[$0] > 0 }, "not each text once")
      for group in groups {
        try require(group.reduce(0) { $0 + lengths[$1] } <= capacity, "a group is too large")
      }
      // First fit, longest first: two groups can never be joined.
      let sums = groups.map { $0.reduce(0) { $0 + lengths[$1] } }.sorted()
      if sums.count > 1 { try require(sums[0] + sums[1] > capacity, "two groups fit into one") }
    }
  }
}

@Suite struct RelativePositionTests {
  /// Buckets of PyTorch's MPNet for keys 0, 1, 2, … tokens behind the query, 32 buckets.
  @Test func bucketsEqualTheReference() {
    let behind = [
      0, 17, 18, 19, 20, 21, 22, 23, 24, 24, 24, 24, 25, 25, 25, 25, 26, 26, 26, 26, 26, 26, 26, 27,
    ]
    for (distance, bucket) in behind.enumerated() {
      #expect(RelativePositionBias.bucket(distance: distance, count: 32) == bucket, "\(distance)")
      if distance > 0 {
        #expect(RelativePositionBias.bucket(distance: -distance, count: 32) == bucket - 16)
      }
    }
    #expect(RelativePositionBias.bucket(distance: 500, count: 32) == 31)
  }
}
