public import AmbitMatrix

/// The divergence of a map from rows, recomputed from scratch.
public enum MapDivergence {
  /// KL(P‖Q) in nats of any map of `rows`, whoever made it: all pairs of the map, in `Double`.
  ///
  /// P are the symmetric affinities of the ⌊3·perplexity⌋ exact nearest rows. O(n²).
  ///
  /// - Parameter map: `n × 2`.
  /// - Throws: as `TSNE.map`.
  public static func exact(
    of map: Matrix, rows: Matrix, perplexity: Double = 30, workers: Workers
  ) throws(ProjectionError) -> Double {
    precondition(map.rowCount == rows.rowCount && map.columnCount == 2, "one place a row")
    let method = TSNE(perplexity: perplexity)
    let affinities = method.affinities(rows, try method.usedPerplexities(rows), workers)
    let places = (0..<map.rowCount).map { SIMD2(Double(map[$0, 0]), Double(map[$0, 1])) }
    return exact(of: places, affinities: affinities, workers: workers)
  }

  static func exact(
    of places: [SIMD2<Double>], affinities: SparseAffinities, workers: Workers
  ) -> Double {
    let x = places.map(\.x) + [Double](repeating: 1e150, count: 8)
    let y = places.map(\.y) + [Double](repeating: 1e150, count: 8)
    let parts = workers.map(places.count) { row in
      let sum = x.withUnsafeBufferPointer { x in
        y.withUnsafeBufferPointer { y in
          similarities(places[row], x.baseAddress!, y.baseAddress!, places.count)
        }
      }
      var stretch = 0.0
      for index in affinities.starts[row]..<affinities.starts[row + 1] {
        let p = Double(affinities.values.pointer[index])
        let difference = places[row] - places[Int(affinities.columns.pointer[index])]
        if p > 0 {
          stretch += p * Elementary.log(p * (1 + (difference * difference).sum()))
        }
      }
      return SIMD2(stretch, sum - 1)
    }
    let total = parts.reduce(SIMD2(0, 0), +)
    return total.x + Elementary.log(total.y)
  }
}

/// The sum of φ between a place and all places, its own included.
private func similarities(
  _ place: SIMD2<Double>, _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ count: Int
) -> Double {
  var sums = SIMD8<Double>.zero
  var index = 0
  while index < count {
    let dx = place.x - UnsafeRawPointer(x + index).loadUnaligned(as: SIMD8<Double>.self)
    let dy = place.y - UnsafeRawPointer(y + index).loadUnaligned(as: SIMD8<Double>.self)
    sums += 1 / (dx * dx + dy * dy + 1)
    index += 8
  }
  return sums.sum()
}
