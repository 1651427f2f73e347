internal import AmbitMatrix

/// The order of a map's points along a curve that keeps near ones together (Morton's).
///
/// Points that lie near each other are drawn to each other; stored near each other, the loop over
/// affinities finds them in the fastest cache.
struct MapOrder: Sendable {
  /// Which point stands at each place.
  let points: [Int32]

  init(_ map: MapPoints) {
    let (low, high) = map.bounds
    let span = max(high.x - low.x, high.y - low.y)
    let scale = span > 0 ? 65_535 / span : 0
    points = (0..<map.count).map { index in
      let cell = (map[index] - low) * scale
      let key = Self.spread(UInt64(cell.x)) << 1 | Self.spread(UInt64(cell.y))
      return key << 32 | UInt64(index)
    }.sorted().map { Int32(truncatingIfNeeded: $0 & 0xffff_ffff) }
  }

  /// Sixteen bits with a zero after each.
  private static func spread(_ value: UInt64) -> UInt64 {
    var bits = value & 0xffff
    bits = (bits | bits << 8) & 0x00ff_00ff
    bits = (bits | bits << 4) & 0x0f0f_0f0f
    bits = (bits | bits << 2) & 0x3333_3333
    return (bits | bits << 1) & 0x5555_5555
  }

  /// At which place each point stands.
  var places: [Int32] {
    var places = [Int32](repeating: 0, count: points.count)
    for (place, point) in points.enumerated() {
      places[Int(point)] = Int32(truncatingIfNeeded: place)
    }
    return places
  }

  /// The same points in this order.
  func applied(to map: MapPoints) -> MapPoints {
    MapPoints(map.count) { map[Int(points[$0])] }
  }

  /// The same points in the order from before.
  func undone(on map: MapPoints) -> MapPoints {
    let places = places
    return MapPoints(map.count) { map[Int(places[$0])] }
  }
}
