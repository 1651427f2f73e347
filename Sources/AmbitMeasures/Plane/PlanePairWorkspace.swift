/// Two clouds at a time, regrouped from a pool. One workspace a thread.
final class PlanePairWorkspace {
  let base: PlaneShape
  let tuned: PlaneShape
  private let clipped: UnsafeMutablePointer<SIMD2<Double>>
  private let spare: UnsafeMutablePointer<SIMD2<Double>>
  private let clipCapacity: Int

  /// - Parameters:
  ///   - capacity: the most points that either cloud can have.
  ///   - unitLength: see `PlaneShape.unitLength`.
  init(capacity: Int, unitLength: Double = .nan) {
    base = PlaneShape(capacity: capacity, unitLength: unitLength)
    tuned = PlaneShape(capacity: capacity, unitLength: unitLength)
    clipCapacity = 2 * capacity + 8
    clipped = .allocate(capacity: clipCapacity)
    spare = .allocate(capacity: clipCapacity)
  }

  deinit {
    clipped.deallocate()
    spare.deallocate()
  }

  /// Makes the base cloud of the owners in group 0 and the tuned cloud of those in group 1.
  func regroup(_ pool: PlanePool, _ groups: [UInt8], levels: PlaneLevels) {
    let into0 = base.points
    let into1 = tuned.points
    var count0 = 0
    var count1 = 0
    pool.points.withUnsafeBufferPointer { points in
      pool.owners.withUnsafeBufferPointer { owners in
        groups.withUnsafeBufferPointer { groups in
          for index in points.indices {
            // Written to both, kept in one: no branch to mispredict.
            let group = groups[Int(owners[index])]
            into0[count0] = points[index]
            into1[count1] = points[index]
            count0 &+= group == 0 ? 1 : 0
            count1 &+= group == 1 ? 1 : 0
          }
        }
      }
    }
    base.finish(count0, levels: levels)
    tuned.finish(count1, levels: levels)
  }

  /// The area common to both hulls of a level.
  func sharedArea(_ level: PeelLevel) -> Double {
    let subject = tuned.outline(level)
    let clip = base.outline(level)
    guard subject.count > 2, clip.count > 2 else { return 0 }
    let count = ConvexClip.clip(
      subject, by: clip, into: clipped, spare: spare, capacity: clipCapacity)
    return ConvexClip.area(UnsafeBufferPointer(start: clipped, count: count))
  }
}

/// Which hulls a resampled cloud needs.
enum PlaneLevels {
  case all
  /// Those that the two-set measures look at: 100 % and 95 %.
  case outer
  /// No hull at all.
  case none
}
