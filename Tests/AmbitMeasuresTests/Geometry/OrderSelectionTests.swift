import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

@Suite struct OrderSelectionTests {
  @Test func bothWaysFindWhatSortingFinds() {
    forEachSeed(200) { random in
      let count = 1 + random.index(below: 300)
      let levels = 1 + random.index(below: 400)
      // Few levels make many ties; a valley is what distances along an axis look like.
      var values = (0..<count).map { index in
        random.index(below: 2) == 0
          ? Double(random.index(below: levels)) : abs(Double(index) - Double(count) / 2)
      }
      let sorted = values.sorted()
      let rank = random.index(below: count)
      var padded = values + [Double](repeating: .infinity, count: 32)
      let guess = random.uniform() * 2 * sorted[rank] + (random.index(below: 3) == 0 ? 1e6 : 0)
      var scratch = [Double](repeating: 0, count: count + 1)
      let guessed = scratch.withUnsafeMutableBufferPointer { scratch in
        OrderSelection.value(
          atRank: rank, of: &padded, count: count, near: guess, scratch: scratch.baseAddress!)
      }
      let moved = OrderSelection.value(atRank: rank, of: &values, count: count)
      try require(moved == sorted[rank], "moving found \(moved), sorting \(sorted[rank])")
      try require(guessed == sorted[rank], "counting found \(guessed), sorting \(sorted[rank])")
    }
  }
}
