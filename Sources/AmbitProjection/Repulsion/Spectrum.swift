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

private func transpose(_ source: UnsafeMutablePointer<Lanes>, _ target: UnsafeMutablePointer<Lanes>)
{
  let from = UnsafeRawPointer(source).assumingMemoryBound(to: Float.self)
  let to = UnsafeMutableRawPointer(target).assumingMemoryBound(to: Float.self)
  for row in 0..<16 {
    for column in 0..<16 { to[16 * row + column] = from[16 * column + row] }
  }
}
