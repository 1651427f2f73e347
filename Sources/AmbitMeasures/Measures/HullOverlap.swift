/// `hull_kept`, `hull_lost`, `hull_gained`, `hull_jaccard`: what two hulls share.
///
/// With B the hull of the reference and T that of the checkpoint, by area:
/// kept = |B∩T| / |B|, lost = 1 − kept, gained = |T∖B| / |T|, Jaccard = |B∩T| / |B∪T|.
/// Affine-invariant, in [0, 1], undefined where a hull has no area. Even for two samples of one law
/// kept is below 1 and gained above 0; the null band says how far. Unlike a ratio of areas they see
/// a shift. Their intervals cover too little within a few hundredths of 0, where the value cannot vary
/// both ways (`Benchmarks/validation.md`); there the null band is the better guide.
struct HullOverlap: PlanePairMeasure {
  enum Part: Sendable { case kept, lost, gained, jaccard }

  let part: Part
  let levels = [PeelLevel.all, .ninetyFive]

  init(_ part: Part) { self.part = part }

  var id: String {
    switch part {
    case .kept: "hull_kept"
    case .lost: "hull_lost"
    case .gained: "hull_gained"
    case .jaccard: "hull_jaccard"
    }
  }

  var polarity: Polarity {
    switch part {
    case .kept: .higher
    case .lost: .lower
    case .gained: .higher
    case .jaccard: .neither
    }
  }

  var summary: String {
    switch part {
    case .kept: "share of the reference's hull area that the checkpoint's hull covers"
    case .lost: "share of the reference's hull area outside the checkpoint's hull"
    case .gained: "share of the checkpoint's hull area outside the reference's hull"
    case .jaccard: "area common to both hulls over the area of their union"
    }
  }

  var source: String {
    part == .jaccard
      ? "Jaccard 1912, New Phytol. 11:37"
      : "Fieberg & Kochanny 2005, J. Wildl. Manage. 69:1346"
  }

  var tail: PermutationTest.Tail {
    switch part {
    case .kept, .jaccard: .low
    case .lost, .gained: .high
    }
  }

  func value(base: PlaneShape, tuned: PlaneShape, shared: Double, level: PeelLevel) -> Double {
    let before = base.area(level)
    let after = tuned.area(level)
    guard before > 0, after > 0 else { return .nan }
    switch part {
    case .kept: return min(1, shared / before)
    case .lost: return max(0, 1 - shared / before)
    case .gained: return max(0, 1 - shared / after)
    case .jaccard: return min(1, shared / (before + after - shared))
    }
  }
}
