public import AmbitMatrix
public import Testing

/// Runs `property` on many seeds. A failure names its seed, so that it can be run again alone.
public func forEachSeed(
  _ count: Int, from first: UInt64 = 1, sourceLocation: SourceLocation = #_sourceLocation,
  _ property: (inout SplitMix64) throws -> Void
) {
  for seed in first..<first + UInt64(count) {
    var random = SplitMix64(seed: seed)
    do {
      try property(&random)
    } catch {
      Issue.record("seed \(seed): \(error)", sourceLocation: sourceLocation)
    }
  }
}

/// Thrown by `require(_:_:)`; `forEachSeed` adds the seed.
public struct PropertyViolation: Error, CustomStringConvertible {
  /// What does not hold.
  public let description: String
}

/// Throws with `message` where `condition` does not hold.
public func require(_ condition: Bool, _ message: @autoclosure () -> String) throws {
  if !condition { throw PropertyViolation(description: message()) }
}

/// Whether two numbers agree within `tolerance`, relative to the larger one.
public func agree(_ a: Double, _ b: Double, relative tolerance: Double) -> Bool {
  a == b || abs(a - b) <= tolerance * max(abs(a), abs(b))
}
