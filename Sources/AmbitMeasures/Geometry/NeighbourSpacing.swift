/// How far apart the points of a planar cloud lie.
public enum NeighbourSpacing {
  /// The median over points of the distance to the `order`-th nearest other point; NaN where there are
  /// not so many. Equal points are at distance 0. About O(n √n): points are searched along x.
  public static func median(of points: [SIMD2<Double>], order: Int) -> Double {
    precondition(order > 0, "the nearest neighbour is the first")
    guard points.count > order else { return .nan }
    let sorted = points.sorted { $0.x != $1.x ? $0.x < $1.x : $0.y < $1.y }
    var nearest = [Double](repeating: 0, count: order)
    let distances = sorted.indices.map { index in
      for slot in nearest.indices { nearest[slot] = .infinity }
      var (before, after) = (index - 1, index + 1)
      while true {
        let left = before >= 0 ? sorted[index].x - sorted[before].x : .infinity
        let right = after < sorted.count ? sorted[after].x - sorted[index].x : .infinity
        let gap = min(left, right)
        if !(gap * gap < nearest[order - 1]) { break }
        let other = left <= right ? before : after
        if left <= right { before -= 1 } else { after += 1 }
        let step = sorted[other] - sorted[index]
        let square = step.x * step.x + step.y * step.y
        guard square < nearest[order - 1] else { continue }
        var slot = order - 1
        while slot > 0 && nearest[slot - 1] > square {
          nearest[slot] = nearest[slot - 1]
          slot -= 1
        }
        nearest[slot] = square
      }
      return nearest[order - 1].squareRoot()
    }
    return Quantile.median(distances) ?? .nan
  }
}
