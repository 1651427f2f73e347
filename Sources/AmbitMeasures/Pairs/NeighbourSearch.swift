internal import AmbitMatrix

/// The distance that a count of neighbours compares, in an arithmetic of its own.
protocol ComparedDistance: Sendable {
  /// Between two rows of all; the first is the one that looks for neighbours.
  func between(_ row: Int, _ other: Int) -> Float
  /// How far its square may be from the true squared distance, besides the rounding of the result.
  var slack: Double { get }
  /// The squared distance that a value stands for.
  func square(_ value: Float) -> Double
}

/// Counts how two sets lie among each other's k-th nearest neighbours, each distance looked at once.
///
/// Bounds of the distances by blocks of matrix products decide nearly all comparisons; the others are
/// taken in the arithmetic that is asked for. So the counts are those of a full table of distances, of
/// which no more than a block of rows is ever there. O(n² · columns) operations, O(n · columns) memory.
struct NeighbourSearch<Distance: ComparedDistance>: Sendable {
  /// The rows of the reference, then those of the other set.
  private let bounds: DistanceBounds
  private let distance: Distance
  private let base: Range<Int>
  private let tuned: Range<Int>
  private let k: Int
  private let workers: Workers

  /// More than the relative rounding of a single-precision distance and its square.
  private static var rounding: Double { 0x1p-20 }

  /// - Parameter rows: the rows of the reference, `baseCount` of them, then those of the other set.
  init(of rows: Matrix, baseCount: Int, k: Int, by distance: Distance, workers: Workers) {
    bounds = DistanceBounds(of: rows, workers: workers)
    self.distance = distance
    base = 0..<baseCount
    tuned = baseCount..<rows.rowCount
    self.k = k
    self.workers = workers
  }

  func counts() -> NeighbourCounts {
    var counts = NeighbourCounts(k: k)
    (counts.base, counts.tuned) = (base.count, tuned.count)
    counts.isDefined = base.count > k && tuned.count > k
    guard counts.isDefined else { return counts }
    let radii = [base, tuned].map { self.radii($0) }
    let found = crossings(base: Reaches(radii[0], self), tuned: Reaches(radii[1], self))
    var isTunedInBase = [Bool](repeating: false, count: tuned.count)
    for part in found {
      counts.pairs += part.pairs
      counts.coveredBase += part.coveredBase
      counts.baseInTuned += part.baseInTuned
      for index in isTunedInBase.indices where part.isTunedInBase[index] {
        isTunedInBase[index] = true
      }
    }
    counts.tunedInBase = isTunedInBase.count { $0 }
    return counts
  }

  /// The distance of each row of a set to the k-th nearest other row of it.
  private func radii(_ set: Range<Int>) -> [Float] {
    let (distance, k) = (distance, k)
    return bounds.blocks(of: set, to: set, workers: workers, state: { [Float]() }) {
      found, row in
      let own = row.index - set.lowerBound
      (row.lower[own], row.upper[own]) = (.infinity, .infinity)
      // At least k rows lie within the k-th smallest upper bound, so no row beyond it matters.
      let reach = Double(Smallest.value(k, of: UnsafeBufferPointer(row.upper)))
      let limit = Float(reach * (1 + Self.rounding) + 2 * distance.slack).nextUp
      var nearest: [Float] = []
      Smallest.forEach(in: UnsafeBufferPointer(row.lower), within: limit) { other in
        guard other != own, other < set.count else { return }
        nearest.append(distance.between(row.index, set.lowerBound + other))
      }
      nearest.sort()
      found.append(nearest[k - 1])
    }.flatMap { $0 }
  }

  /// What one block of the reference's rows found.
  private struct Crossings: Sendable {
    var pairs = 0
    var coveredBase = 0
    var baseInTuned = 0
    var isTunedInBase: [Bool]
  }

  /// Radii, with squares below which a distance surely is smaller and above which it is not.
  private struct Reaches: Sendable {
    let radii: [Float]
    let inner: [Float]
    let outer: [Float]

    init(_ radii: [Float], _ search: NeighbourSearch) {
      self.radii = radii
      let squares = radii.map { search.distance.square($0) }
      let slack = search.distance.slack
      inner = squares.map { Float($0 * (1 - rounding) - slack).nextDown }
      let outer = squares.map { Float($0 * (1 + rounding) + slack).nextUp }
      // Nothing reaches what fills up a row of bounds.
      self.outer = outer + [Float](repeating: -.infinity, count: Smallest.filling(outer.count))
    }
  }

