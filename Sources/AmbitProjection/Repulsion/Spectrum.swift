/// Columns of a mesh, transformed: for each row of `rows`, sixteen frequencies a band.
struct Spectrum: Sendable {
  let rows: Int
  private let real: SharedBuffer<Lanes>
  private let imaginary: SharedBuffer<Lanes>

  init(rows: Int, bands: Int) {
    self.rows = rows
    real = SharedBuffer(repeating: .zero, count: rows * bands)
    imaginary = SharedBuffer(repeating: .zero, count: rows * bands)
  }

  /// The first `count` rows of a band.
  func load(band: Int, count: Int, into values: ComplexLanes) {
    values.real.update(from: real.pointer + band * rows, count: count)
    values.imaginary.update(from: imaginary.pointer + band * rows, count: count)
  }

  func store(band: Int, count: Int, from values: ComplexLanes) {
    (real.pointer + band * rows).update(from: values.real, count: count)
    (imaginary.pointer + band * rows).update(from: values.imaginary, count: count)
  }

  /// Writes sixteen rows of a band from sixteen frequencies: lane and index change places.
  func write(band: Int, row: Int, from values: ComplexLanes, at first: Int) {
    transpose(values.real + first, real.pointer + band * rows + row)
    transpose(values.imaginary + first, imaginary.pointer + band * rows + row)
  }

  func read(band: Int, row: Int, into values: ComplexLanes, at first: Int) {
    transpose(real.pointer + band * rows + row, values.real + first)
    transpose(imaginary.pointer + band * rows + row, values.imaginary + first)
  }
}

/// Four times: the even and the odd numbers of two neighbours go to the two halves. That turns the
/// eight digits of an index, row and column, by one place each time.
private func transpose(_ source: UnsafeMutablePointer<Lanes>, _ target: UnsafeMutablePointer<Lanes>)
{
  withUnsafeTemporaryAllocation(of: Lanes.self, capacity: 32) { room in
    guard let first = room.baseAddress else { return }
    let second = first + 16
    turn(source, first)
    turn(first, second)
    turn(second, first)
    turn(first, target)
  }
}

@inline(__always)
private func turn(_ source: UnsafeMutablePointer<Lanes>, _ target: UnsafeMutablePointer<Lanes>) {
  for index in 0..<8 {
    let pair = SIMD32(lowHalf: source[2 * index], highHalf: source[2 * index + 1])
    target[index] = pair.evenHalf
    target[index + 8] = pair.oddHalf
  }
}
