/// A measure of two sets by nearest neighbours.
package protocol NeighbourMeasure: Measure {
  /// The value where nothing changed, about which a change may go both ways; `nil` where `tail` says
  /// the one way that it goes.
  var nullValue: Double? { get }
  /// Which values are evidence that the sets differ.
  var tail: PermutationTest.Tail { get }
  /// The largest value that there can be.
  var upperBound: Double { get }
  /// The value; the counts are defined.
  func value(of counts: NeighbourCounts) -> Double
  /// What the null band of two halves must be moved by so that it holds for sets of other sizes.
  func shiftOfNull(halves: (Int, Int), sets: (Int, Int), k: Int) -> Double
}

extension NeighbourMeasure {
  package var nullValue: Double? { nil }
  package var upperBound: Double { 1 }
  package func shiftOfNull(halves: (Int, Int), sets: (Int, Int), k: Int) -> Double { 0 }
}

/// A measure of two sets that is `2 E δ(X, Y) − E δ(X, X′) − E δ(Y, Y′)` for some dissimilarity δ.
///
/// Means are over pairs of different rows, so each is a U-statistic and the whole is unbiased; it may be
/// negative. A relabelling of all rows is a sum over a few blocks of one matrix of dissimilarities.
package protocol DissimilarityMeasure: Measure {
  /// δ as a function of the squared distance, for a study whose reference has the given median distance.
  func dissimilarity(squaredDistance: Double, scale: Double) -> Double
  /// Writes δ of `count` squared distances. Never to be written by a measure: what follows here is
  /// compiled for each, so that a δ costs no call.
  func write(
    dissimilarities squares: UnsafePointer<Float>, count: Int, scale: Double,
    to values: UnsafeMutablePointer<Float>)
}

extension DissimilarityMeasure {
  package func write(
    dissimilarities squares: UnsafePointer<Float>, count: Int, scale: Double,
    to values: UnsafeMutablePointer<Float>
  ) {
    for index in 0..<count {
      values[index] = Float(
        dissimilarity(squaredDistance: Double(squares[index]), scale: scale))
    }
  }
}
