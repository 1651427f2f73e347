/// A one- or two-dimensional array of numbers, as NumPy's `.npy` format holds it.
///
/// Values are row-major: element (i, j) of an `n × d` array is at `i * d + j`, whatever order the file
/// used. Numbers may be NaN or infinite; `firstNonFinite` finds them.
public struct NPYArray: Equatable, Sendable {
  /// The numbers, in the precision that holds them without loss where the file allows it.
  enum Storage: Equatable, Sendable {
    case single([Float])
    case double([Double])
  }

  /// The extents: `[n]` or `[n, d]`.
  public let shape: [Int]
  let storage: Storage

  /// Single-precision numbers, row-major; `shape` has one or two extents whose product is their count.
  public init(shape: [Int], floats: [Float]) {
    Self.check(shape, count: floats.count)
    self.shape = shape
    storage = .single(floats)
  }

  /// Double-precision numbers, row-major; `shape` has one or two extents whose product is their count.
  public init(shape: [Int], doubles: [Double]) {
    Self.check(shape, count: doubles.count)
    self.shape = shape
    storage = .double(doubles)
  }

  private static func check(_ shape: [Int], count: Int) {
    precondition((1...2).contains(shape.count), "an array has one or two extents")
    precondition(shape.allSatisfy { $0 >= 0 }, "no extent is negative")
    precondition(shape.reduce(1, *) == count, "values must fill the shape")
  }

  /// The first extent.
  public var rowCount: Int { shape[0] }

  /// The second extent; 1 where there is none.
  public var columnCount: Int { shape.count == 2 ? shape[1] : 1 }

  /// The numbers as `Float`, rounded where the file held more precision; beyond its range, infinite.
  public var floats: [Float] {
    switch storage {
    case .single(let values): values
    case .double(let values): values.map { Float($0) }
    }
  }

  /// The numbers as `Double`; exact for every float type and for integers up to 2⁵³.
  public var doubles: [Double] {
    switch storage {
    case .single(let values): values.map { Double($0) }
    case .double(let values): values
    }
  }

  /// The row and column, counted from 0, of the first number that is NaN or infinite as a `Float`.
  public var firstNonFinite: (row: Int, column: Int)? {
    guard let index = floats.firstIndex(where: { !$0.isFinite }) else { return nil }
    return (index / columnCount, index % columnCount)
  }
}
