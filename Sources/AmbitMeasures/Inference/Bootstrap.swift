package import AmbitMatrix

/// The n-out-of-n bootstrap over units, as counts.
///
/// Valid for smooth statistics (means, dispersions). Not for hulls: see `Jackknife`.
package enum Bootstrap {
  /// Writes how often each unit is drawn in replicate `replicate`.
  package static func writeCounts(
    _ stream: SeedStream, seed: UInt64, replicate: Int, to counts: inout [Float]
  ) {
    var random = stream.generator(seed: seed, replicate: replicate)
    for index in counts.indices { counts[index] = 0 }
    for _ in counts.indices { counts[random.index(below: counts.count)] += 1 }
  }

  /// The bootstrap means of `values`, one a replicate. O(replicates · values).
  package static func means(
    of values: [Double], replicates: Int, seed: UInt64, workers: Workers
  ) -> [Double] {
    guard !values.isEmpty else { return [] }
    return workers.map(replicates) { replicate in
      var random = SeedStream.bootstrap.generator(seed: seed, replicate: replicate)
      var sum = 0.0
      for _ in values.indices { sum += values[random.index(below: values.count)] }
      return sum / Double(values.count)
    }
  }
}
