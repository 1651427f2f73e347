extension SafetensorsFile {
  /// All numbers of a tensor as `Float`, rounded where the file has more precision.
  ///
  /// - Parameter shape: the extents that it must have; nil accepts any.
  /// - Throws: `InputError` that names the tensor where it is missing or of another shape.
  public func floats(_ name: String, shape: [Int]? = nil) throws -> [Float] {
    let table = try rows(name)
    if let shape, table.shape != shape {
      throw InputError(
        .wrongType, path: path, field: name, "expected shape \(shape), found \(table.shape)",
        hint: "the weights do not belong to the configuration beside them")
    }
    return [Float](unsafeUninitializedCapacity: table.count) { buffer, initializedCount in
      if let base = buffer.baseAddress { table.read(0..<table.count, into: base) }
      initializedCount = table.count
    }
  }

  /// A tensor whose rows are read from the file as they are needed.
  ///
  /// - Throws: `InputError` that names the tensor where it is missing.
  public func rows(_ name: String) throws -> SafetensorsRows {
    guard let entry = entry(name) else {
      throw InputError(
        .missingField, path: path, field: name, "no tensor of this name",
        hint: "the file holds \(entries.prefix(3).map(\.name).joined(separator: ", ")) …")
    }
    return SafetensorsRows(file: file, entry: entry)
  }
}

/// One tensor of a mapped file, read row by row.
public struct SafetensorsRows: Sendable {
  let file: MappedFile
  let entry: SafetensorsFile.Entry

  /// Its extents, outermost first.
  public var shape: [Int] { entry.shape }
  /// How many numbers it holds.
  public var count: Int { entry.count }
  /// How its numbers are stored.
  public var type: SafetensorsFile.ElementType { entry.type }
  /// The first extent; 1 for a single number.
  public var rowCount: Int { shape.first ?? 1 }
  /// Numbers per row: the product of the other extents.
  public var columnCount: Int { shape.dropFirst().reduce(1, *) }

  /// Writes row `index` as `columnCount` numbers. A row out of range is a programming error.
  package func read(row index: Int, into target: UnsafeMutablePointer<Float>) {
    let columns = columnCount
    read(index * columns..<(index + 1) * columns, into: target)
  }

  /// Writes the numbers of those places, counted over the whole tensor.
  package func read(_ places: Range<Int>, into target: UnsafeMutablePointer<Float>) {
    precondition(places.lowerBound >= 0 && places.upperBound <= count, "beyond the tensor")
    let start = entry.range.lowerBound + places.lowerBound * type.width
    let source = UnsafeRawBufferPointer(
      rebasing: file.bytes[start..<start + places.count * type.width])
    switch type {
    case .f32:
      // Machines that Ambit runs on are little-endian, as the format is.
      UnsafeMutableRawBufferPointer(start: target, count: source.count).copyMemory(from: source)
    case .f64: convert(source, Double.self, into: target) { Float($0) }
    case .f16: convert(source, UInt16.self, into: target) { Self.half($0) }
    case .bf16: convert(source, UInt16.self, into: target) { Float(bitPattern: UInt32($0) << 16) }
    case .i64: convert(source, Int64.self, into: target) { Float($0) }
    case .i32: convert(source, Int32.self, into: target) { Float($0) }
    case .i16: convert(source, Int16.self, into: target) { Float($0) }
    case .i8: convert(source, Int8.self, into: target) { Float($0) }
    case .u8, .bool: convert(source, UInt8.self, into: target) { Float($0) }
    }
  }

  @inline(__always)
  private func convert<Number>(
    _ source: UnsafeRawBufferPointer, _: Number.Type, into target: UnsafeMutablePointer<Float>,
    _ number: (Number) -> Float
  ) {
    for index in 0..<source.count / MemoryLayout<Number>.size {
      target[index] = number(
        source.loadUnaligned(fromByteOffset: index * MemoryLayout<Number>.size, as: Number.self))
    }
  }

  /// A half-precision number from its bits; exact. `Float16` is not on every platform.
  static func half(_ bits: UInt16) -> Float {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = UInt32(bits >> 10 & 0x1F)
    let fraction = UInt32(bits & 0x3FF)
    if exponent == 0x1F { return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13) }
    if exponent == 0 {
      let magnitude = Float(fraction) * 0x1p-24
      return sign == 0 ? magnitude : -magnitude
    }
    return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
  }
}
