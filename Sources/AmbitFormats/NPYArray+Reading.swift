extension NPYArray {
  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// Whether `bytes` begin as a `.npy` file does.
  public static func matches(_ bytes: some Sequence<UInt8>) -> Bool { bytes.starts(with: magic) }

  /// Reads the bytes of a `.npy` file.
  ///
  /// Format versions 1 to 3; float16, float32, float64 and integers of either byte order; one or two
  /// dimensions; C and Fortran order. Memory is taken only after the claimed shape was found to fit
  /// the bytes that are there, so a hostile header costs nothing. O(bytes).
  ///
  /// - Throws: `NPYError` for another format, a damaged header, another element type (pickled objects
  ///   included, which are never unpickled), another number of dimensions, missing or surplus bytes.
  public init(bytes: [UInt8]) throws(NPYError) { try self.init(bytes: bytes[...]) }

  /// Reads a part of a larger file, such as a stored member of an archive.
  public init(bytes: ArraySlice<UInt8>) throws(NPYError) {
    let (header, body) = try Self.split(bytes)
    let element = try NPYElementType(descriptor: header.descriptor)
    guard (1...2).contains(header.shape.count) else {
      throw NPYError(
        "expected one vector a row: a 2-D array, found one of \(header.shape.count) dimensions",
        hint: header.shape.isEmpty
          ? "save one vector per record; this is a single number"
          : "save one row per record: array.reshape(len(array), -1)")
    }
    guard header.shape.count == 1 || header.shape[1] > 0 || header.shape[0] == 0 else {
      throw NPYError(
        "the array has \(header.shape[0]) rows and no columns", hint: "save one vector per record")
    }
    let count = try Self.count(of: header.shape, width: element.width, available: body.count)
    let storage = body.withUnsafeBytes { element.decode($0, count: count) }
    shape = header.shape
    self.storage =
      header.isFortranOrder && shape.count == 2
      ? Self.transposed(storage, rows: shape[0], columns: shape[1]) : storage
  }

  private static func split(
    _ bytes: ArraySlice<UInt8>
  ) throws(NPYError) -> (NPYHeader, ArraySlice<UInt8>) {
    guard matches(bytes) else {
      throw NPYError(
        "not an NPY array: the file does not begin with \\x93NUMPY",
        hint: "write vectors with np.save(path, array)")
    }
    let start = bytes.startIndex
    guard bytes.count >= 12 else { throw truncated(missing: 12 - bytes.count) }
    let version = bytes[start + 6]
    guard (1...3).contains(version) else {
      throw NPYError(
        "NPY format version \(version) is unknown; 1, 2 and 3 are read",
        hint: "write the file again with np.save(path, array)")
    }
    let lengthBytes = version == 1 ? 2 : 4
    let length = (0..<lengthBytes).reduce(0) { $0 | Int(bytes[start + 8 + $1]) << (8 * $1) }
    let bodyStart = start + 8 + lengthBytes + length
    guard bodyStart <= bytes.endIndex else { throw truncated(missing: bodyStart - bytes.endIndex) }
    let header = try NPYHeader(text: bytes[(bodyStart - length)..<bodyStart])
    return (header, bytes[bodyStart...])
  }

  private static func count(
    of shape: [Int], width: Int, available: Int
  ) throws(NPYError) -> Int {
    var count = 1
    var size = width
    for extent in shape {
      let (countProduct, countOverflow) = count.multipliedReportingOverflow(by: extent)
      let (sizeProduct, sizeOverflow) = size.multipliedReportingOverflow(by: extent)
      guard !countOverflow, !sizeOverflow else {
        throw NPYError(
          "the header claims more numbers than any file can hold: shape \(shape)",
          hint: "write the file again with np.save(path, array)")
      }
      (count, size) = (countProduct, sizeProduct)
    }
    guard size <= available else { throw truncated(missing: size - available) }
    guard size == available else {
      throw NPYError(
        "\(available - size) bytes follow the array of shape \(shape)",
        hint: "save one array a file; np.savez holds several")
    }
    return count
  }

  private static func truncated(missing: Int) -> NPYError {
    NPYError(
      "the NPY data end too early: \(missing) bytes are missing",
      hint: "copy or write the file again; it was cut")
  }

  private static func transposed(_ storage: Storage, rows: Int, columns: Int) -> Storage {
    switch storage {
    case .single(let values): .single(transposed(values, rows: rows, columns: columns))
    case .double(let values): .double(transposed(values, rows: rows, columns: columns))
    }
  }

  /// Row-major values of a `rows × columns` array from column-major ones.
  private static func transposed<Number>(
    _ values: [Number], rows: Int, columns: Int
  ) -> [Number] {
    [Number](unsafeUninitializedCapacity: values.count) { buffer, initializedCount in
      for row in 0..<rows {
        for column in 0..<columns {
          buffer.initializeElement(at: row * columns + column, to: values[column * rows + row])
        }
      }
      initializedCount = values.count
    }
  }
}
