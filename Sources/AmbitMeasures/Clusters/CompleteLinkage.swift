/// A hierarchy of points by complete linkage: two clusters are as far apart as their farthest points.
///
/// Cut at a radius, every cluster has a diameter of at most that radius, which is what makes it a kind:
/// no two of its points are told apart. By nearest-neighbour chains, O(n²) time. Sources: Defays 1977,
/// Comput. J. 20:364; for the chains Murtagh 1983, Comput. J. 26:354.
package struct CompleteLinkage: Equatable, Sendable {
  /// Two clusters that become one; each is known by its point of lowest index.
  package struct Merge: Equatable, Sendable {
    package let first: Int
    package let second: Int
    /// The distance between their farthest points.
    package let height: Double
  }

  /// All n − 1 merges, lowest first.
  package let merges: [Merge]
  private let count: Int

  /// - Parameters:
  ///   - distances: symmetric `count × count`, row-major, finite.
  ///   - count: how many points there are.
  ///
  /// Ties go to the neighbour before in the chain, then to the lowest index.
  package init(distances: [Double], count: Int) {
    precondition(distances.count == count * count, "distances between all points")
    self.count = count
    var distances = distances
    var isOpen = [Bool](repeating: true, count: count)
    var chain: [Int] = []
    var found: [Merge] = []
    distances.withUnsafeMutableBufferPointer { distances in
      isOpen.withUnsafeMutableBufferPointer { isOpen in
        while found.count < count - 1 {
          if chain.isEmpty { chain.append(isOpen.firstIndex(of: true) ?? 0) }
          let end = chain[chain.count - 1]
          var nearest = chain.count > 1 ? chain[chain.count - 2] : -1
          var least = nearest >= 0 ? distances[end * count + nearest] : .infinity
          for other in 0..<count where isOpen[other] && other != end {
            let distance = distances[end * count + other]
            if distance < least { (nearest, least) = (other, distance) }
          }
          guard chain.count > 1, nearest == chain[chain.count - 2] else {
            chain.append(nearest)
            continue
          }
          chain.removeLast(2)
          let (kept, gone) = (min(end, nearest), max(end, nearest))
          found.append(Merge(first: kept, second: gone, height: least))
          isOpen[gone] = false
          for other in 0..<count where isOpen[other] && other != kept {
            let distance = max(distances[kept * count + other], distances[gone * count + other])
            distances[kept * count + other] = distance
            distances[other * count + kept] = distance
          }
        }
      }
    }
    merges = found.indices.sorted {
      (found[$0].height, $0) < (found[$1].height, $1)
    }.map { found[$0] }
  }

  /// The cluster of every point where merges no higher than `radius` are made, numbered from 0 in the
  /// order of their first points.
  package func clusters(within radius: Double) -> [Int] {
    var parents = Array(0..<count)
    func root(_ point: Int) -> Int {
      var root = point
      while parents[root] != root { root = parents[root] }
      return root
    }
    for merge in merges where merge.height <= radius {
      let (first, second) = (root(merge.first), root(merge.second))
      parents[max(first, second)] = min(first, second)
    }
    var numbers: [Int: Int] = [:]
    return (0..<count).map { point in
      let root = root(point)
      let number = numbers[root] ?? numbers.count
      numbers[root] = number
      return number
    }
  }
}