  private func crossings(base reachesOfBase: Reaches, tuned reachesOfTuned: Reaches)
    -> [Crossings]
  {
    let (distance, tuned) = (distance, tuned)
    return bounds.blocks(
      of: base, to: tuned, workers: workers,
      state: { Crossings(isTunedInBase: .init(repeating: false, count: tuned.count)) }
    ) { found, row in
      let (radius, inner, outer) = (
        reachesOfBase.radii[row.index], reachesOfBase.inner[row.index],
        reachesOfBase.outer[row.index]
      )
      var (pairs, isInside) = (0, false)
      reachesOfTuned.outer.withUnsafeBufferPointer { outers in
        Smallest.forEach(in: UnsafeBufferPointer(row.lower), within: outer, or: outers) { other in
          guard other < tuned.count else { return }
          var (inBase, inTuned) = (
            row.upper[other] < inner, row.upper[other] < reachesOfTuned.inner[other]
          )
          // Bounds that do not exist decide nothing.
          let isOpen =
            !inBase && !(row.lower[other] > outer)
            || !inTuned && !(row.lower[other] > outers[other])
          if isOpen {
            let value = distance.between(row.index, tuned.lowerBound + other)
            (inBase, inTuned) = (value < radius, value < reachesOfTuned.radii[other])
          }
          if inBase {
            pairs += 1
            found.isTunedInBase[other] = true
          }
          isInside = isInside || inTuned
        }
      }
      found.pairs += pairs
      found.coveredBase += pairs > 0 ? 1 : 0
      found.baseInTuned += isInside ? 1 : 0
    }
  }
}

/// Searches among single-precision numbers, sixteen at a time: their count is a multiple of that.
private enum Smallest {
  private typealias Lanes = SIMD16<Float>

  /// How many numbers are missing to whole sixteens.
  static func filling(_ count: Int) -> Int { -count & (Lanes.scalarCount - 1) }

  /// The `k`-th smallest; infinity where there are fewer. NaN is never among them.
  static func value(_ k: Int, of numbers: UnsafeBufferPointer<Float>) -> Float {
    var least = [Float](repeating: .infinity, count: k)
    func insert(_ number: Float) {
      guard number < least[k - 1] else { return }
      var place = k - 1
      while place > 0 && least[place - 1] > number {
        least[place] = least[place - 1]
        place -= 1
      }
      least[place] = number
    }
    for index in stride(from: 0, to: numbers.count, by: Lanes.scalarCount)
    where any(lanes(numbers, index) .< Lanes(repeating: least[k - 1])) {
      for lane in index..<index + Lanes.scalarCount { insert(numbers[lane]) }
    }
    return least[k - 1]
  }

  /// The places whose numbers are not above `limit`, in order.
  @inline(__always)
  static func forEach(
    in numbers: UnsafeBufferPointer<Float>, within limit: Float, _ body: (Int) -> Void
  ) {
    for index in stride(from: 0, to: numbers.count, by: Lanes.scalarCount) {
      let isFar = lanes(numbers, index) .> Lanes(repeating: limit)
      if all(isFar) { continue }
      for lane in 0..<Lanes.scalarCount where !isFar[lane] { body(index + lane) }
    }
  }

  /// The places whose numbers are not above `limit`, or not above their own limits, in order.
  @inline(__always)
  static func forEach(
    in numbers: UnsafeBufferPointer<Float>, within limit: Float,
    or limits: UnsafeBufferPointer<Float>, _ body: (Int) -> Void
  ) {
    for index in stride(from: 0, to: numbers.count, by: Lanes.scalarCount) {
      let block = lanes(numbers, index)
      let isFar = (block .> Lanes(repeating: limit)) .& (block .> lanes(limits, index))
      if all(isFar) { continue }
      for lane in 0..<Lanes.scalarCount where !isFar[lane] { body(index + lane) }
    }
  }

  private static func lanes(_ numbers: UnsafeBufferPointer<Float>, _ index: Int) -> Lanes {
    UnsafeRawPointer(numbers.baseAddress! + index).loadUnaligned(as: Lanes.self)
  }
}
