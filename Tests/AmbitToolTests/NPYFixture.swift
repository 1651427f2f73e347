import AmbitFormats

/// Small `.npy` files for the tool's tests.
enum NPYFixture {
  static func matrix(_ rows: [[Double]]) -> [UInt8] {
    NPYArray(shape: [rows.count, rows[0].count], doubles: rows.flatMap { $0 }).encoded()
  }
}
